package alphadistill.engine.kernels;

import java.nio.FloatBuffer;

/**
 * Attention of one sample after the other, all heads, in heap arrays of the thread: for the sizes at hand (14 to 600
 * tokens, heads of 8 to 64) this is faster than two BLAS calls for each head. Rows are padded to whole vectors.
 */
final class CpuAttention {
  /** Queries whose scores are made, turned into probabilities and used while they are in the nearest cache. */
  private static final int QUERIES = 4 * SmallProduct.ROWS;

  private final int tokens;
  private final int width;
  private final int heads;
  private final int headWidth;
  private final int tokenStride;
  private final int headStride;
  private final float scale;

  CpuAttention(int tokens, int width, int heads) {
    this.tokens = tokens;
    this.width = width;
    this.heads = heads;
    this.headWidth = width / heads;
    this.tokenStride = VectorMath.padded(tokens);
    this.headStride = VectorMath.padded(headWidth);
    this.scale = (float) (1 / Math.sqrt(headWidth));
  }

  void forward(Pieces pieces, int samples, FloatBuffer qkv, FloatBuffer y) {
    pieces.run(samples, (n, work) -> {
      float[] packed = load(qkv, n, work);
      float[] out = work.array(1, tokens * width);
      float[] keys = work.array(2, headWidth * tokenStride); // transposed
      float[] values = work.array(3, tokens * headStride);
      float[] p = work.array(4, tokens * tokenStride);
      float[] mixed = work.array(5, tokens * headStride);
      for (int h = 0; h < heads; h++) {
        int query = h * headWidth;
        transposeHead(packed, width + query, keys);
        copyHead(packed, 3 * width, 2 * width + query, values);
        forQueries((first, count) -> {
          probabilities(packed, query, keys, first, count, p, 0, work);
          SmallProduct.multiply(p, 0, tokenStride, 1, values, mixed, 0, count, tokens, headWidth);
          placeHead(mixed, count, out, first * width + query, width);
        });
      }
      y.put(n * tokens * width, out, 0, tokens * width);
    });
  }

  void probabilities(Pieces pieces, int samples, FloatBuffer qkv, FloatBuffer probabilities) {
    pieces.run(samples, (n, work) -> {
      float[] packed = load(qkv, n, work);
      float[] keys = work.array(2, headWidth * tokenStride);
      float[] p = work.array(4, tokens * tokenStride);
      for (int h = 0; h < heads; h++) {
        int query = h * headWidth;
        transposeHead(packed, width + query, keys);
        probabilities(packed, query, keys, 0, tokens, p, 0, work);
        for (int t = 0; t < tokens; t++) {
          probabilities.put(((n * heads + h) * tokens + t) * tokens, p, t * tokenStride, tokens);
        }
      }
    });
  }

  void backward(Pieces pieces, int samples, FloatBuffer dy, FloatBuffer qkv, FloatBuffer dqkv) {
    pieces.run(samples, (n, work) -> {
      float[] packed = load(qkv, n, work);
      float[] gradient = work.array(1, tokens * width);
      float[] keysT = work.array(2, headWidth * tokenStride);
      float[] valuesT = work.array(3, headWidth * tokenStride);
      float[] p = work.array(4, tokens * tokenStride);
      float[] ds = work.array(5, tokens * tokenStride);
      float[] part = work.array(6, tokens * headStride);
      float[] result = work.array(7, tokens * headStride);
      float[] dpacked = work.array(8, tokens * 3 * width);
      float[] lanes = work.array(10, VectorMath.LANES);
      dy.get(n * tokens * width, gradient, 0, tokens * width);
      for (int h = 0; h < heads; h++) {
        int query = h * headWidth;
        transposeHead(packed, width + query, keysT);
        transposeHead(packed, 2 * width + query, valuesT);
        copyHead(packed, 3 * width, width + query, part);
        forQueries((first, count) -> {
          int from = first * tokenStride;
          probabilities(packed, query, keysT, first, count, p, from, work);
          SmallProduct.multiply(
              gradient,
              first * width + query,
              width,
              1,
              valuesT,
              ds,
              from,
              count,
              headWidth,
              tokens);
          VectorMath.softmaxBackward(
              p, ds, from, count, tokens, scale, work.array(9, tokens), lanes);
          // dq = ds k
          SmallProduct.multiply(
              ds, from, tokenStride, 1, part, result, 0, count, tokens, headWidth);
          placeHead(result, count, dpacked, first * 3 * width + query, 3 * width);
        });
        // dk = ds^T q
        copyHead(packed, 3 * width, query, part);
        SmallProduct.multiply(ds, 0, 1, tokenStride, part, result, 0, tokens, tokens, headWidth);
        placeHead(result, tokens, dpacked, width + query, 3 * width);
        // dv = p^T dy
        copyHead(gradient, width, query, part);
        SmallProduct.multiply(p, 0, 1, tokenStride, part, result, 0, tokens, tokens, headWidth);
        placeHead(result, tokens, dpacked, 2 * width + query, 3 * width);
      }
      dqkv.put(n * tokens * 3 * width, dpacked, 0, tokens * 3 * width);
    });
  }

  @FunctionalInterface
  private interface Queries {
    void run(int first, int count);
  }

  /** Blocks of queries, none of fewer rows than a tile of a product has. */
  private void forQueries(Queries body) {
    for (int first = 0, count; first < tokens; first += count) {
      int left = tokens - first;
      count = left < QUERIES + SmallProduct.ROWS ? left : QUERIES;
      body.run(first, count);
    }
  }

  /** Softmax rows of some queries of a head, into p from a place on. */
  private void probabilities(
      float[] packed,
      int query,
      float[] keysT,
      int first,
      int count,
      float[] p,
      int from,
      Pieces.Work work) {
    int start = first * 3 * width + query;
    SmallProduct.multiply(packed, start, 3 * width, 1, keysT, p, from, count, headWidth, tokens);
    float[] sums = work.array(9, tokens);
    VectorMath.softmax(p, from, count, tokens, scale, sums, work.array(10, VectorMath.LANES));
  }

  private float[] load(FloatBuffer qkv, int sample, Pieces.Work work) {
    float[] packed = work.array(0, tokens * 3 * width);
    qkv.get(sample * tokens * 3 * width, packed, 0, tokens * 3 * width);
    return packed;
  }

  /** One head of packed rows as (headWidth, T). */
  private void transposeHead(float[] packed, int column, float[] into) {
    for (int t = 0; t < tokens; t++) {
      for (int i = 0; i < headWidth; i++) {
        into[i * tokenStride + t] = packed[t * 3 * width + column + i];
      }
    }
  }

  private void copyHead(float[] rows, int stride, int column, float[] into) {
    for (int t = 0; t < tokens; t++) {
      System.arraycopy(rows, t * stride + column, into, t * headStride, headWidth);
    }
  }

  private void placeHead(float[] head, int count, float[] rows, int at, int stride) {
    for (int t = 0; t < count; t++) {
      System.arraycopy(head, t * headStride, rows, at + t * stride, headWidth);
    }
  }
}

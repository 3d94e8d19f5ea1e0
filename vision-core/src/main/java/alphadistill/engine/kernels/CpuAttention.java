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

  /** @param probabilities null where only y is wanted */
  void forward(
      Pieces pieces, int samples, FloatBuffer qkv, FloatBuffer probabilities, FloatBuffer y) {
    pieces.run(samples, (n, work) -> {
      float[] packed = work.array(0, tokens * 3 * width);
      float[] out = work.array(1, tokens * width);
      float[] keys = work.array(2, headWidth * tokenStride); // transposed
      float[] values = work.array(3, tokens * headStride);
      float[] p = work.array(4, QUERIES * 2 * tokenStride);
      float[] mixed = work.array(5, QUERIES * 2 * headStride);
      float[] sums = work.array(6, QUERIES * 2);
      float[] lanes = work.array(9, VectorMath.LANES);
      qkv.get(n * tokens * 3 * width, packed, 0, tokens * 3 * width);
      for (int h = 0; h < heads; h++) {
        int query = h * headWidth;
        transposeHead(packed, width + query, keys);
        copyHead(packed, 3 * width, 2 * width + query, values);
        for (int first = 0, count; first < tokens; first += count) {
          int left = tokens - first;
          count = left < QUERIES + SmallProduct.ROWS ? left : QUERIES; // no block of few rows
          int from = first * 3 * width + query;
          SmallProduct.multiply(packed, from, 3 * width, 1, keys, p, count, headWidth, tokens);
          VectorMath.softmax(p, count, tokens, scale, sums, lanes);
          SmallProduct.multiply(p, 0, tokenStride, 1, values, mixed, count, tokens, headWidth);
          placeHead(mixed, count, out, first * width + query, width);
          if (probabilities != null) {
            storeRows(p, count, probabilities, (n * heads + h) * tokens + first);
          }
        }
      }
      y.put(n * tokens * width, out, 0, tokens * width);
    });
  }

  void backward(
      Pieces pieces,
      int samples,
      FloatBuffer dy,
      FloatBuffer qkv,
      FloatBuffer probabilities,
      FloatBuffer dqkv) {
    pieces.run(samples, (n, work) -> {
      float[] packed = work.array(0, tokens * 3 * width);
      float[] gradient = work.array(1, tokens * width);
      float[] valuesT = work.array(2, headWidth * tokenStride);
      float[] part = work.array(3, tokens * headStride);
      float[] p = work.array(4, tokens * tokenStride);
      float[] dp = work.array(5, tokens * tokenStride);
      float[] result = work.array(7, tokens * headStride);
      float[] dpacked = work.array(8, tokens * 3 * width);
      float[] lanes = work.array(9, VectorMath.LANES);
      qkv.get(n * tokens * 3 * width, packed, 0, tokens * 3 * width);
      dy.get(n * tokens * width, gradient, 0, tokens * width);
      for (int h = 0; h < heads; h++) {
        int query = h * headWidth;
        loadRows(probabilities, (n * heads + h) * tokens, p);
        // dv = p^T dy
        copyHead(gradient, width, query, part);
        SmallProduct.multiply(p, 0, 1, tokenStride, part, result, tokens, tokens, headWidth);
        placeHead(result, tokens, dpacked, 2 * width + query, 3 * width);
        // dp = dy v^T; ds = p * (dp - sum(dp * p)) * scale
        transposeHead(packed, 2 * width + query, valuesT);
        SmallProduct.multiply(gradient, query, width, 1, valuesT, dp, tokens, headWidth, tokens);
        for (int t = 0; t < tokens; t++) {
          int at = t * tokenStride;
          float mean = VectorMath.dot(dp, at, p, at, tokens, lanes);
          for (int i = at; i < at + tokens; i++) {
            dp[i] = p[i] * (dp[i] - mean) * scale;
          }
        }
        // dq = ds k
        copyHead(packed, 3 * width, width + query, part);
        SmallProduct.multiply(dp, 0, tokenStride, 1, part, result, tokens, tokens, headWidth);
        placeHead(result, tokens, dpacked, query, 3 * width);
        // dk = ds^T q
        copyHead(packed, 3 * width, query, part);
        SmallProduct.multiply(dp, 0, 1, tokenStride, part, result, tokens, tokens, headWidth);
        placeHead(result, tokens, dpacked, width + query, 3 * width);
      }
      dqkv.put(n * tokens * 3 * width, dpacked, 0, tokens * 3 * width);
    });
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

  /** Takes the padding out of the rows, in place, and stores them at once. */
  private void storeRows(float[] padded, int count, FloatBuffer target, int firstRow) {
    for (int t = 1; t < count; t++) {
      System.arraycopy(padded, t * tokenStride, padded, t * tokens, tokens);
    }
    target.put(firstRow * tokens, padded, 0, count * tokens);
  }

  private void loadRows(FloatBuffer from, int firstRow, float[] padded) {
    from.get(firstRow * tokens, padded, 0, tokens * tokens);
    for (int t = tokens - 1; t > 0; t--) {
      System.arraycopy(padded, t * tokens, padded, t * tokenStride, tokens);
    }
  }
}

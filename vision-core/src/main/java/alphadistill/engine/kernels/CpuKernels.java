package alphadistill.engine.kernels;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The fast float32 path on a CPU: BLAS on the arrays' own memory for products, vector loops for everything else.
 *
 * <p>Rows are worked on in blocks that fit the cache, copied into heap arrays of the thread: as fast as direct access
 * (engine.md) and the same code on every JDK. Each BLAS call runs on one thread; threads share fixed pieces (see
 * {@link Pieces}), so results have the same bits on any number of threads.
 *
 * <p>An instance serves one calling thread at a time; give each worker its own.
 */
public final class CpuKernels implements Kernels {
  private static final int BLOCK = 16_384; // floats in a block of rows: 64 KB
  private static final int NEAR = 4_096; // floats that are read again and again: 16 KB
  static final int NO_TRANSPOSE = 111;
  static final int TRANSPOSE = 112;
  private static final int ROW_MAJOR = 101;

  private final Pieces pieces;
  private final Losses losses;
  private float[] partial = {};
  private INDArray products;

  static {
    // threads are ours: one pool, fixed pieces; ND4J, as it starts, sets the library's to all cores
    Nd4j.getBackend();
    openblas.blas_set_num_threads(1);
  }

  /** @param threads that share the work, at least 1 */
  public CpuKernels(int threads) {
    this.pieces = new Pieces(threads);
    this.losses = new CpuLosses(pieces);
  }

  @Override
  public DataType type() {
    return DataType.FLOAT;
  }

  @Override
  public INDArray allocate(long... shape) {
    return Nd4j.zeros(DataType.FLOAT, shape);
  }

  @Override
  public Convolutions convolutions() {
    return new CpuConvolutions(pieces);
  }

  @Override
  public Losses losses() {
    return losses;
  }

  // ---- matrix products ----

  @Override
  public void linear(INDArray x, INDArray w, INDArray b, INDArray y) {
    int inputs = columns(w);
    int outputs = rows(w);
    FloatBuffer target = buffer(y);
    float[] bias = b == null ? null : array(b);
    forRowBlocks(rows(x), productRows(rows(x)), (first, count, work) -> {
      if (bias != null) {
        fillRows(target, first, count, bias, work);
      }
      gemm(
          NO_TRANSPOSE,
          TRANSPOSE,
          count,
          outputs,
          inputs,
          at(x, first),
          inputs,
          at(w, 0),
          inputs,
          bias == null ? 0 : 1,
          at(y, first),
          outputs);
    });
  }

  @Override
  public void linearBackward(
      INDArray dy, INDArray x, INDArray w, INDArray dx, INDArray dw, INDArray db) {
    int inputs = columns(w);
    int outputs = rows(w);
    int rows = rows(x);
    int rowsInGroup = groupRows(rows);
    int groups = (rows + rowsInGroup - 1) / rowsInGroup;
    FloatPointer parts = groups == 1 ? at(dw, 0) : address(products(groups * outputs * inputs), 0);
    FloatBuffer gradient = buffer(dy);
    double[][] sums = new double[groups][db == null ? 0 : outputs];
    forRowBlocks(
        rows,
        rowsInGroup,
        (first, count, work) -> { // all uses of a group's rows while they are in cache
          int group = first / rowsInGroup;
          if (db != null) {
            addColumns(gradient, first, count, outputs, sums[group], work);
          }
          gemm(
              TRANSPOSE,
              NO_TRANSPOSE,
              outputs,
              inputs,
              count,
              at(dy, first),
              outputs,
              at(x, first),
              inputs,
              groups == 1 ? 1 : 0,
              part(parts, group, outputs * inputs),
              inputs);
          if (dx != null) {
            gemm(
                NO_TRANSPOSE,
                NO_TRANSPOSE,
                count,
                inputs,
                outputs,
                at(dy, first),
                outputs,
                at(w, 0),
                inputs,
                0,
                at(dx, first),
                inputs);
          }
        });
    if (groups > 1) {
      addParts(dw, groups);
    }
    if (db != null) {
      for (int group = 1; group < groups; group++) {
        for (int i = 0; i < outputs; i++) {
          sums[0][i] += sums[group][i];
        }
      }
      addTo(db, sums[0], 0);
    }
  }

  /**
   * Rows that one piece of a weight gradient sums over. Products of few rows of the gradient with all rows of the input
   * would need no partial sums, but pack the input anew for each piece: half the speed. The number of pieces is a power
   * of two, which two, four or eight threads share without a rest.
   */
  private static int groupRows(int rows) {
    int groups = gradientParts(rows);
    return (rows + groups - 1) / groups;
  }

  /** Parts of a weight gradient that are summed apart from each other; more than one needs room for each. */
  public static int gradientParts(long rows) {
    int parts = 1;
    while (parts < 16 && rows > 512L * parts) {
      parts *= 2;
    }
    return parts;
  }

  /** Native memory for partial weight gradients, kept from call to call. */
  private INDArray products(int length) {
    if (products == null || products.length() < length) {
      products = allocate(length);
    }
    return products;
  }

  /** Adds the partial products of all groups to a gradient, in the order of the groups. */
  private void addParts(INDArray gradient, int groups) {
    int length = (int) gradient.length();
    FloatBuffer parts = buffer(products);
    FloatBuffer into = buffer(gradient);
    forRowBlocks(length, BLOCK, (first, count, work) -> {
      float[] total = load(parts, first, count, work, 0);
      for (int group = 1; group < groups; group++) {
        float[] more = load(parts, group * length + first, count, work, 1);
        for (int i = 0; i < count; i++) {
          total[i] += more[i];
        }
      }
      float[] before = load(into, first, count, work, 1);
      for (int i = 0; i < count; i++) {
        before[i] += total[i];
      }
      into.put(first, before, 0, count);
    });
  }

  /** Adds column sums of some rows: single precision inside a block that fits the cache, double beyond. */
  private static void addColumns(
      FloatBuffer from, int first, int count, int channels, double[] sums, Pieces.Work work) {
    int rowsInBlock = blockRows(channels);
    float[] some = work.array(10, VectorMath.padded(channels));
    for (int row = 0; row < count; row += rowsInBlock) {
      int rows = Math.min(rowsInBlock, count - row);
      float[] block = load(from, (first + row) * channels, rows * channels, work, 0);
      VectorMath.columnSums(block, rows, channels, some);
      for (int c = 0; c < channels; c++) {
        sums[c] += some[c];
      }
    }
  }

  static void gemm(
      int transposeA,
      int transposeB,
      int m,
      int n,
      int k,
      FloatPointer a,
      int strideA,
      FloatPointer b,
      int strideB,
      float beta,
      FloatPointer c,
      int strideC) {
    openblas.cblas_sgemm(
        ROW_MAJOR, transposeA, transposeB, m, n, k, 1, a, strideA, b, strideB, beta, c, strideC);
  }

  /**
   * Rows of a product in one piece: about 512, where BLAS is efficient and the result stays near, or fewer, so that there
   * are eight pieces; in a number of pieces that two, four or eight threads share without a rest.
   */
  private static int productRows(int rows) {
    int pieces = rows < 8 * 192
        ? Integer.highestOneBit(Math.max(1, rows / 192))
        : Math.max(8, rows / 512 / 8 * 8);
    return (rows + pieces - 1) / pieces;
  }

  /** Copies the same row into {@code count} rows, from a few that stay in the nearest cache. */
  private static void fillRows(
      FloatBuffer target, int first, int count, float[] row, Pieces.Work work) {
    int some = Math.min(count, Math.max(1, NEAR / row.length));
    float[] block = work.array(0, some * row.length);
    for (int i = 0; i < some; i++) {
      System.arraycopy(row, 0, block, i * row.length, row.length);
    }
    for (int i = 0; i < count; i += some) {
      target.put((first + i) * row.length, block, 0, Math.min(some, count - i) * row.length);
    }
  }

  // ---- images ----

  @Override
  public void cutPatches(INDArray images, int patch, INDArray rows) {
    int channels = columns(images);
    int height = Math.toIntExact(images.size(2));
    int width = Math.toIntExact(images.size(3));
    int across = width / patch;
    int numbers = channels * patch * patch; // in a patch
    FloatBuffer from = buffer(images);
    FloatBuffer into = buffer(rows);
    pieces.run(rows(images) * (height / patch), (strip, work) -> { // one row of patches
      float[] cut = work.array(0, across * numbers);
      float[] line = work.array(1, width);
      int sample = strip / (height / patch);
      int top = strip % (height / patch) * patch;
      for (int c = 0; c < channels; c++) {
        for (int y = 0; y < patch; y++) {
          from.get(((sample * channels + c) * height + top + y) * width, line, 0, width);
          for (int g = 0; g < across; g++) {
            System.arraycopy(line, g * patch, cut, g * numbers + (c * patch + y) * patch, patch);
          }
        }
      }
      into.put(strip * across * numbers, cut, 0, across * numbers);
    });
  }

  // ---- layer norm ----

  @Override
  public void layerNorm(
      INDArray x,
      INDArray gain,
      INDArray shift,
      double epsilon,
      INDArray y,
      INDArray normalised,
      INDArray inverseStd) {
    int channels = columns(x);
    float[] g = array(gain);
    float[] s = array(shift);
    FloatBuffer from = buffer(x);
    FloatBuffer into = buffer(y);
    FloatBuffer plain = buffer(normalised);
    FloatBuffer inverses = buffer(inverseStd);
    forRowBlocks(rows(x), blockRows(channels), (first, count, work) -> {
      float[] block = load(from, first * channels, count * channels, work, 0);
      float[] out = work.array(1, count * channels);
      float[] inverse = work.array(2, count);
      float[] lanes = work.array(9, VectorMath.LANES);
      for (int r = 0; r < count; r++) {
        int at = r * channels;
        float mean = VectorMath.sum(block, at, channels, lanes) / channels;
        float variance = VectorMath.squares(block, at, channels, mean, lanes) / channels;
        inverse[r] = (float) (1 / Math.sqrt(variance + epsilon));
        VectorMath.normalise(block, at, channels, mean, inverse[r], g, s, out);
      }
      plain.put(first * channels, block, 0, count * channels);
      into.put(first * channels, out, 0, count * channels);
      inverses.put(first, inverse, 0, count);
    });
  }

  @Override
  public void scaleAndShift(INDArray normalised, INDArray gain, INDArray shift, INDArray y) {
    int channels = columns(normalised);
    float[] g = array(gain);
    float[] s = array(shift);
    FloatBuffer from = buffer(normalised);
    FloatBuffer into = buffer(y);
    forRowBlocks(rows(normalised), blockRows(channels), (first, count, work) -> {
      float[] block = load(from, first * channels, count * channels, work, 0);
      for (int at = 0; at < count * channels; at += channels) {
        VectorMath.scaleAndShift(block, at, channels, g, s);
      }
      into.put(first * channels, block, 0, count * channels);
    });
  }

  @Override
  public void layerNormBackward(
      INDArray dy,
      INDArray normalised,
      INDArray inverseStd,
      INDArray gain,
      INDArray residual,
      INDArray dx,
      INDArray dgain,
      INDArray dshift) {
    int channels = columns(dy);
    float[] g = array(gain);
    FloatBuffer gradient = buffer(dy);
    FloatBuffer plain = buffer(normalised);
    FloatBuffer inverses = buffer(inverseStd);
    FloatBuffer around = residual == null ? null : buffer(residual);
    FloatBuffer into = buffer(dx);
    addSums(rows(dy), channels, dgain, dshift, (first, count, gains, shifts, work) -> {
      int length = count * channels;
      float[] block = load(gradient, first * channels, length, work, 0);
      float[] xhat = load(plain, first * channels, length, work, 1);
      float[] inverse = load(inverses, first, count, work, 2);
      float[] lanes = work.array(9, VectorMath.LANES);
      float[] past = around == null ? null : load(around, first * channels, length, work, 3);
      for (int r = 0; r < count; r++) {
        int at = r * channels;
        VectorMath.normBackward(
            block, xhat, at, channels, inverse[r], g, past, gains, shifts, lanes);
      }
      into.put(first * channels, block, 0, length);
    });
  }

  // ---- activation ----

  @Override
  public void gelu(INDArray x, INDArray y) {
    FloatBuffer from = buffer(x);
    FloatBuffer into = buffer(y);
    forRowBlocks((int) x.length(), BLOCK, (first, count, work) -> {
      float[] block = load(from, first, count, work, 0);
      VectorMath.gelu(block, block, VectorMath.padded(count));
      into.put(first, block, 0, count);
    });
  }

  @Override
  public void geluWithSlope(INDArray x, INDArray y, INDArray slope) {
    FloatBuffer from = buffer(x);
    FloatBuffer into = buffer(y);
    FloatBuffer slopes = buffer(slope);
    forRowBlocks((int) x.length(), BLOCK, (first, count, work) -> {
      float[] block = load(from, first, count, work, 0);
      float[] activated = work.array(1, VectorMath.padded(count));
      VectorMath.geluWithSlope(block, activated, VectorMath.padded(count));
      into.put(first, activated, 0, count);
      slopes.put(first, block, 0, count);
    });
  }

  @Override
  public void multiply(INDArray x, INDArray y) {
    FloatBuffer factors = buffer(x);
    FloatBuffer into = buffer(y);
    forRowBlocks((int) x.length(), BLOCK, (first, count, work) -> {
      float[] by = load(factors, first, count, work, 0);
      float[] block = load(into, first, count, work, 1);
      for (int i = 0; i < count; i++) {
        block[i] *= by[i];
      }
      into.put(first, block, 0, count);
    });
  }

  // ---- attention ----

  @Override
  public void attention(INDArray qkv, int samples, int heads, INDArray y) {
    attention(qkv, samples, heads).forward(pieces, samples, buffer(qkv), buffer(y));
  }

  @Override
  public void attentionBackward(INDArray dy, INDArray qkv, int samples, int heads, INDArray dqkv) {
    attention(qkv, samples, heads).backward(pieces, samples, buffer(dy), buffer(qkv), buffer(dqkv));
  }

  @Override
  public void attentionProbabilities(INDArray qkv, int samples, int heads, INDArray probabilities) {
    attention(qkv, samples, heads)
        .probabilities(pieces, samples, buffer(qkv), buffer(probabilities));
  }

  private static CpuAttention attention(INDArray qkv, int samples, int heads) {
    return new CpuAttention(rows(qkv) / samples, columns(qkv) / 3, heads);
  }

  // ---- residual branches ----

  @Override
  public void addBranch(INDArray x, INDArray branch, INDArray gamma, INDArray scale, INDArray y) {
    int channels = columns(x);
    FloatBuffer from = buffer(x);
    FloatBuffer added = buffer(branch);
    FloatBuffer into = buffer(y);
    RowFactors factors = new RowFactors(rows(x), gamma, scale);
    forRowBlocks(rows(x), blockRows(channels), (first, count, work) -> {
      int length = count * channels;
      float[] block = load(from, first * channels, length, work, 0);
      float[] more = load(added, first * channels, length, work, 1);
      factors.apply(more, first, count, channels);
      for (int i = 0; i < length; i++) {
        block[i] += more[i];
      }
      into.put(first * channels, block, 0, length);
    });
  }

  @Override
  public void addBranchBackward(
      INDArray dy,
      INDArray branch,
      INDArray gamma,
      INDArray scale,
      INDArray dbranch,
      INDArray dgamma) {
    int channels = columns(dy);
    FloatBuffer gradient = buffer(dy);
    FloatBuffer added = branch == null ? null : buffer(branch);
    FloatBuffer into = buffer(dbranch);
    RowFactors samplesOnly = new RowFactors(rows(dy), null, scale);
    RowFactors gammaOnly = new RowFactors(rows(dy), gamma, null);
    addSums(rows(dy), channels, dgamma, null, (first, count, sums, unused, work) -> {
      int length = count * channels;
      float[] block = load(gradient, first * channels, length, work, 0);
      samplesOnly.apply(block, first, count, channels);
      if (dgamma != null) {
        float[] more = load(added, first * channels, length, work, 1);
        for (int r = 0; r < count; r++) {
          for (int c = 0; c < channels; c++) {
            sums[c] += block[r * channels + c] * more[r * channels + c];
          }
        }
      }
      gammaOnly.apply(block, first, count, channels);
      into.put(first * channels, block, 0, length);
    });
  }

  /** Factors of a channel and of a row's sample; either may be absent. */
  private static final class RowFactors {
    private final float[] gamma;
    private final float[] scale;
    private final int rowsPerSample;

    RowFactors(int rows, INDArray gamma, INDArray scale) {
      this.gamma = gamma == null ? null : array(gamma);
      this.scale = scale == null ? null : array(scale);
      this.rowsPerSample = scale == null ? rows : rows / (int) scale.length();
    }

    void apply(float[] block, int first, int count, int channels) {
      for (int r = 0; gamma != null && r < count; r++) {
        for (int c = 0; c < channels; c++) {
          block[r * channels + c] *= gamma[c];
        }
      }
      for (int r = 0; scale != null && r < count; r++) {
        float factor = scale[(first + r) / rowsPerSample];
        for (int c = 0; c < channels; c++) {
          block[r * channels + c] *= factor;
        }
      }
    }
  }

  // ---- tokens ----

  @Override
  public void assemble(INDArray patches, INDArray special, INDArray positions, INDArray y) {
    int channels = columns(y);
    int specials = rows(special);
    int samples = (rows(y) - rows(patches)) / specials;
    int count = rows(patches) / samples;
    int tokens = count + specials;
    float[] prefix = array(special);
    float[] position = array(positions);
    int positionedFrom = (tokens - position.length / channels) * channels;
    FloatBuffer from = buffer(patches);
    FloatBuffer into = buffer(y);
    pieces.run(samples, (n, work) -> {
      float[] block = work.array(0, tokens * channels);
      System.arraycopy(prefix, 0, block, 0, prefix.length);
      from.get(n * count * channels, block, prefix.length, count * channels);
      for (int i = 0; i < position.length; i++) {
        block[positionedFrom + i] += position[i];
      }
      into.put(n * tokens * channels, block, 0, tokens * channels);
    });
  }

  @Override
  public void assembleBackward(
      INDArray dy, INDArray dpatches, INDArray dspecial, INDArray dpositions) {
    int channels = columns(dy);
    int specials = rows(dspecial);
    int samples = (rows(dy) - rows(dpatches)) / specials;
    int count = rows(dpatches) / samples;
    int tokens = count + specials;
    int positioned = rows(dpositions);
    FloatBuffer gradient = buffer(dy);
    FloatBuffer into = buffer(dpatches);
    double[] sums = new double[tokens * channels]; // over samples, in order, in double
    float[] block = new float[tokens * channels];
    for (int n = 0; n < samples; n++) {
      gradient.get(n * tokens * channels, block, 0, block.length);
      for (int i = 0; i < block.length; i++) {
        sums[i] += block[i];
      }
      into.put(n * count * channels, block, specials * channels, count * channels);
    }
    addTo(dspecial, sums, 0);
    addTo(dpositions, sums, (tokens - positioned) * channels);
  }

  @Override
  public void takeToken(INDArray x, int token, INDArray y) {
    int channels = columns(x);
    int samples = rows(y);
    int tokens = rows(x) / samples;
    FloatBuffer from = buffer(x);
    FloatBuffer into = buffer(y);
    float[] row = new float[channels];
    for (int n = 0; n < samples; n++) {
      from.get((n * tokens + token) * channels, row, 0, channels);
      into.put(n * channels, row, 0, channels);
    }
  }

  @Override
  public void takeTokensBackward(INDArray[] dtokens, INDArray dx) {
    int channels = columns(dx);
    int samples = rows(dtokens[0]);
    int tokens = rows(dx) / samples;
    FloatBuffer into = buffer(dx);
    float[] block = new float[tokens * channels];
    FloatBuffer[] gradients = new FloatBuffer[dtokens.length];
    for (int t = 0; t < dtokens.length; t++) {
      gradients[t] = buffer(dtokens[t]);
    }
    for (int n = 0; n < samples; n++) {
      for (int t = 0; t < gradients.length; t++) {
        gradients[t].get(n * channels, block, t * channels, channels);
      }
      into.put(n * tokens * channels, block, 0, block.length);
    }
  }

  // ---- parameter updates ----

  @Override
  public void adamW(
      INDArray value,
      INDArray gradient,
      INDArray m,
      INDArray v,
      double rate,
      double decay,
      double beta1,
      double beta2,
      double epsilon,
      long step) {
    float keep = (float) (1 - rate * decay);
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float rest1 = (float) (1 - beta1);
    float rest2 = (float) (1 - beta2);
    float stepRate = (float) (rate / (1 - Math.pow(beta1, step)));
    float rootScale = (float) (1 / Math.sqrt(1 - Math.pow(beta2, step)));
    float eps = (float) epsilon;
    FloatBuffer values = buffer(value);
    FloatBuffer gradients = buffer(gradient);
    FloatBuffer first = buffer(m);
    FloatBuffer second = buffer(v);
    forRowBlocks((int) value.length(), BLOCK, (from, count, work) -> {
      float[] p = load(values, from, count, work, 0);
      float[] g = load(gradients, from, count, work, 1);
      float[] m1 = load(first, from, count, work, 2);
      float[] m2 = load(second, from, count, work, 3);
      for (int i = 0; i < count; i++) {
        m1[i] = b1 * m1[i] + rest1 * g[i];
        m2[i] = b2 * m2[i] + rest2 * g[i] * g[i];
        p[i] = keep * p[i] - stepRate * m1[i] / ((float) Math.sqrt(m2[i]) * rootScale + eps);
      }
      values.put(from, p, 0, count);
      first.put(from, m1, 0, count);
      second.put(from, m2, 0, count);
    });
  }

  @Override
  public void lambDirection(
      INDArray value,
      INDArray gradient,
      double gradientScale,
      INDArray m,
      INDArray v,
      INDArray direction,
      double decay,
      double beta1,
      double beta2,
      double epsilon,
      long step) {
    float by = (float) gradientScale;
    float pull = (float) decay;
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float rest1 = (float) (1 - beta1);
    float rest2 = (float) (1 - beta2);
    float start1 = (float) (1 / (1 - Math.pow(beta1, step)));
    float start2 = (float) (1 / Math.sqrt(1 - Math.pow(beta2, step)));
    float eps = (float) epsilon;
    FloatBuffer values = buffer(value);
    FloatBuffer gradients = buffer(gradient);
    FloatBuffer first = buffer(m);
    FloatBuffer second = buffer(v);
    FloatBuffer into = buffer(direction);
    forRowBlocks((int) value.length(), BLOCK, (from, count, work) -> {
      float[] p = load(values, from, count, work, 0);
      float[] g = load(gradients, from, count, work, 1);
      float[] m1 = load(first, from, count, work, 2);
      float[] m2 = load(second, from, count, work, 3);
      for (int i = 0; i < count; i++) {
        float slope = g[i] * by;
        m1[i] = b1 * m1[i] + rest1 * slope;
        m2[i] = b2 * m2[i] + rest2 * slope * slope;
        p[i] = m1[i] * start1 / ((float) Math.sqrt(m2[i]) * start2 + eps) + pull * p[i];
      }
      into.put(from, p, 0, count);
      first.put(from, m1, 0, count);
      second.put(from, m2, 0, count);
    });
  }

  @Override
  public void addScaled(INDArray x, double factor, INDArray y) {
    FloatBuffer from = buffer(x);
    FloatBuffer into = buffer(y);
    float by = (float) factor;
    forRowBlocks((int) x.length(), BLOCK, (first, count, work) -> {
      float[] more = load(from, first, count, work, 0);
      float[] sum = load(into, first, count, work, 1);
      for (int i = 0; i < count; i++) {
        sum[i] += by * more[i];
      }
      into.put(first, sum, 0, count);
    });
  }

  @Override
  public double sumOfSquares(INDArray x) {
    FloatBuffer from = buffer(x);
    int length = (int) x.length();
    double[] sums = new double[(length + BLOCK - 1) / BLOCK];
    forRowBlocks(
        length,
        BLOCK,
        (first, count, work) ->
            sums[first / BLOCK] = VectorMath.squares(load(from, first, count, work, 0), count));
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    return sum;
  }

  @Override
  public void scale(INDArray x, double factor) {
    FloatBuffer values = buffer(x);
    float by = (float) factor;
    forRowBlocks((int) x.length(), BLOCK, (first, count, work) -> {
      float[] block = load(values, first, count, work, 0);
      for (int i = 0; i < count; i++) {
        block[i] *= by;
      }
      values.put(first, block, 0, count);
    });
  }

  @Override
  public void decayTowards(INDArray average, INDArray value, double decay) {
    FloatBuffer averages = buffer(average);
    FloatBuffer values = buffer(value);
    float keep = (float) decay;
    float rest = (float) (1 - decay);
    forRowBlocks((int) value.length(), BLOCK, (first, count, work) -> {
      float[] mean = load(averages, first, count, work, 0);
      float[] now = load(values, first, count, work, 1);
      for (int i = 0; i < count; i++) {
        mean[i] = keep * mean[i] + rest * now[i];
      }
      averages.put(first, mean, 0, count);
    });
  }

  @Override
  public void zero(INDArray x) {
    FloatBuffer values = buffer(x);
    forRowBlocks((int) x.length(), BLOCK, (first, count, work) -> {
      float[] zeros = work.array(0, count);
      Arrays.fill(zeros, 0, count, 0);
      values.put(first, zeros, 0, count);
    });
  }

  // ---- blocks of rows ----

  @FunctionalInterface
  private interface RowBlock {
    void run(int first, int count, Pieces.Work work);
  }

  @FunctionalInterface
  private interface SummedBlock {
    void run(int first, int count, float[] sums, float[] moreSums, Pieces.Work work);
  }

  private void forRowBlocks(int rows, int rowsInBlock, RowBlock body) {
    int blocks = (rows + rowsInBlock - 1) / rowsInBlock;
    pieces.run(blocks, (block, work) -> {
      int first = block * rowsInBlock;
      body.run(first, Math.min(rowsInBlock, rows - first), work);
    });
  }

  /**
   * Runs blocks of rows that each make column sums, and adds the sums to gradients in the order of the blocks, in
   * double.
   */
  private void addSums(int rows, int channels, INDArray into, INDArray moreInto, SummedBlock body) {
    int rowsInBlock = blockRows(channels);
    int blocks = (rows + rowsInBlock - 1) / rowsInBlock;
    if (partial.length < 2 * blocks * channels) {
      partial = new float[2 * blocks * channels];
    }
    float[] shared = partial;
    forRowBlocks(rows, rowsInBlock, (first, count, work) -> {
      float[] sums = work.array(10, channels);
      float[] more = work.array(11, channels);
      Arrays.fill(sums, 0, channels, 0);
      Arrays.fill(more, 0, channels, 0);
      body.run(first, count, sums, more, work);
      int at = 2 * (first / rowsInBlock) * channels;
      System.arraycopy(sums, 0, shared, at, channels);
      System.arraycopy(more, 0, shared, at + channels, channels);
    });
    double[] totals = new double[2 * channels];
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < totals.length; i++) {
        totals[i] += shared[block * totals.length + i];
      }
    }
    if (into != null) {
      addTo(into, totals, 0);
    }
    if (moreInto != null) {
      addTo(moreInto, totals, channels);
    }
  }

  private static void addTo(INDArray target, double[] sums, int from) {
    float[] values = array(target);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) sums[from + i];
    }
    buffer(target).put(0, values, 0, values.length);
  }

  private static int blockRows(int channels) {
    return Math.max(1, BLOCK / channels);
  }

  private static float[] load(FloatBuffer from, int first, int count, Pieces.Work work, int which) {
    float[] block = work.array(which, VectorMath.padded(count));
    from.get(first, block, 0, count);
    return block;
  }

  // ---- native memory ----

  private static int rows(INDArray x) {
    return Math.toIntExact(x.size(0));
  }

  private static int columns(INDArray x) {
    return Math.toIntExact(x.size(1));
  }

  static FloatBuffer buffer(INDArray x) {
    return x.data().asNioFloat();
  }

  static float[] array(INDArray x) {
    float[] values = new float[Math.toIntExact(x.length())];
    buffer(x).get(0, values, 0, values.length);
    return values;
  }

  /** Start of a row. */
  private static FloatPointer at(INDArray x, int row) {
    return address(x, (long) row * x.size(1));
  }

  private static FloatPointer part(FloatPointer parts, int index, int length) {
    return new FloatPointer(parts).position(parts.position() + (long) index * length);
  }

  static FloatPointer address(INDArray x, long element) {
    return new FloatPointer(x.data().pointer()).position(element);
  }
}

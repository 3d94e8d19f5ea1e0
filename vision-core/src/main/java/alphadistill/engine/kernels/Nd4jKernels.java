package alphadistill.engine.kernels;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The plain truth: every kernel in ND4J operations, for any backend, in float32 or double. Slow on purpose where that
 * is clearer. ND4J's own layer norm, GELU and long float32 sums are not used (users-expect.md, last table): sums over
 * rows are products with a row of ones.
 */
public final class Nd4jKernels implements Kernels {
  private static final double ROOT_HALF = Math.sqrt(0.5);
  private static final double DENSITY_AT_ZERO = 1 / Math.sqrt(2 * Math.PI);

  private final DataType type;

  /** @param type {@code FLOAT} or {@code DOUBLE} */
  public Nd4jKernels(DataType type) {
    if (type != DataType.FLOAT && type != DataType.DOUBLE) {
      throw new IllegalArgumentException("kernels work in FLOAT or DOUBLE, not " + type);
    }
    this.type = type;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public INDArray allocate(long... shape) {
    return Nd4j.zeros(type, shape);
  }

  @Override
  public Convolutions convolutions() {
    return new Nd4jConvolutions(type);
  }

  @Override
  public Losses losses() {
    return new Nd4jLosses();
  }

  @Override
  public void linear(INDArray x, INDArray w, INDArray b, INDArray y) {
    y.assign(x.mmul(w.transpose()));
    if (b != null) {
      addRow(b, y);
    }
  }

  /** {@code y += b} in every row. Of a bias of one element, addiRowVector would read that on the host. */
  private static void addRow(INDArray b, INDArray y) {
    if (b.length() > 1) {
      y.addiRowVector(row(b));
    } else {
      Nd4j.exec(
          DynamicCustomOp.builder("add").addInputs(y, row(b)).addOutputs(y).build());
    }
  }

  @Override
  public void linearBackward(
      INDArray dy, INDArray x, INDArray w, INDArray dx, INDArray dw, INDArray db) {
    if (dx != null) {
      dx.assign(dy.mmul(w));
    }
    dw.addi(dy.transpose().mmul(x));
    if (db != null) {
      addColumnSums(dy, db);
    }
  }

  @Override
  public void cutPatches(INDArray images, int patch, INDArray rows) {
    long samples = images.size(0);
    long channels = images.size(1);
    long down = images.size(2) / patch;
    long across = images.size(3) / patch;
    INDArray cut = images.reshape('c', samples, channels, down, patch, across, patch);
    rows.reshape('c', samples, down, across, channels, patch, patch)
        .assign(cut.permute(0, 2, 4, 1, 3, 5));
  }

  @Override
  public void layerNorm(
      INDArray x,
      INDArray gain,
      INDArray shift,
      double epsilon,
      INDArray y,
      INDArray normalised,
      INDArray inverseStd) {
    INDArray centred = x.subColumnVector(x.mean(true, 1)); // (R, C)
    INDArray variance = centred.mul(centred).mean(true, 1); // (R, 1), two passes: no cancellation
    INDArray inverse = Transforms.sqrt(variance.add(epsilon)).rdiv(1);
    inverseStd.assign(inverse.reshape(inverseStd.shape()));
    normalised.assign(centred.mulColumnVector(inverse));
    scaleAndShift(normalised, gain, shift, y);
  }

  @Override
  public void scaleAndShift(INDArray normalised, INDArray gain, INDArray shift, INDArray y) {
    y.assign(normalised.mulRowVector(row(gain)).addiRowVector(row(shift)));
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
    addColumnSums(dy.mul(normalised), dgain);
    addColumnSums(dy, dshift);
    INDArray g = dy.mulRowVector(row(gain));
    INDArray meanG = g.mean(true, 1);
    INDArray meanGx = g.mul(normalised).mean(true, 1);
    INDArray inner = g.subColumnVector(meanG).sub(normalised.mulColumnVector(meanGx));
    INDArray result = inner.mulColumnVector(inverseStd.reshape(inverseStd.length(), 1));
    dx.assign(residual == null ? result : result.add(residual));
  }

  @Override
  public void gelu(INDArray x, INDArray y) {
    y.assign(x.mul(distribution(x)));
  }

  @Override
  public void geluWithSlope(INDArray x, INDArray y, INDArray slope) {
    INDArray below = distribution(x);
    y.assign(x.mul(below));
    INDArray density = Transforms.exp(x.mul(x).muli(-0.5)).muli(DENSITY_AT_ZERO);
    slope.assign(below.addi(x.mul(density)));
  }

  @Override
  public void multiply(INDArray x, INDArray y) {
    y.muli(x);
  }

  /** Phi(x), the standard normal distribution. */
  private static INDArray distribution(INDArray x) {
    INDArray scaled = x.mul(ROOT_HALF);
    Nd4j.getExecutioner().exec(new Erf(scaled, scaled));
    return scaled.addi(1).muli(0.5);
  }

  @Override
  public void attention(INDArray qkv, int samples, int heads, INDArray y) {
    Heads at = new Heads(qkv, samples, heads);
    for (int n = 0; n < samples; n++) {
      for (int h = 0; h < heads; h++) {
        at.part(y, n, h, 0).assign(at.probabilities(n, h).mmul(at.part(qkv, n, h, 2)));
      }
    }
  }

  @Override
  public void attentionBackward(INDArray dy, INDArray qkv, int samples, int heads, INDArray dqkv) {
    Heads at = new Heads(qkv, samples, heads);
    for (int n = 0; n < samples; n++) {
      for (int h = 0; h < heads; h++) {
        INDArray p = at.probabilities(n, h);
        INDArray out = at.part(dy, n, h, 0).dup('c');
        INDArray dp = out.mmul(at.part(qkv, n, h, 2).transpose());
        // softmax: ds = p * (dp - sum(dp * p) of the row)
        INDArray ds = p.mul(dp.subColumnVector(dp.mul(p).sum(true, 1))).muli(at.scale);
        at.part(dqkv, n, h, 0).assign(ds.mmul(at.part(qkv, n, h, 1)));
        at.part(dqkv, n, h, 1).assign(ds.transpose().mmul(at.part(qkv, n, h, 0)));
        at.part(dqkv, n, h, 2).assign(p.transpose().mmul(out));
      }
    }
  }

  @Override
  public void attentionProbabilities(INDArray qkv, int samples, int heads, INDArray probabilities) {
    Heads at = new Heads(qkv, samples, heads);
    for (int n = 0; n < samples; n++) {
      for (int h = 0; h < heads; h++) {
        long row = ((long) n * heads + h) * at.tokens;
        probabilities
            .get(NDArrayIndex.interval(row, row + at.tokens), NDArrayIndex.all())
            .assign(at.probabilities(n, h));
      }
    }
  }

  /** Where the parts of a packed (N*T, 3D) array lie. */
  private static final class Heads {
    private final INDArray qkv;
    private final long tokens;
    private final long width;
    private final long headWidth;
    private final double scale;

    Heads(INDArray qkv, int samples, int heads) {
      this.qkv = qkv;
      this.tokens = qkv.size(0) / samples;
      this.width = qkv.size(1) / 3;
      this.headWidth = width / heads;
      this.scale = 1 / Math.sqrt(headWidth);
    }

    /** (T, D / heads) of sample n, head h; which: 0 query or plain, 1 key, 2 value. */
    INDArray part(INDArray x, int n, int h, int which) {
      long column = which * width + h * headWidth;
      return x.get(
          NDArrayIndex.interval(n * tokens, (n + 1) * tokens),
          NDArrayIndex.interval(column, column + headWidth));
    }

    /** (T, T) softmax rows of sample n, head h, a fresh array. */
    INDArray probabilities(int n, int h) {
      INDArray scores = part(qkv, n, h, 0).mmul(part(qkv, n, h, 1).transpose()).muli(scale);
      INDArray p = Transforms.exp(scores.subColumnVector(scores.max(true, 1)));
      return p.diviColumnVector(p.sum(true, 1));
    }
  }

  @Override
  public void addBranch(INDArray x, INDArray branch, INDArray gamma, INDArray scale, INDArray y) {
    y.assign(x.add(scaled(branch, gamma, scale)));
  }

  @Override
  public void addBranchBackward(
      INDArray dy,
      INDArray branch,
      INDArray gamma,
      INDArray scale,
      INDArray dbranch,
      INDArray dgamma) {
    if (gamma != null) {
      addColumnSums(scaled(branch, null, scale).mul(dy), dgamma);
    }
    dbranch.assign(scaled(dy, gamma, scale));
  }

  /** A fresh array: x times gamma of its column and scale of its sample. */
  private static INDArray scaled(INDArray x, INDArray gamma, INDArray scale) {
    INDArray result = gamma == null ? x.dup('c') : x.mulRowVector(row(gamma));
    if (scale != null) {
      long samples = scale.length();
      result
          .reshape(samples, result.length() / samples)
          .muliColumnVector(scale.reshape(samples, 1));
    }
    return result;
  }

  @Override
  public void assemble(INDArray patches, INDArray special, INDArray positions, INDArray y) {
    Tokens at = new Tokens(y, patches, special);
    for (long n = 0; n < at.samples; n++) {
      at.special(y, n).assign(special);
      at.patches(y, n).assign(at.ofSample(patches, n));
      INDArray target = positions.size(0) == at.tokens ? at.all(y, n) : at.patches(y, n);
      target.addi(positions);
    }
  }

  @Override
  public void assembleBackward(
      INDArray dy, INDArray dpatches, INDArray dspecial, INDArray dpositions) {
    Tokens at = new Tokens(dy, dpatches, dspecial);
    for (long n = 0; n < at.samples; n++) {
      dspecial.addi(at.special(dy, n));
      at.ofSample(dpatches, n).assign(at.patches(dy, n));
      dpositions.addi(dpositions.size(0) == at.tokens ? at.all(dy, n) : at.patches(dy, n));
    }
  }

  /** Where special tokens and patches lie among the rows of samples. */
  private static final class Tokens {
    private final long samples;
    private final long tokens;
    private final long specials;
    private final long count;

    Tokens(INDArray all, INDArray patches, INDArray special) {
      this.specials = special.size(0);
      this.samples = (all.size(0) - patches.size(0)) / specials;
      this.tokens = all.size(0) / samples;
      this.count = patches.size(0) / samples;
    }

    INDArray special(INDArray x, long n) {
      return rows(x, n * tokens, specials);
    }

    INDArray patches(INDArray x, long n) {
      return rows(x, n * tokens + specials, count);
    }

    INDArray all(INDArray x, long n) {
      return rows(x, n * tokens, tokens);
    }

    INDArray ofSample(INDArray patches, long n) {
      return rows(patches, n * count, count);
    }
  }

  @Override
  public void takeToken(INDArray x, int token, INDArray y) {
    long samples = y.size(0);
    INDArray bySample = x.reshape(samples, x.size(0) / samples, x.size(1));
    y.assign(bySample.get(NDArrayIndex.all(), NDArrayIndex.point(token), NDArrayIndex.all()));
  }

  @Override
  public void takeTokensBackward(INDArray[] dtokens, INDArray dx) {
    long samples = dtokens[0].size(0);
    dx.assign(0);
    INDArray bySample = dx.reshape(samples, dx.size(0) / samples, dx.size(1));
    for (int token = 0; token < dtokens.length; token++) {
      bySample
          .get(NDArrayIndex.all(), NDArrayIndex.point(token), NDArrayIndex.all())
          .assign(dtokens[token]);
    }
  }

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
    value.muli(1 - rate * decay);
    m.muli(beta1).addi(gradient.mul(1 - beta1));
    v.muli(beta2).addi(gradient.mul(gradient).muli(1 - beta2));
    INDArray root =
        Transforms.sqrt(v).divi(Math.sqrt(1 - Math.pow(beta2, step))).addi(epsilon);
    value.subi(m.div(root).muli(rate / (1 - Math.pow(beta1, step))));
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
    INDArray g = gradient.mul(gradientScale);
    m.muli(beta1).addi(g.mul(1 - beta1));
    v.muli(beta2).addi(g.mul(g).muli(1 - beta2));
    INDArray root = Transforms.sqrt(v.div(1 - Math.pow(beta2, step))).addi(epsilon);
    direction.assign(m.div(1 - Math.pow(beta1, step)).divi(root).addi(value.mul(decay)));
  }

  @Override
  public void addScaled(INDArray x, double factor, INDArray y) {
    y.addi(x.mul(factor));
  }

  @Override
  public double sumOfSquares(INDArray x) {
    return sumOfSquares(List.of(x));
  }

  @Override
  public double sumOfSquares(List<INDArray> arrays) {
    INDArray sum = Nd4j.zeros(DataType.DOUBLE, 1, 1);
    for (INDArray x : arrays) {
      INDArray wide = x.castTo(DataType.DOUBLE).reshape(1, x.length());
      sum.addi(wide.mmul(wide.transpose()));
    }
    return HostCopy.number(sum);
  }

  @Override
  public void scale(INDArray x, double factor) {
    x.muli(factor);
  }

  @Override
  public void decayTowards(INDArray average, INDArray value, double decay) {
    average.muli(decay).addi(value.mul(1 - decay));
  }

  @Override
  public void zero(INDArray x) {
    x.assign(0);
  }

  private void addColumnSums(INDArray x, INDArray into) {
    into.addi(Nd4j.ones(type, 1, x.size(0)).mmul(x).reshape(into.shape()));
  }

  private static INDArray row(INDArray vector) {
    return vector.reshape(1, vector.length());
  }

  private static INDArray rows(INDArray x, long first, long count) {
    return x.get(NDArrayIndex.interval(first, first + count), NDArrayIndex.all());
  }
}

package alphadistill.engine.kernels;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of the engine, forward and backward beside each other. Arrays are C-ordered, contiguous and begin at
 * their buffer's start; outputs are written into arrays the caller owns, so a training step allocates nothing.
 * Everything above this package is free of devices and host memory.
 *
 * <p>{@link Nd4jKernels} is the plain truth on every backend and data type; {@link CpuKernels} is the fast float32
 * path. The same tests run over both.
 *
 * <p>Shapes: R rows of C channels; N samples of T tokens of D channels are N*T rows. In backward methods {@code dx} is
 * overwritten, gradients of parameters are added to.
 */
public interface Kernels {

  /** Type of every array these kernels work on. */
  DataType type();

  /** A new array of zeros. */
  INDArray allocate(long... shape);

  /** The arithmetic of convolutional networks, on the same threads. */
  Convolutions convolutions();

  /** The arithmetic of losses, on the same threads. */
  Losses losses();

  // ---- matrix products ----

  /**
   * {@code y = x w^T + b}.
   *
   * @param x (R, I)
   * @param w (O, I)
   * @param b (O), or null
   * @param y (R, O), written
   */
  void linear(INDArray x, INDArray w, INDArray b, INDArray y);

  /**
   * {@code dx = dy w}, {@code dw += dy^T x}, {@code db += column sums of dy}.
   *
   * @param dx (R, I), written; null when nobody needs it
   * @param db (O); null when the layer has no bias
   */
  void linearBackward(INDArray dy, INDArray x, INDArray w, INDArray dx, INDArray dw, INDArray db);

  // ---- images ----

  /**
   * Cuts images into square patches: one row for each, grid row by grid row, its numbers ordered channel, row, column
   * as those of a convolution weight (O, C, p, p). The convolution with kernel and stride p is {@link #linear} on them.
   *
   * @param images (N, C, H, W)
   * @param patch p, which divides H and W
   * @param rows (N * H/p * W/p, C*p*p), written
   */
  void cutPatches(INDArray images, int patch, INDArray rows);

  // ---- layer norm ----

  /**
   * {@code y = gain * (x - mean) / sqrt(variance + epsilon) + shift} of each row, with the population variance.
   *
   * @param y (R, C), written
   * @param normalised (R, C), written: the rows before gain and shift
   * @param inverseStd (R), written
   */
  void layerNorm(
      INDArray x,
      INDArray gain,
      INDArray shift,
      double epsilon,
      INDArray y,
      INDArray normalised,
      INDArray inverseStd);

  /**
   * {@code y = gain * normalised + shift} of each row: {@link #layerNorm} once more, from what it kept.
   *
   * @param normalised (R, C)
   * @param y (R, C), written
   */
  void scaleAndShift(INDArray normalised, INDArray gain, INDArray shift, INDArray y);

  /**
   * {@code dx = residual + (g - mean(g) - xhat * mean(g * xhat)) / std} with {@code g = dy * gain} and means over a row.
   *
   * @param residual (R, C) gradient that went around the norm, added to dx; null for none
   * @param dx (R, C), written; may be dy or residual
   */
  void layerNormBackward(
      INDArray dy,
      INDArray normalised,
      INDArray inverseStd,
      INDArray gain,
      INDArray residual,
      INDArray dx,
      INDArray dgain,
      INDArray dshift);

  // ---- activation ----

  /** Exact GELU {@code y = x Phi(x)}, Phi by the error function. */
  void gelu(INDArray x, INDArray y);

  /**
   * {@link #gelu} and its slope {@code Phi(x) + x phi(x)} in one pass.
   *
   * @param y written
   * @param slope written; may be x
   */
  void geluWithSlope(INDArray x, INDArray y, INDArray slope);

  /** {@code y *= x}, element by element. */
  void multiply(INDArray x, INDArray y);

  // ---- attention ----

  /**
   * Self-attention of each sample: {@code softmax(q k^T / sqrt(D / heads)) v} for every head.
   *
   * @param qkv (N*T, 3D): q, k and v beside each other, each with its heads beside each other
   * @param samples N
   * @param y (N*T, D), written: heads beside each other
   */
  void attention(INDArray qkv, int samples, int heads, INDArray y);

  /**
   * The gradient of {@link #attention}. Softmax rows are made again: to keep them takes N*heads*T*T numbers a block, and
   * to make them a fifth of this pass.
   *
   * @param dqkv (N*T, 3D), written
   */
  void attentionBackward(INDArray dy, INDArray qkv, int samples, int heads, INDArray dqkv);

  /**
   * The softmax rows of {@link #attention}, for people to look at.
   *
   * @param probabilities (N*heads*T, T), written
   */
  void attentionProbabilities(INDArray qkv, int samples, int heads, INDArray probabilities);

  // ---- residual branches ----

  /**
   * {@code y = x + scale * gamma * branch}.
   *
   * @param gamma LayerScale (C); null for one
   * @param scale of each sample (N), for stochastic depth; null for one
   * @param y (N*T, C), written; may be x
   */
  void addBranch(INDArray x, INDArray branch, INDArray gamma, INDArray scale, INDArray y);

  /**
   * {@code dbranch = scale * gamma * dy}, {@code dgamma += sum of scale * branch * dy over rows}.
   *
   * @param branch (R, C); null when gamma is
   * @param dgamma (C); null when gamma is
   */
  void addBranchBackward(
      INDArray dy,
      INDArray branch,
      INDArray gamma,
      INDArray scale,
      INDArray dbranch,
      INDArray dgamma);

  // ---- tokens ----

  /**
   * Puts the special tokens in front of each sample's patches and adds positions.
   *
   * @param patches (N*P, D)
   * @param special (S, D)
   * @param positions (S+P, D) for all tokens, or (P, D) for the patches alone (DeiT III)
   * @param y (N*(S+P), D), written
   */
  void assemble(INDArray patches, INDArray special, INDArray positions, INDArray y);

  /** @param dpatches (N*P, D), written */
  void assembleBackward(INDArray dy, INDArray dpatches, INDArray dspecial, INDArray dpositions);

  /**
   * One token of every sample.
   *
   * @param x (N*T, D)
   * @param y (N, D), written
   */
  void takeToken(INDArray x, int token, INDArray y);

  /**
   * Gradients of taken tokens: token i of each sample gets a row of {@code dtokens[i]}, all others zero.
   *
   * @param dtokens for tokens 0, 1, ... (N, D) each
   * @param dx (N*T, D), written
   */
  void takeTokensBackward(INDArray[] dtokens, INDArray dx);

  // ---- parameter updates ----

  /**
   * AdamW with decoupled decay (vision.md section 3): {@code p *= 1 - rate * decay}, then
   * {@code p -= rate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)}.
   *
   * @param value parameter, updated in place
   * @param gradient left unchanged
   * @param m first moment, updated in place
   * @param v second moment, updated in place
   * @param step t, from 1
   */
  void adamW(
      INDArray value,
      INDArray gradient,
      INDArray m,
      INDArray v,
      double rate,
      double decay,
      double beta1,
      double beta2,
      double epsilon,
      long step);

  /**
   * The direction of a LAMB step (vision.md section 3): moments as Adam's, corrected for their start, then {@code u =
   * mhat / (sqrt(vhat) + epsilon) + decay * p}.
   *
   * @param value p, left unchanged
   * @param gradient left unchanged
   * @param gradientScale what the gradient is multiplied by first
   * @param m first moment, updated in place
   * @param v second moment, updated in place
   * @param direction u, written
   * @param step t, from 1
   */
  void lambDirection(
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
      long step);

  /** {@code y += factor * x}. */
  void addScaled(INDArray x, double factor, INDArray y);

  /** Sum of squares in double, in fixed pieces and a fixed order: the same bits on any number of threads. */
  double sumOfSquares(INDArray x);

  /**
   * Sum of squares of several arrays, in their order; one copy to the host, where {@link #sumOfSquares(INDArray)} of
   * each is one for each.
   */
  default double sumOfSquares(List<INDArray> arrays) {
    double sum = 0;
    for (INDArray x : arrays) {
      sum += sumOfSquares(x);
    }
    return sum;
  }

  /** {@code x *= factor}. */
  void scale(INDArray x, double factor);

  /** {@code average = decay * average + (1 - decay) * value}. */
  void decayTowards(INDArray average, INDArray value, double decay);

  /** Sets every element to zero. */
  void zero(INDArray x);
}

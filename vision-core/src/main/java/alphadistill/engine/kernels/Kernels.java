package alphadistill.engine.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of the engine. Arrays are C-ordered and contiguous; outputs are written into arrays the caller owns,
 * so a training step allocates nothing. Everything above this package is free of devices and host memory.
 *
 * <p>{@link Nd4jKernels} is the plain truth on every backend; the same tests run over every implementation.
 */
public interface Kernels {

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

  /** Sum of squares in double, in fixed pieces and a fixed order: the same bits on any number of threads. */
  double sumOfSquares(INDArray x);

  /** {@code x *= factor}. */
  void scale(INDArray x, double factor);

  /** {@code average = decay * average + (1 - decay) * value}. */
  void decayTowards(INDArray average, INDArray value, double decay);
}

package alphadistill.engine.layer;

import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layer normalisation of each row: {@code y = gain * (x - mean) / sqrt(variance + epsilon) + shift}, with the
 * population variance. Rows (R, C).
 */
final class LayerNorm {
  private final Kernels kernels;
  private final Scratch scratch;
  private final Parameter gain; // (C)
  private final Parameter shift; // (C)
  private final double epsilon; // DeiT uses 1e-6, not the 1e-5 of many libraries

  /** What {@link #backward} needs again: the normalised rows (R, C) and 1/std of each row (R). */
  record Saved(INDArray normalised, INDArray inverseStd) {}

  record Output(INDArray y, Saved saved) {}

  LayerNorm(
      Kernels kernels,
      Scratch scratch,
      Weights weights,
      String name,
      int channels,
      double epsilon) {
    this.kernels = kernels;
    this.scratch = scratch;
    this.gain = weights.constant(name + ".weight", 1, channels);
    this.shift = weights.constant(name + ".bias", 0, channels);
    this.epsilon = epsilon;
  }

  /** @param x (R, C), left unchanged */
  Output forward(INDArray x) {
    INDArray y = scratch.take(x.size(0), x.size(1));
    INDArray normalised = scratch.take(x.size(0), x.size(1));
    INDArray inverseStd = scratch.take(x.size(0));
    kernels.layerNorm(x, gain.value(), shift.value(), epsilon, y, normalised, inverseStd);
    return new Output(y, new Saved(normalised, inverseStd));
  }

  /**
   * Adds to the gradients of gain and shift and returns the gradient of x.
   *
   * @param residual gradient that went around the norm (R, C), added to the result; null for none
   */
  INDArray backward(INDArray dy, Saved saved, INDArray residual) {
    INDArray dx = scratch.take(dy.size(0), dy.size(1));
    kernels.layerNormBackward(
        dy,
        saved.normalised(),
        saved.inverseStd(),
        gain.value(),
        residual,
        dx,
        gain.gradient(),
        shift.gradient());
    return dx;
  }
}

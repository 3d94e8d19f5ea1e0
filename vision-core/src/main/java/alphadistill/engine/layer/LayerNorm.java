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
  private final Scratch kept;
  private final Parameter gain; // (C)
  private final Parameter shift; // (C)
  private final double epsilon; // DeiT uses 1e-6, not the 1e-5 of many libraries

  /**
   * Kept arrays: {@link #backward} needs the last two again, the layer behind the norm the first.
   *
   * @param y (R, C)
   * @param normalised rows before gain and shift (R, C)
   * @param inverseStd 1/std of each row (R)
   */
  record Output(INDArray y, INDArray normalised, INDArray inverseStd) {}

  LayerNorm(
      Kernels kernels, Scratch kept, Weights weights, String name, int channels, double epsilon) {
    this.kernels = kernels;
    this.kept = kept;
    this.gain = weights.constant(name + ".weight", 1, channels);
    this.shift = weights.constant(name + ".bias", 0, channels);
    this.epsilon = epsilon;
  }

  /** @param x (R, C), left unchanged */
  Output forward(INDArray x) {
    INDArray y = kept.take(x.size(0), x.size(1));
    INDArray normalised = kept.take(x.size(0), x.size(1));
    INDArray inverseStd = kept.take(x.size(0));
    kernels.layerNorm(x, gain.value(), shift.value(), epsilon, y, normalised, inverseStd);
    return new Output(y, normalised, inverseStd);
  }

  /**
   * Adds to the gradients of gain and shift.
   *
   * @param residual gradient that went around the norm (R, C), added to the result; null for none
   * @param dx gradient of x (R, C), written; may be {@code residual}
   */
  void backward(INDArray dy, Output saved, INDArray residual, INDArray dx) {
    kernels.layerNormBackward(
        dy,
        saved.normalised(),
        saved.inverseStd(),
        gain.value(),
        residual,
        dx,
        gain.gradient(),
        shift.gradient());
  }
}

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
  private final Scratch passing;
  private final Parameter gain; // (C)
  private final Parameter shift; // (C)
  private final double epsilon; // DeiT uses 1e-6, not the 1e-5 of many libraries

  /**
   * What a norm says, passing, and what {@link #backward} and {@link #again} need, kept.
   *
   * @param y (R, C)
   * @param saved of the same pass
   */
  record Output(INDArray y, Saved saved) {}

  /**
   * @param normalised rows before gain and shift (R, C)
   * @param inverseStd 1/std of each row (R)
   */
  record Saved(INDArray normalised, INDArray inverseStd) {}

  /** @param kept where what backward needs lives */
  LayerNorm(
      Kernels kernels,
      Scratch kept,
      Scratch passing,
      Weights weights,
      String name,
      int channels,
      double epsilon) {
    this.kernels = kernels;
    this.kept = kept;
    this.passing = passing;
    this.gain = weights.constant(name + ".weight", 1, channels);
    this.shift = weights.constant(name + ".bias", 0, channels);
    this.epsilon = epsilon;
  }

  /** @param x (R, C), left unchanged */
  Output forward(INDArray x) {
    INDArray y = passing.take(x.size(0), x.size(1));
    INDArray normalised = kept.take(x.size(0), x.size(1));
    INDArray inverseStd = kept.take(x.size(0));
    kernels.layerNorm(x, gain.value(), shift.value(), epsilon, y, normalised, inverseStd);
    return new Output(y, new Saved(normalised, inverseStd));
  }

  /** What the forward pass said (R, C), passing: the layer behind the norm needs it in its backward. */
  INDArray again(Saved saved) {
    INDArray y = passing.take(saved.normalised().shape());
    kernels.scaleAndShift(saved.normalised(), gain.value(), shift.value(), y);
    return y;
  }

  /**
   * Adds to the gradients of gain and shift.
   *
   * @param residual gradient that went around the norm (R, C), added to the result; null for none
   * @param dx gradient of x (R, C), written; may be {@code residual}
   */
  void backward(INDArray dy, Saved saved, INDArray residual, INDArray dx) {
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

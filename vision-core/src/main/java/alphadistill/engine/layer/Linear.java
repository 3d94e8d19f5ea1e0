package alphadistill.engine.layer;

import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code y = x w^T + b} of each row: x (R, I), w (O, I), b (O), y (R, O). */
final class Linear {
  private final Kernels kernels;
  private final Parameter weight; // (O, I)
  private final Parameter bias; // (O)

  Linear(Kernels kernels, Weights weights, String name, int inputs, int outputs) {
    this(
        kernels,
        weights.normal(name + ".weight", true, outputs, inputs),
        weights.constant(name + ".bias", 0, outputs));
  }

  Linear(Kernels kernels, Parameter weight, Parameter bias) {
    this.kernels = kernels;
    this.weight = weight;
    this.bias = bias;
  }

  /** O of y. */
  long outputs() {
    return weight.value().size(0);
  }

  /**
   * @param x (R, I), left unchanged; {@link #backward} needs it again
   * @param y (R, O), written
   */
  void forward(INDArray x, INDArray y) {
    kernels.linear(x, weight.value(), bias.value(), y);
  }

  /**
   * Adds to the gradients of weight and bias.
   *
   * @param dx gradient of x (R, I), written; null where nobody trains the input
   */
  void backward(INDArray dy, INDArray x, INDArray dx) {
    kernels.linearBackward(dy, x, weight.value(), dx, weight.gradient(), bias.gradient());
  }
}

package alphadistill.engine.layer;

import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code y = x w^T + b} of each row: x (R, I), w (O, I), b (O), y (R, O). */
final class Linear {
  private final Kernels kernels;
  private final Scratch scratch;
  private final Parameter weight; // (O, I)
  private final Parameter bias; // (O)

  Linear(Kernels kernels, Scratch scratch, Weights weights, String name, int inputs, int outputs) {
    this(
        kernels,
        scratch,
        weights.normal(name + ".weight", true, outputs, inputs),
        weights.constant(name + ".bias", 0, outputs));
  }

  Linear(Kernels kernels, Scratch scratch, Parameter weight, Parameter bias) {
    this.kernels = kernels;
    this.scratch = scratch;
    this.weight = weight;
    this.bias = bias;
  }

  /** @param x (R, I), left unchanged; {@link #backward} needs it again */
  INDArray forward(INDArray x) {
    INDArray y = scratch.take(x.size(0), weight.value().size(0));
    kernels.linear(x, weight.value(), bias.value(), y);
    return y;
  }

  /** Adds to the gradients of weight and bias and returns the gradient of x. */
  INDArray backward(INDArray dy, INDArray x) {
    INDArray dx = scratch.take(x.size(0), x.size(1));
    kernels.linearBackward(dy, x, weight.value(), dx, weight.gradient(), bias.gradient());
    return dx;
  }

  /** As {@link #backward}, for a layer whose input nobody trains. */
  void backwardToWeights(INDArray dy, INDArray x) {
    kernels.linearBackward(dy, x, weight.value(), null, weight.gradient(), bias.gradient());
  }
}

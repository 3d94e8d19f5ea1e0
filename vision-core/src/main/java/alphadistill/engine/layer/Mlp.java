package alphadistill.engine.layer;

import alphadistill.engine.kernels.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code y = fc2(gelu(fc1(x)))} of each row (R, D), with a hidden width of {@code ratio * D}. */
final class Mlp {
  private final Kernels kernels;
  private final Scratch scratch;
  private final Linear fc1;
  private final Linear fc2;

  /** What {@link #backward} needs again. */
  record Saved(INDArray x, INDArray hidden, INDArray activated) {}

  record Output(INDArray y, Saved saved) {}

  Mlp(Kernels kernels, Scratch scratch, Weights weights, String name, int width, int ratio) {
    this.kernels = kernels;
    this.scratch = scratch;
    this.fc1 = new Linear(kernels, scratch, weights, name + ".fc1", width, ratio * width);
    this.fc2 = new Linear(kernels, scratch, weights, name + ".fc2", ratio * width, width);
  }

  /** @param x (R, D), left unchanged */
  Output forward(INDArray x) {
    INDArray hidden = fc1.forward(x);
    INDArray activated = scratch.take(hidden.size(0), hidden.size(1));
    kernels.gelu(hidden, activated);
    return new Output(fc2.forward(activated), new Saved(x, hidden, activated));
  }

  /** Adds to the gradients of both linear layers and returns the gradient of x. */
  INDArray backward(INDArray dy, Saved saved) {
    INDArray dhidden = fc2.backward(dy, saved.activated());
    kernels.geluBackward(dhidden, saved.hidden(), dhidden);
    return fc1.backward(dhidden, saved.x());
  }
}

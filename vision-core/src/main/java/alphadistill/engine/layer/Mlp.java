package alphadistill.engine.layer;

import alphadistill.engine.kernels.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code y = fc2(gelu(fc1(x)))} of each row (R, D), with a hidden width of {@code ratio * D}. */
final class Mlp {
  private final Kernels kernels;
  private final StepMemory memory;
  private final Linear fc1;
  private final Linear fc2;

  Mlp(Kernels kernels, StepMemory memory, Weights weights, String name, int width, int ratio) {
    this.kernels = kernels;
    this.memory = memory;
    this.fc1 = new Linear(kernels, weights, name + ".fc1", width, ratio * width);
    this.fc2 = new Linear(kernels, weights, name + ".fc2", ratio * width, width);
  }

  /** What {@link #backward} needs again (R, ratio * D). */
  record Saved(INDArray hidden, INDArray activated) {}

  /**
   * @param x (R, D), left unchanged; {@link #backward} needs it again
   * @param y (R, D), written; null where only what is returned is wanted
   */
  Saved forward(INDArray x, INDArray y) {
    INDArray hidden = memory.kept().take(x.size(0), fc1.outputs());
    INDArray activated = memory.kept().take(hidden.shape());
    fc1.forward(x, hidden);
    kernels.gelu(hidden, activated);
    if (y != null) {
      fc2.forward(activated, y);
    }
    return new Saved(hidden, activated);
  }

  /**
   * Adds to the gradients of both linear layers.
   *
   * @param dx gradient of x (R, D), written
   */
  void backward(INDArray dy, INDArray x, Saved saved, INDArray dx) {
    int mark = memory.passing().mark();
    INDArray dhidden = memory.passing().take(saved.hidden().shape());
    fc2.backward(dy, saved.activated(), dhidden);
    kernels.geluBackward(dhidden, saved.hidden(), dhidden);
    fc1.backward(dhidden, x, dx);
    memory.passing().release(mark);
  }
}

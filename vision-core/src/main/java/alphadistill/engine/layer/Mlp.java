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

  /**
   * @param x (R, D), left unchanged; {@link #backward} needs it again
   * @param y (R, D), written; null where only what is returned is wanted
   * @return what {@link #backward} needs again, the hidden rows before GELU (R, ratio * D)
   */
  INDArray forward(INDArray x, INDArray y) {
    INDArray hidden = memory.kept().take(x.size(0), fc1.outputs());
    fc1.forward(x, hidden);
    if (y != null) {
      int mark = memory.passing().mark();
      INDArray activated = memory.passing().take(hidden.shape());
      kernels.gelu(hidden, activated);
      fc2.forward(activated, y);
      memory.passing().release(mark);
    }
    return hidden;
  }

  /**
   * Adds to the gradients of both linear layers. The rows behind GELU are made again: to keep them takes a quarter of a
   * block's memory, and to make them beside the slope a few instructions.
   *
   * @param hidden of the forward pass, overwritten
   * @param dx gradient of x (R, D), written
   */
  void backward(INDArray dy, INDArray x, INDArray hidden, INDArray dx) {
    int mark = memory.passing().mark();
    INDArray activated = memory.passing().take(hidden.shape());
    INDArray dhidden = memory.passing().take(hidden.shape());
    kernels.geluWithSlope(hidden, activated, hidden);
    fc2.backward(dy, activated, dhidden);
    kernels.multiply(hidden, dhidden);
    fc1.backward(dhidden, x, dx);
    memory.passing().release(mark);
  }
}

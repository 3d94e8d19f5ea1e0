package alphadistill.engine.layer;

import alphadistill.engine.kernels.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Multi-head self-attention over the tokens of each sample (N*T, D): qkv, attention, projection. */
final class SelfAttention {
  private final Kernels kernels;
  private final StepMemory memory;
  private final Linear qkv; // D -> 3D, row order which * D + head * headWidth + i
  private final Linear projection;
  private final int heads;

  /** What {@link #backward} needs again: (N*T, 3D) and (N*T, D). */
  record Saved(INDArray qkv, INDArray mixed, int samples) {}

  SelfAttention(
      Kernels kernels, StepMemory memory, Weights weights, String name, int width, int heads) {
    this.kernels = kernels;
    this.memory = memory;
    this.qkv = new Linear(kernels, weights, name + ".qkv", width, 3 * width);
    this.projection = new Linear(kernels, weights, name + ".proj", width, width);
    this.heads = heads;
  }

  /**
   * @param x (N*T, D), left unchanged; {@link #backward} needs it again
   * @param y (N*T, D), written
   */
  Saved forward(INDArray x, int samples, INDArray y) {
    INDArray packed = memory.kept().take(x.size(0), qkv.outputs());
    qkv.forward(x, packed);
    INDArray mixed = memory.kept().take(x.size(0), x.size(1));
    kernels.attention(packed, samples, heads, mixed);
    projection.forward(mixed, y);
    return new Saved(packed, mixed, samples);
  }

  /** The softmax rows of a forward pass (N, heads, T, T), a fresh array. */
  INDArray probabilities(Saved saved) {
    long tokens = saved.qkv().size(0) / saved.samples();
    INDArray rows = kernels.allocate(saved.samples() * heads * tokens, tokens);
    kernels.attentionProbabilities(saved.qkv(), saved.samples(), heads, rows);
    return rows.reshape('c', saved.samples(), heads, tokens, tokens);
  }

  /**
   * Adds to the gradients of both linear layers.
   *
   * @param dx gradient of x (N*T, D), written
   */
  void backward(INDArray dy, INDArray x, Saved saved, INDArray dx) {
    int mark = memory.passing().mark();
    INDArray dmixed = memory.passing().take(x.size(0), x.size(1));
    projection.backward(dy, saved.mixed(), dmixed);
    INDArray dpacked = memory.passing().take(x.size(0), qkv.outputs());
    kernels.attentionBackward(dmixed, saved.qkv(), saved.samples(), heads, dpacked);
    qkv.backward(dpacked, x, dx);
    memory.passing().release(mark);
  }
}

package alphadistill.engine.layer;

import alphadistill.engine.kernels.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Multi-head self-attention over the tokens of each sample (N*T, D): qkv, attention, projection. */
final class SelfAttention {
  private final Kernels kernels;
  private final Scratch scratch;
  private final Linear qkv; // D -> 3D, row order which * D + head * headWidth + i
  private final Linear projection;
  private final int heads;

  /** What {@link #backward} needs again. */
  record Saved(INDArray x, INDArray qkv, INDArray probabilities, INDArray mixed, int samples) {}

  record Output(INDArray y, Saved saved) {}

  SelfAttention(
      Kernels kernels, Scratch scratch, Weights weights, String name, int width, int heads) {
    this.kernels = kernels;
    this.scratch = scratch;
    this.qkv = new Linear(kernels, scratch, weights, name + ".qkv", width, 3 * width);
    this.projection = new Linear(kernels, scratch, weights, name + ".proj", width, width);
    this.heads = heads;
  }

  /** @param x (N*T, D), left unchanged */
  Output forward(INDArray x, int samples) {
    INDArray packed = qkv.forward(x); // (N*T, 3D)
    long tokens = x.size(0) / samples;
    INDArray probabilities = scratch.take(samples * heads * tokens, tokens);
    INDArray mixed = scratch.take(x.size(0), x.size(1));
    kernels.attention(packed, samples, heads, probabilities, mixed);
    return new Output(
        projection.forward(mixed), new Saved(x, packed, probabilities, mixed, samples));
  }

  /** Adds to the gradients of both linear layers and returns the gradient of x. */
  INDArray backward(INDArray dy, Saved saved) {
    INDArray dmixed = projection.backward(dy, saved.mixed());
    INDArray dpacked = scratch.take(saved.qkv().size(0), saved.qkv().size(1));
    kernels.attentionBackward(
        dmixed, saved.qkv(), saved.samples(), heads, saved.probabilities(), dpacked);
    return qkv.backward(dpacked, saved.x());
  }
}

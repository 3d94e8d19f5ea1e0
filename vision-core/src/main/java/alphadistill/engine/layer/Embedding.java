package alphadistill.engine.layer;

import alphadistill.engine.kernels.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Turns a batch into patch tokens of width D: the only difference between an image and a market network. */
public interface Embedding {
  /** Patch tokens of a sample, P. */
  int patches();

  /** Samples in an input. */
  int samples(INDArray input);

  /**
   * Patch tokens (N*P, D) of a batch.
   *
   * @param input left unchanged; {@link #backward} needs it again
   */
  INDArray forward(INDArray input);

  /** Adds to the gradients of the embedding's parameters; the input itself is not trained. */
  void backward(INDArray dpatches, INDArray input);

  /** Makes an embedding with its parameters; what it takes of the scratch is given back after each of its passes. */
  @FunctionalInterface
  interface Factory {
    Embedding make(Kernels kernels, Scratch scratch, Weights weights, int width);
  }
}

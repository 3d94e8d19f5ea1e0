package alphadistill.engine;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network says about a batch of N samples with C outputs.
 *
 * @param classOutput answer of the class token's head (N, C)
 * @param distOutput answer of the distillation token's head (N, C); null for a network without that token
 * @param saved what {@link Network#backward} needs again; null after an evaluation pass
 */
public record Heads(INDArray classOutput, INDArray distOutput, Object saved) {

  public boolean distilled() {
    return distOutput != null;
  }
}

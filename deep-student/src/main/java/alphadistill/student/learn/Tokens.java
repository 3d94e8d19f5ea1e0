package alphadistill.student.learn;

import alphadistill.engine.kernels.BatchInput;
import alphadistill.engine.kernels.Kernels;
import alphadistill.student.study.WindowSpec;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Windows (N, T, F) as the network's input (N, T / patch, patch * F): days of a patch lie one after the other already, so
 * only the shape changes. Arrays are reused: an input is valid until the next one of its size.
 */
final class Tokens {
  private final int patches;
  private final int features;
  private final BatchInput inputs;

  Tokens(Kernels kernels, WindowSpec window, int features) {
    this.patches = window.tokens();
    this.features = window.patch() * features;
    this.inputs = new BatchInput(kernels, patches, this.features);
  }

  int patches() {
    return patches;
  }

  /** Numbers in a token. */
  int features() {
    return features;
  }

  INDArray of(float[] windows) {
    return inputs.of(windows);
  }
}

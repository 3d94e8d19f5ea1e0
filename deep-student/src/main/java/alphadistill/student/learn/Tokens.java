package alphadistill.student.learn;

import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Kernels;
import alphadistill.student.study.WindowSpec;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Windows (N, T, F) as the network's input (N, T / patch, patch * F): days of a patch lie one after the other already, so
 * only the shape changes. Arrays are reused: an input is valid until the next one of its size.
 */
final class Tokens {
  private final Kernels kernels;
  private final int patches;
  private final int features;
  private final Map<Integer, INDArray> inputs = new HashMap<>();

  Tokens(Kernels kernels, WindowSpec window, int features) {
    this.kernels = kernels;
    this.patches = window.tokens();
    this.features = window.patch() * features;
  }

  int patches() {
    return patches;
  }

  /** Numbers in a token. */
  int features() {
    return features;
  }

  INDArray of(float[] windows) {
    int samples = windows.length / (patches * features);
    INDArray input = inputs.computeIfAbsent(samples, n -> kernels.allocate(n, patches, features));
    HostCopy.write(windows, input);
    return input;
  }
}

package alphadistill.cli.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Training steps of DeiT-Ti on a device, in turns with PyTorch's on the same device where that is installed. */
public final class DeviceBench {
  private DeviceBench() {}

  /**
   * What was measured.
   *
   * @param ours samples a second, median
   * @param theirs samples a second, median; NaN without a peer
   * @param ratio median of ours over theirs, turn by turn; NaN without a peer
   * @param peer name and version; how to have one where there is none
   */
  public record Result(double ours, double theirs, double ratio, String peer) {}

  /**
   * @param step one training step that ends when the device has finished it
   * @param batch samples in a step
   * @param torchDevice {@code cpu} or {@code cuda}
   * @param runs turns that are counted, after one that is not
   */
  public static Result of(Runnable step, int batch, String torchDevice, int runs)
      throws IOException {
    Map<String, String> environment = new HashMap<>(PeerProcess.KEEPING_MEMORY);
    int threads = Runtime.getRuntime().availableProcessors();
    environment.put("OMP_NUM_THREADS", "" + threads);
    environment.put("OPENBLAS_NUM_THREADS", null); // ours is for our own library
    try (PeerProcess peer = TorchPeer.SCRIPT.start(
        TorchPeer.arguments(EngineRow.DEIT_TI_TRAIN_8, batch, threads, torchDevice),
        environment,
        "")) {
      Alternation turns = peer.isThere()
          ? Alternation.of(1, runs, Alternation.seconds(step), peer::step)
          : Alternation.alone(1, runs, Alternation.seconds(step));
      return new Result(
          batch / turns.ours(),
          batch / turns.theirs(),
          turns.ratio(),
          peer.isThere() ? peer.name() + " as installed, not tuned" : peer.settings());
    }
  }
}

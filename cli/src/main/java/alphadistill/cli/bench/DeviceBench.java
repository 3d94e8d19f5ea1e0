package alphadistill.cli.bench;

import java.io.IOException;
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
    int threads = Runtime.getRuntime().availableProcessors();
    Map<String, String> environment = PeerProcess.environment();
    environment.put("OMP_NUM_THREADS", "" + threads);
    try (PeerProcess peer = TorchPeer.SCRIPT.start(
        TorchPeer.arguments(EngineRow.DEIT_TI_TRAIN_8, batch, threads, torchDevice),
        environment,
        "")) {
      Alternation turns = Alternation.against(peer, 1, runs, Alternation.seconds(step));
      return new Result(
          batch / turns.ours(),
          batch / turns.theirs(),
          turns.ratio(),
          peer.isThere() ? peer.name() + " as installed, not tuned" : peer.settings());
    }
  }
}

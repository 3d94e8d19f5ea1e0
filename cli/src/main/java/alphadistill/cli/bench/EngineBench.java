package alphadistill.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Training steps and inference of the engine against PyTorch and libtorch, each in a process of its own that takes turns with
 * ours. All use every core and the same shapes.
 */
final class EngineBench {
  private static final int WARM_UP = 3;

  private EngineBench() {}

  /** Starts the fastest process of a peer for a row. */
  @FunctionalInterface
  private interface Peer {
    PeerProcess start(EngineRow row, int threads) throws IOException;
  }

  /**
   * @param libtorch folder of {@link LibtorchPeer}; null for PyTorch alone
   * @param progress told, in words, what is measured next
   */
  static List<BenchResult> run(
      Sizes sizes, List<EngineRow> rows, Path libtorch, Consumer<String> progress)
      throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    List<Peer> peers = new ArrayList<>(List.of(TorchPeer::fastest));
    if (libtorch != null) {
      peers.add((row, count) -> LibtorchPeer.fastest(libtorch, row, count));
    }
    List<BenchResult> results = new ArrayList<>();
    int all = rows.size() * peers.size();
    long begun = System.nanoTime();
    for (EngineRow row : rows) {
      for (Peer each : peers) {
        progress.accept("engine: %s, %d of %d%s"
            .formatted(row.label(), results.size() + 1, all, left(begun, results.size(), all)));
        try (PeerProcess peer = each.start(row, threads)) {
          results.add(against(peer, row, sizes.runs(), threads));
        }
      }
    }
    return results;
  }

  private static String left(long begun, int done, int all) {
    if (done == 0) {
      return "";
    }
    double seconds = (System.nanoTime() - begun) * 1e-9 / done * (all - done);
    return ", about %.0f min left".formatted(Math.max(1, seconds / 60));
  }

  static BenchResult against(PeerProcess peer, EngineRow row, int runs, int threads)
      throws IOException {
    try (PeerProcess ours = EngineWorker.start(row, threads)) {
      // a small row takes milliseconds, and its first hundreds are interpreted
      Alternation.warmUp(ours::step);
      Alternation times = Alternation.against(peer, WARM_UP, runs, ours::step);
      double peak = ours.peakMebibytes();
      double theirs = peer.isThere() ? peer.peakMebibytes() : Double.NaN;
      double alone = threads == 1 ? times.ours() : alone(row);
      String note =
          "peak memory %.0f MiB%s%s; %.1f samples/s on one thread%n            %s%n            %s"
              .formatted(
                  peak,
                  peer.isThere() ? ", theirs %.0f MiB".formatted(theirs) : "",
                  row.isTraining() ? ", arrays planned " + row.memory() : "",
                  row.batch() / alone,
                  ours.ask("profile"),
                  peer.settings());
      return BenchResult.rate(
              "engine", row.work(), "samples/s", row.batch(), times, peer.name(), runs, note)
          .with(Map.of(
              "peakMiB", peak, "referencePeakMiB", theirs, "oneThread", row.batch() / alone));
    }
  }

  /** Seconds of a step on one thread. */
  private static double alone(EngineRow row) throws IOException {
    try (PeerProcess single = EngineWorker.start(row, 1)) {
      Alternation.warmUp(single::step);
      return Alternation.alone(1, 3, single::step).ours();
    }
  }
}

package alphadistill.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Training steps and inference of the engine against PyTorch, each in a process of its own. Both sides use every core and
 * the same shapes.
 */
final class EngineBench {
  private static final int WARM_UP = 3;

  private EngineBench() {}

  static List<BenchResult> run(Sizes sizes, List<EngineRow> rows) throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    List<BenchResult> results = new ArrayList<>();
    for (EngineRow row : rows) {
      try (PeerProcess peer = TorchPeer.fastest(row, threads)) {
        results.add(against(peer, row, sizes.runs(), threads));
      }
    }
    return results;
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
          "peak memory %.0f MiB%s; %.1f samples/s on one thread%n            %s%n            %s"
              .formatted(
                  peak,
                  peer.isThere() ? ", theirs %.0f MiB".formatted(theirs) : "",
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

package alphadistill.cli.bench;

import alphadistill.data.panel.FactorReturns;
import alphadistill.teacher.ipca.Ipca;
import alphadistill.teacher.regression.RollingRegression;
import alphadistill.teacher.regression.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rolling regressions with errors and R2 against statsmodels and a vectorised numpy, and IPCA against alternating least
 * squares in numpy. All sides use every core they can.
 */
final class TeacherBench {
  private static final int FACTORS = 5;
  private static final int WINDOW = 252;
  private static final int CHARACTERISTICS = 20;
  private static final double TOLERANCE = 1e-8;

  private static final int SWEEPS = 20_000;

  /** statsmodels goes asset by asset, so a few tell the time of all; the ratio is of equal numbers of assets. */
  private static final int STATSMODELS_SHARE = 50;

  private TeacherBench() {}

  private static PeerProcess.Script script(String peer, String packages) {
    return new PeerProcess.Script(peer, peer, "linear_models.py", packages);
  }

  static List<BenchResult> run(Sizes sizes) throws IOException {
    List<BenchResult> results = new ArrayList<>();
    int few = Math.max(1, sizes.assets() / STATSMODELS_SHARE);
    try (PeerProcess peer =
        start("statsmodels", "python3-statsmodels", "statsmodels", few, sizes)) {
      results.add(rolling(peer, sizes, few, "%d of the assets".formatted(few)));
    }
    try (PeerProcess peer = start("numpy", "python3-numpy", "numpy", sizes.assets(), sizes)) {
      results.add(rolling(peer, sizes, sizes.assets(), "batched over windows"));
    }
    // months beside the usual days; a smaller panel has no solution that stands still
    int periods = Math.max(60, sizes.days() * 240 / 2_500);
    int assets = Math.max(100, sizes.assets());
    CharacteristicPanel panel =
        CharacteristicPanel.random(assets, periods, CHARACTERISTICS, FACTORS);
    Path file = Files.createTempFile("alphadistill-bench", ".panel");
    try {
      panel.write(file);
      try (PeerProcess peer = script("numpy", "python3-numpy")
          .start(
              List.of(
                  "ipca",
                  file.toString(),
                  "" + assets,
                  "" + periods,
                  "" + CHARACTERISTICS,
                  "" + FACTORS),
              PeerProcess.environment(),
              "batched over periods, the same panel")) {
        results.add(ipca(peer, panel, sizes.runs()));
      }
    } finally {
      Files.delete(file);
    }
    return results;
  }

  private static PeerProcess start(
      String peer, String packages, String kind, int assets, Sizes sizes) throws IOException {
    return script(peer, packages)
        .start(
            List.of(kind, "" + assets, "" + sizes.days(), "" + FACTORS, "" + WINDOW),
            PeerProcess.environment(),
            "");
  }

  private static BenchResult rolling(PeerProcess peer, Sizes sizes, int theirs, String note) {
    FactorReturns factors = SyntheticMarket.factors(sizes, FACTORS);
    double[][] returns = SyntheticMarket.gaussian(sizes.assets(), sizes.days(), 0.02, 3);
    RollingRegression regression = new RollingRegression(Window.last(WINDOW), WINDOW / 2);
    double scale = sizes.assets() / (double) theirs;
    Alternation times = times(peer, sizes.runs(), () -> regression.fit(factors, returns), scale);
    return BenchResult.rate(
        "teacher",
        "rolling OLS of %d assets x %,d days x %d factors, window %d"
            .formatted(sizes.assets(), sizes.days(), FACTORS, WINDOW),
        "fits/s",
        (double) sizes.assets() * (sizes.days() - WINDOW + 1),
        times,
        peer.name(),
        sizes.runs(),
        peer.isThere() ? note : peer.settings());
  }

  private static BenchResult ipca(PeerProcess peer, CharacteristicPanel panel, int runs) {
    Ipca choices = Ipca.factors(FACTORS).until(TOLERANCE, SWEEPS);
    Alternation times = times(peer, runs, () -> choices.fit(panel.portfolios()), 1);
    return BenchResult.rate(
        "teacher",
        "IPCA of %d assets x %d periods x %d characteristics, %d factors, to %.0e"
            .formatted(panel.assets(), panel.periods(), CHARACTERISTICS, FACTORS, TOLERANCE),
        "fits/s",
        1,
        times,
        peer.name(),
        runs,
        peer.settings());
  }

  /** @param scale what the peer's seconds are multiplied by, where it does a part of the work */
  private static Alternation times(PeerProcess peer, int runs, Runnable work, double scale) {
    Alternation.warmUp(work); // milliseconds each: a few turns would measure the interpreter
    return peer.isThere()
        ? Alternation.of(2, runs, Alternation.seconds(work), () -> scale * peer.step())
        : Alternation.alone(2, runs, Alternation.seconds(work));
  }
}

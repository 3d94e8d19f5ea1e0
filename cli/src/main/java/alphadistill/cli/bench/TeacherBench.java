package alphadistill.cli.bench;

import alphadistill.data.panel.FactorReturns;
import alphadistill.teacher.ipca.Ipca;
import alphadistill.teacher.ipca.ManagedPortfolios;
import alphadistill.teacher.regression.RollingRegression;
import alphadistill.teacher.regression.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Rolling regressions with errors and R2 against statsmodels and a vectorised numpy, and IPCA against alternating least
 * squares in numpy. All sides use every core they can.
 */
final class TeacherBench {
  private static final int FACTORS = 5;
  private static final int WINDOW = 252;
  private static final int CHARACTERISTICS = 20;
  private static final double TOLERANCE = 1e-6;

  /** Of the factors: they explain about 8 % of the variance, as in panels of stocks. */
  private static final double STRENGTH = 0.3;

  private static final int SWEEPS = 20_000;

  /** statsmodels goes asset by asset, so a few tell the time of all; the ratio is of equal numbers of assets. */
  private static final int STATSMODELS_SHARE = 50;

  private TeacherBench() {}

  private static PythonPeer.Script script(String peer, String packages) {
    return new PythonPeer.Script(peer, peer, "linear_models.py", packages);
  }

  static List<BenchResult> run(Sizes sizes) throws IOException {
    List<BenchResult> results = new ArrayList<>();
    int few = Math.max(1, sizes.assets() / STATSMODELS_SHARE);
    try (PythonPeer peer = start("statsmodels", "python3-statsmodels", "statsmodels", few, sizes)) {
      results.add(rolling(peer, sizes, few, "%d of the assets".formatted(few)));
    }
    try (PythonPeer peer = start("numpy", "python3-numpy", "numpy", sizes.assets(), sizes)) {
      results.add(rolling(peer, sizes, sizes.assets(), "batched over windows"));
    }
    // months beside the usual days; a smaller panel has no solution that stands still
    int periods = Math.max(60, sizes.days() * 240 / 2_500);
    int assets = Math.max(100, sizes.assets());
    try (PythonPeer peer = script("numpy", "python3-numpy")
        .start(
            List.of("ipca", "" + assets, "" + periods, "" + CHARACTERISTICS, "" + FACTORS),
            environment(),
            "batched over periods")) {
      results.add(ipca(peer, assets, periods, sizes.runs()));
    }
    return results;
  }

  private static PythonPeer start(
      String peer, String packages, String kind, int assets, Sizes sizes) throws IOException {
    return script(peer, packages)
        .start(
            List.of(kind, "" + assets, "" + sizes.days(), "" + FACTORS, "" + WINDOW),
            environment(),
            "");
  }

  /** The launcher's limit of threads is for our own library. */
  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(PythonPeer.KEEPING_MEMORY);
    environment.put("OPENBLAS_NUM_THREADS", null);
    return environment;
  }

  private static BenchResult rolling(PythonPeer peer, Sizes sizes, int theirs, String note) {
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

  private static BenchResult ipca(PythonPeer peer, int assets, int periods, int runs) {
    Panel panel = Panel.random(assets, periods);
    Ipca choices = Ipca.factors(FACTORS).until(TOLERANCE, SWEEPS);
    Alternation times = times(peer, runs, () -> choices.fit(panel.portfolios()), 1);
    return BenchResult.rate(
        "teacher",
        "IPCA of %d assets x %d periods x %d characteristics, %d factors, to %.0e"
            .formatted(assets, periods, CHARACTERISTICS, FACTORS, TOLERANCE),
        "fits/s",
        1,
        times,
        peer.name(),
        runs,
        peer.settings());
  }

  /** @param scale what the peer's seconds are multiplied by, where it does a part of the work */
  private static Alternation times(PythonPeer peer, int runs, Runnable work, double scale) {
    return peer.isThere()
        ? Alternation.of(2, runs, Alternation.seconds(work), () -> scale * peer.step())
        : Alternation.alone(2, runs, Alternation.seconds(work));
  }

  /** Returns that have factors, as the peer makes its own. */
  private record Panel(double[][][] characteristics, double[][] returns) {
    static Panel random(int assets, int periods) {
      Random random = new Random(1);
      double[][] gamma = new double[CHARACTERISTICS][FACTORS];
      for (double[] row : gamma) {
        for (int k = 0; k < FACTORS; k++) {
          row[k] = random.nextGaussian() / Math.sqrt(CHARACTERISTICS);
        }
      }
      double[][][] z = new double[periods][CHARACTERISTICS][assets];
      double[][] y = new double[periods][assets];
      for (int t = 0; t < periods; t++) {
        double[] factor = new double[FACTORS];
        for (int k = 0; k < FACTORS; k++) {
          factor[k] = STRENGTH * ((2 - k / (FACTORS - 1.0)) * random.nextGaussian() + 0.2);
        }
        for (int i = 0; i < assets; i++) {
          y[t][i] = random.nextGaussian();
          for (int l = 0; l < CHARACTERISTICS; l++) {
            z[t][l][i] = random.nextDouble() - 0.5;
            for (int k = 0; k < FACTORS; k++) {
              y[t][i] += z[t][l][i] * gamma[l][k] * factor[k];
            }
          }
        }
      }
      return new Panel(z, y);
    }

    ManagedPortfolios portfolios() {
      List<String> names =
          IntStream.range(0, CHARACTERISTICS).mapToObj("z%02d"::formatted).toList();
      ManagedPortfolios.Builder builder = ManagedPortfolios.builder(names, returns.length);
      IntStream.range(0, returns.length)
          .parallel()
          .forEach(t -> builder.set(t, characteristics[t], returns[t]));
      return builder.build();
    }
  }
}

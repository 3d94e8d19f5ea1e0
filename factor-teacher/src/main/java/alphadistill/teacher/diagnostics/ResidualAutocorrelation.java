package alphadistill.teacher.diagnostics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.special.Gamma;

/**
 * Whether what a model leaves over repeats itself from day to day: a Ljung-Box test of each asset and how many of them
 * fail. Where many do, errors need a lag ({@code ErrorRule.hac}) and the model misses something.
 *
 * @param tests one an asset, in the order given
 * @param level below which a p-value counts as a failure
 * @param failures assets with a p-value below the level
 * @param jointPValue probability of at least that many failures if no residual were autocorrelated <em>and</em> assets
 *     were independent; residuals of one date that move together make it too small
 */
public record ResidualAutocorrelation(
    List<LjungBox> tests, double level, int failures, double jointPValue) {

  /**
   * Ljung and Box (1978): {@code Q = n (n + 2) sum_j r_j^2 / (n - j)}, autocorrelations about the mean; chi-square with
   * as many degrees as lags.
   *
   * @param name of the asset
   * @param observations residuals that were there
   * @param statistic Q
   * @param lags number of autocorrelations
   * @param pValue probability of a larger Q
   */
  public record LjungBox(String name, int observations, double statistic, int lags, double pValue) {

    /**
     * Test of one series.
     *
     * @param residuals in time order; missing ones are left out and their neighbours closed up
     */
    public static LjungBox of(String name, double[] residuals, int lags) {
      double[] e = Arrays.stream(residuals).filter(r -> !Double.isNaN(r)).toArray();
      if (lags < 1 || e.length <= lags + 1) {
        throw new IllegalArgumentException(
            "%d lags for the %d residuals of '%s'; at least 1 lag and %d residuals are needed"
                .formatted(lags, e.length, name, Math.max(lags, 1) + 2));
      }
      double mean = Arrays.stream(e).sum() / e.length;
      double square = product(e, mean, 0);
      if (square == 0) {
        throw new IllegalArgumentException(
            "the residuals of '%s' are all the same: nothing is left to test".formatted(name));
      }
      double q = 0;
      for (int j = 1; j <= lags; j++) {
        double r = product(e, mean, j) / square;
        q += r * r / (e.length - j);
      }
      q *= e.length * (e.length + 2.0);
      return new LjungBox(name, e.length, q, lags, Gamma.regularizedGammaQ(lags / 2.0, q / 2));
    }

    private static double product(double[] e, double mean, int j) {
      double sum = 0;
      for (int t = j; t < e.length; t++) {
        sum += (e[t] - mean) * (e[t - j] - mean);
      }
      return sum;
    }
  }

  public ResidualAutocorrelation {
    tests = List.copyOf(tests);
  }

  /**
   * Tests every asset.
   *
   * @param residuals {@code [asset][date]}, in time order, NaN = missing
   * @param lags number of autocorrelations, such as 5 for daily and 12 for monthly data
   * @param level of each test, such as 0.05
   */
  public static ResidualAutocorrelation of(
      List<String> names, double[][] residuals, int lags, double level) {
    if (names.isEmpty() || names.size() != residuals.length) {
      throw new IllegalArgumentException(
          "%d names for %d series of residuals".formatted(names.size(), residuals.length));
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must be between 0 and 1, was " + level);
    }
    List<LjungBox> tests = new ArrayList<>();
    for (int asset = 0; asset < residuals.length; asset++) {
      tests.add(LjungBox.of(names.get(asset), residuals[asset], lags));
    }
    int failures = (int) tests.stream().filter(test -> test.pValue() < level).count();
    double joint =
        1 - new BinomialDistribution(null, tests.size(), level).cumulativeProbability(failures - 1);
    return new ResidualAutocorrelation(tests, level, failures, joint);
  }
}

package alphadistill.backtest.metric;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The worst returns, as per-period decimals (a loss is negative).
 *
 * @param valueAtRisk historical: the quantile with linear interpolation (empyrical)
 * @param valueAtRiskNormal mean plus normal quantile times deviation (quantstats)
 * @param shortfall mean of the {@code int((n - 1) * level) + 1} worst returns (empyrical)
 * @param shortfallBelow mean of the returns at or below the historical value at risk
 * @param shortfallNormal mean of a normal distribution below its quantile
 * @param tailRatio size of the 95 % quantile over size of the 5 % quantile
 */
public record Tails(
    double valueAtRisk,
    double valueAtRiskNormal,
    double shortfall,
    double shortfallBelow,
    double shortfallNormal,
    double tailRatio) {

  /**
   * @param returns missing ones are skipped
   * @param level such as 0.05: one period in twenty is worse
   */
  public static Tails of(double[] returns, double level) {
    double[] ascending = Quantiles.sorted(returns);
    Moments moments = Moments.of(returns);
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    double z = normal.inverseCumulativeProbability(level);
    double historical = Quantiles.ofSorted(ascending, level);
    int worst = (int) ((ascending.length - 1) * level) + 1;
    int below = 0;
    while (below < ascending.length && ascending[below] <= historical) {
      below++;
    }
    return new Tails(
        historical,
        moments.mean() + z * moments.deviation(),
        meanOfFirst(ascending, worst),
        meanOfFirst(ascending, below),
        moments.mean() - moments.deviation() * normal.density(z) / level,
        tailRatio(returns));
  }

  /** Absolute 95 % quantile over absolute 5 % quantile: above 1, the best periods are larger than the worst. */
  public static double tailRatio(double[] returns) {
    double[] ascending = Quantiles.sorted(returns);
    return Math.abs(Quantiles.ofSorted(ascending, 0.95))
        / Math.abs(Quantiles.ofSorted(ascending, 0.05));
  }

  private static double meanOfFirst(double[] ascending, int count) {
    double sum = 0;
    for (int i = 0; i < Math.min(count, ascending.length); i++) {
      sum += ascending[i];
    }
    return ascending.length == 0 ? Double.NaN : sum / count;
  }
}

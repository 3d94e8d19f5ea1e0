package alphadistill.backtest.significance;

import alphadistill.backtest.metric.Moments;
import alphadistill.backtest.metric.Relative;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Difference of two Sharpe ratios measured over the same periods (Jobson and Korkie 1981, corrected by Memmel 2003).
 * It assumes independent normal returns; for returns that are not, compare with a block bootstrap.
 *
 * @param difference first less second, per period
 * @param z difference over its standard error
 * @param p two-sided
 */
public record SharpeDifference(double difference, double z, double p) {

  /** Two series of excess returns of the same periods, none missing. */
  public static SharpeDifference of(double[] first, double[] second) {
    double a = Moments.of(first).meanOverDeviation();
    double b = Moments.of(second).meanOverDeviation();
    double correlation = Relative.correlation(first, second);
    double variance =
        (2 - 2 * correlation + 0.5 * (a * a + b * b - 2 * a * b * correlation * correlation))
            / first.length;
    double z = (a - b) / Math.sqrt(variance);
    double p = Double.isNaN(z)
        ? Double.NaN
        : 2 * new NormalDistribution(null, 0, 1).cumulativeProbability(-Math.abs(z));
    return new SharpeDifference(a - b, z, p);
  }
}

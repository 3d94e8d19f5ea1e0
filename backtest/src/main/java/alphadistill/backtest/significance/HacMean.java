package alphadistill.backtest.significance;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Mean of a series with a standard error that holds under autocorrelation: Newey-West, Bartlett weights
 * {@code 1 - j/(lag + 1)}, divisor n.
 *
 * <p>Overlapping labels of horizon h make neighbouring information coefficients alike. A lag of h - 1 is the least
 * that can see it and is still too few: the Bartlett weights shrink the very covariances that overlap creates, and
 * 10-13 % of persistent pure-noise signals look significant at 5 %. {@link #ofOverlapping} therefore takes a longer
 * lag, and {@link #pValue} uses critical values that allow for the noise of a long-lag variance.
 *
 * @param count values used
 * @param mean their mean
 * @param standardError of the mean; 0 for a constant series
 * @param lag autocovariances used
 */
public record HacMean(int count, double mean, double standardError, int lag) {

  public HacMean {
    if (lag < 0) {
      throw new IllegalArgumentException("a lag must not be negative, was " + lag);
    }
  }

  /** Mean and error with a given lag; missing values (NaN) are left out and their neighbours joined. */
  public static HacMean of(double[] series, int lag) {
    double[] values =
        Arrays.stream(series).filter(value -> !Double.isNaN(value)).toArray();
    int n = values.length;
    double mean = constant(values) ? values[0] : Arrays.stream(values).sum() / n;
    double variance = 0;
    for (int j = 0; j <= Math.min(lag, n - 1); j++) {
      double covariance = 0;
      for (int t = j; t < n; t++) {
        covariance += (values[t] - mean) * (values[t - j] - mean);
      }
      variance += (j == 0 ? 1 : 2 * (1 - j / (lag + 1.0))) * covariance / n;
    }
    return new HacMean(n, mean, Math.sqrt(Math.max(variance, 0) / n), lag);
  }

  /**
   * Mean and error of a series whose values overlap over {@code horizon} periods, such as daily information
   * coefficients of a weekly label. The lag is {@link #lagFor}.
   */
  public static HacMean ofOverlapping(double[] series, int horizon) {
    int present =
        (int) Arrays.stream(series).filter(value -> !Double.isNaN(value)).count();
    return of(series, lagFor(present, horizon));
  }

  /**
   * The larger of three horizons and 1.3 sqrt(n) (Lazarus, Lewis, Stock and Watson 2018), never above n - 1. It is
   * always at least horizon - 1 when there are that many values.
   */
  public static int lagFor(int count, int horizon) {
    if (horizon < 1) {
      throw new IllegalArgumentException("a horizon has at least 1 period, was " + horizon);
    }
    int wanted = Math.max(3 * horizon, (int) Math.ceil(1.3 * Math.sqrt(count)));
    return Math.max(0, Math.min(wanted, count - 1));
  }

  /** Mean over its standard error; NaN for a constant zero. */
  public double t() {
    return mean / standardError;
  }

  /**
   * Size of t that a true mean of zero exceeds in 5 % of samples, for this lag and length: 1.96 only when the lag is
   * small (Kiefer and Vogelsang 2005, Bartlett kernel).
   */
  public double criticalValue() {
    double b = Math.min(1, (lag + 1.0) / Math.max(count, 1));
    return 1.9600 + 2.9694 * b + 0.4160 * b * b - 0.5324 * b * b * b;
  }

  /** Two-sided p-value: normal for t scaled so that {@link #criticalValue} maps to 1.96; exact at 5 %. */
  public double pValue() {
    double z = Math.abs(t()) * 1.96 / criticalValue();
    return Double.isNaN(z)
        ? Double.NaN
        : 2 * new NormalDistribution(null, 0, 1).cumulativeProbability(-z);
  }

  private static boolean constant(double[] values) {
    return values.length > 0 && Arrays.stream(values).allMatch(value -> value == values[0]);
  }
}

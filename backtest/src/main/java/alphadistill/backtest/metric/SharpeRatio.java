package alphadistill.backtest.metric;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A Sharpe ratio <em>per period</em> with what its sampling error depends on. Annual figures are made only by
 * {@link #annual}; mixing the two scales inflates significance by the root of the periods.
 *
 * @param perPeriod mean over deviation (divisor n - 1) of excess returns per period
 * @param count returns it was estimated from
 * @param skew skew of the excess returns
 * @param kurtosis plain kurtosis of the excess returns: a normal sample has 3
 */
public record SharpeRatio(double perPeriod, int count, double skew, double kurtosis) {
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  public SharpeRatio {
    if (kurtosis < 1) {
      throw new IllegalArgumentException(
          "kurtosis is the plain one (normal = 3, never below 1), was %s; was the excess kurtosis given?"
              .formatted(kurtosis));
    }
  }

  /** The ratio of excess returns; NaN returns are skipped. */
  public static SharpeRatio of(double[] excessReturns) {
    Moments moments = Moments.of(excessReturns);
    return new SharpeRatio(
        moments.meanOverDeviation(), moments.count(), moments.skew(), moments.kurtosis());
  }

  /** Times the root of the periods a year: right when returns are not autocorrelated. */
  public double annual(Annualisation annualisation) {
    return perPeriod * annualisation.root();
  }

  /** Standard error per period for independent normal returns: {@code sqrt((1 + s^2/2) / n)}. */
  public double standardErrorNormal() {
    return Math.sqrt((1 + perPeriod * perPeriod / 2) / count);
  }

  /** Standard error per period for independent returns of any shape (Mertens 2002). */
  public double standardError() {
    return Math.sqrt(shapeFactor() / count);
  }

  /**
   * Probabilistic Sharpe ratio: probability that the true ratio exceeds {@code threshold} (Bailey and Lopez de Prado
   * 2012).
   *
   * @param threshold per period
   */
  public double probabilityAbove(double threshold) {
    double z = (perPeriod - threshold) * Math.sqrt(count - 1.0) / Math.sqrt(shapeFactor());
    return Double.isNaN(z) ? Double.NaN : NORMAL.cumulativeProbability(z);
  }

  /**
   * Returns needed before the ratio is above {@code threshold} with this confidence; infinite when it is not above.
   *
   * @param threshold per period
   * @param confidence such as 0.95
   */
  public double minimumTrackRecord(double threshold, double confidence) {
    if (perPeriod <= threshold) {
      return Double.POSITIVE_INFINITY;
    }
    double z = NORMAL.inverseCumulativeProbability(confidence) / (perPeriod - threshold);
    return 1 + shapeFactor() * z * z;
  }

  /** {@code 1 - skew s + (kurtosis - 1)/4 s^2}: variance of the estimated ratio, times n. */
  private double shapeFactor() {
    return 1 - skew * perPeriod + (kurtosis - 1) / 4 * perPeriod * perPeriod;
  }
}

package alphadistill.backtest.signal;

import alphadistill.backtest.metric.Moments;
import alphadistill.backtest.significance.HacMean;
import java.util.Arrays;

/**
 * A series of information coefficients in a few figures.
 *
 * @param days dates with a coefficient
 * @param mean mean coefficient
 * @param deviation over dates, divisor n - 1
 * @param icir mean over deviation, not annualised; 0 for a series of zeros, which has no skill
 * @param t icir times sqrt(days): too large by about sqrt(horizon) when labels overlap, kept for comparison
 * @param hac mean with autocorrelation-robust error: its {@code t()} and {@code pValue()} are the ones to quote
 * @param sharePositive share of dates with a coefficient above zero
 */
public record IcSummary(
    int days,
    double mean,
    double deviation,
    double icir,
    double t,
    HacMean hac,
    double sharePositive) {

  /** Summary of daily coefficients of labels that cover {@code horizon} dates. */
  public static IcSummary of(double[] coefficients, int horizon) {
    return of(coefficients, HacMean.ofOverlapping(coefficients, horizon));
  }

  /** Summary with a Newey-West lag of the caller's choice. */
  public static IcSummary withLag(double[] coefficients, int lag) {
    return of(coefficients, HacMean.of(coefficients, lag));
  }

  private static IcSummary of(double[] coefficients, HacMean hac) {
    Moments moments = Moments.of(coefficients);
    double positive = Arrays.stream(coefficients).filter(value -> value > 0).count();
    boolean silent = moments.mean() == 0 && moments.sumOfSquares() == 0;
    double icir = silent ? 0 : moments.meanOverDeviation();
    return new IcSummary(
        moments.count(),
        moments.mean(),
        moments.deviation(),
        icir,
        icir * Math.sqrt(moments.count()),
        hac,
        positive / moments.count());
  }
}

package alphadistill.backtest.signal;

import alphadistill.backtest.metric.Moments;
import alphadistill.backtest.metric.Relative;

/**
 * Forward returns by score bucket: mean inside the date, then over dates. Per label period, not annualised.
 *
 * @param byDate {@code [day][bucket]}; NaN where the bucket is empty
 * @param mean over dates, {@code [bucket]}
 * @param standardError deviation over dates / sqrt(dates), {@code [bucket]}; too small when labels overlap
 * @param spread highest less lowest bucket, {@code [day]}
 * @param spreadMean mean of {@code spread}
 * @param monotonicity rank correlation of bucket number and mean return: 1 when each bucket beats the one below
 */
public record QuantileReturns(
    double[][] byDate,
    double[] mean,
    double[] standardError,
    double[] spread,
    double spreadMean,
    double monotonicity) {

  /** Returns as they are. */
  public static QuantileReturns raw(double[][] scores, double[][] forward, int quantiles) {
    return of(scores, forward, quantiles, false);
  }

  /** Returns less the mean of the date's names that have both a score and a return: the market cancels. */
  public static QuantileReturns demeaned(double[][] scores, double[][] forward, int quantiles) {
    return of(scores, forward, quantiles, true);
  }

  private static QuantileReturns of(
      double[][] scores, double[][] forward, int quantiles, boolean demean) {
    double[][] byDate = new double[scores.length][];
    double[] spread = new double[scores.length];
    for (int day = 0; day < byDate.length; day++) {
      byDate[day] = means(CompletePairs.of(scores[day], forward[day]), quantiles, demean);
      spread[day] = byDate[day][quantiles - 1] - byDate[day][0];
    }
    double[] mean = new double[quantiles];
    double[] error = new double[quantiles];
    double[] bucket = new double[quantiles];
    for (int q = 0; q < quantiles; q++) {
      double[] series = new double[byDate.length];
      for (int day = 0; day < series.length; day++) {
        series[day] = byDate[day][q];
      }
      Moments moments = Moments.of(series);
      mean[q] = moments.mean();
      error[q] = moments.deviation() / Math.sqrt(moments.count());
      bucket[q] = q + 1.0;
    }
    return new QuantileReturns(
        byDate,
        mean,
        error,
        spread,
        Moments.of(spread).mean(),
        Relative.correlation(bucket, Ranks.average(mean)));
  }

  private static double[] means(CompletePairs pairs, int quantiles, boolean demean) {
    int[] labels = QuantileLabels.of(pairs.scores(), quantiles);
    double centre = demean ? Moments.of(pairs.returns()).mean() : 0;
    double[] sums = new double[quantiles];
    int[] counts = new int[quantiles];
    for (int i = 0; i < labels.length; i++) {
      sums[labels[i] - 1] += pairs.returns()[i] - centre;
      counts[labels[i] - 1]++;
    }
    for (int q = 0; q < quantiles; q++) {
      sums[q] = counts[q] == 0 ? Double.NaN : sums[q] / counts[q];
    }
    return sums;
  }
}

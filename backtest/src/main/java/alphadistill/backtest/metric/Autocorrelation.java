package alphadistill.backtest.metric;

/** Correlation of a series with its own past, and what it does to an annual Sharpe ratio. No missing values. */
public final class Autocorrelation {
  private Autocorrelation() {}

  /** Autocorrelations of lags 1 to {@code lags}: autocovariance with divisor n over the variance with divisor n. */
  public static double[] of(double[] series, int lags) {
    Moments moments = Moments.of(series);
    double[] result = new double[lags];
    for (int lag = 1; lag <= lags; lag++) {
      double sum = 0;
      for (int t = lag; t < series.length; t++) {
        sum += (series[t] - moments.mean()) * (series[t - lag] - moments.mean());
      }
      result[lag - 1] = lag < series.length ? sum / moments.sumOfSquares() : Double.NaN;
    }
    return result;
  }

  /** Correlations of the pairs {@code lag} apart, each side with its own mean (pandas {@code autocorr}). */
  public static double[] ofPairs(double[] series, int lags) {
    double[] result = new double[lags];
    for (int lag = 1; lag <= lags; lag++) {
      int pairs = Math.max(series.length - lag, 0);
      double[] now = new double[pairs];
      double[] then = new double[pairs];
      for (int i = 0; i < pairs; i++) {
        now[i] = series[i + lag];
        then[i] = series[i];
      }
      result[lag - 1] = Relative.correlation(now, then);
    }
    return result;
  }

  /**
   * What a per-period Sharpe ratio is multiplied with to get that of {@code periods} periods when returns are
   * autocorrelated (Lo 2002): {@code q / sqrt(q + 2 sum (q - j) rho_j)}. It equals sqrt(q) without autocorrelation.
   *
   * @param periods q
   * @param autocorrelations of lags 1, 2, ...; those not given count as zero
   */
  public static double sharpeFactor(int periods, double[] autocorrelations) {
    double sum = 0;
    for (int lag = 1; lag <= Math.min(periods - 1, autocorrelations.length); lag++) {
      sum += (periods - lag) * autocorrelations[lag - 1];
    }
    return periods / Math.sqrt(periods + 2 * sum);
  }
}

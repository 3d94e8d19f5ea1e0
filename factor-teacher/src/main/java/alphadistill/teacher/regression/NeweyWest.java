package alphadistill.teacher.regression;

import java.util.stream.IntStream;

/**
 * Long-run variances with Bartlett weights (Newey and West 1987): {@code G0 + sum_j (1 - j/(lag+1)) (Gj + Gj')}.
 *
 * <p>Needed wherever neighbouring values are related; returns over h days measured every day overlap, so their means
 * need a lag of at least h - 1.
 */
public final class NeweyWest {
  private NeweyWest() {}

  /**
   * Standard error of the mean of a series: sqrt(long-run variance / T), autocovariances about the mean and divided by
   * T.
   *
   * @param series T values without gaps, in time order
   * @param lag largest lag with a weight
   */
  public static double errorOfMean(double[] series, int lag) {
    return Math.sqrt(longRunVariance(series, lag) / series.length);
  }

  /** Long-run variance of a series about its mean, autocovariances divided by T. */
  public static double longRunVariance(double[] series, int lag) {
    requireLag(lag);
    double[] centred = centre(series);
    double sum = autocovariance(centred, 0);
    for (int j = 1; j <= Math.min(lag, series.length - 1); j++) {
      sum += 2 * bartlett(j, lag) * autocovariance(centred, j);
    }
    return sum;
  }

  /**
   * Long-run covariance of several series about their means, divided by T.
   *
   * @param rows {@code [time][series]}
   * @return (series, series)
   */
  public static double[][] longRunCovariance(double[][] rows, int lag) {
    int width = rows[0].length;
    double[][] centred = new double[rows.length][width];
    for (int column = 0; column < width; column++) {
      int c = column;
      double[] series =
          centre(IntStream.range(0, rows.length).mapToDouble(t -> rows[t][c]).toArray());
      for (int t = 0; t < rows.length; t++) {
        centred[t][column] = series[t];
      }
    }
    double[][] sum = weightedCrossProducts(centred, lag);
    for (double[] row : sum) {
      for (int b = 0; b < width; b++) {
        row[b] /= rows.length;
      }
    }
    return sum;
  }

  /** The usual lag for T observations: floor(4 (T/100)^(2/9)). */
  public static int ruleLag(int observations) {
    return (int) Math.floor(4 * Math.pow(observations / 100.0, 2.0 / 9));
  }

  /** {@link #ruleLag}, but at least horizon - 1, which overlapping returns need. */
  public static int ruleLag(int observations, int horizon) {
    return Math.max(ruleLag(observations), horizon - 1);
  }

  /**
   * The data-dependent lag of Newey and West (1994) for Bartlett weights, rounded up: {@code 1.1447 ((s1/s0)^2 T)^(1/3)}
   * with s1 and s0 from autocovariances up to ceil(4 (T/100)^(2/9)); at most T - 1.
   */
  public static int plugInLag(double[] series) {
    int pilot = (int) Math.ceil(4 * Math.pow(series.length / 100.0, 2.0 / 9));
    double lag = Math.ceil(plugInBandwidth(centre(series), pilot, series.length));
    return (int) Math.min(lag, series.length - 1);
  }

  /**
   * As {@link #errorOfMean} with prewhitening by a first-order autoregression and the automatic lag of Newey and West
   * (1994); better than plain Bartlett weights where the series is strongly autocorrelated.
   *
   * @param series at least 6 values
   */
  public static double prewhitenedErrorOfMean(double[] series) {
    double[] centred = centre(series);
    double[][] scores = new double[series.length][];
    for (int t = 0; t < scores.length; t++) {
      scores[t] = new double[] {centred[t]};
    }
    return Math.sqrt(Prewhitening.crossProducts(scores, new boolean[] {true})[0][0])
        / series.length;
  }

  /** {@code 1.1447 ((s1/s0)^2 T)^(1/3)} with s1 and s0 from autocovariances up to the pilot lag; 0 for a zero series. */
  static double plugInBandwidth(double[] centred, int pilot, int periods) {
    double s0 = autocovariance(centred, 0);
    double s1 = 0;
    for (int j = 1; j <= Math.min(pilot, centred.length - 1); j++) {
      double covariance = autocovariance(centred, j);
      s0 += 2 * covariance;
      s1 += 2 * j * covariance;
    }
    return s1 == 0 ? 0 : 1.1447 * Math.cbrt(s1 / s0 * (s1 / s0) * periods);
  }

  /** {@code sum_t s_t s_t' + sum_j w_j sum_t (s_t s_(t-j)' + s_(t-j) s_t')}, neither centred nor divided. */
  public static double[][] weightedCrossProducts(double[][] scores, int lag) {
    requireLag(lag);
    int width = scores[0].length;
    double[][] sum = new double[width][width];
    for (int j = 0; j <= Math.min(lag, scores.length - 1); j++) {
      double weight = j == 0 ? 0.5 : bartlett(j, lag); // lag 0 is added together with its transpose
      double[][] products = new double[width][width];
      for (int t = j; t < scores.length; t++) {
        for (int a = 0; a < width; a++) {
          for (int b = 0; b < width; b++) {
            products[a][b] += scores[t][a] * scores[t - j][b];
          }
        }
      }
      for (int a = 0; a < width; a++) {
        for (int b = 0; b < width; b++) {
          sum[a][b] += weight * (products[a][b] + products[b][a]);
        }
      }
    }
    return sum;
  }

  private static double bartlett(int j, int lag) {
    return 1 - j / (lag + 1.0);
  }

  private static double autocovariance(double[] centred, int j) {
    double sum = 0;
    for (int t = j; t < centred.length; t++) {
      sum += centred[t] * centred[t - j];
    }
    return sum / centred.length;
  }

  private static double[] centre(double[] series) {
    if (series.length == 0) {
      throw new IllegalArgumentException("a mean needs at least one value");
    }
    double sum = 0;
    for (double value : series) {
      sum += value;
    }
    double mean = sum / series.length;
    double[] centred = new double[series.length];
    for (int t = 0; t < series.length; t++) {
      centred[t] = series[t] - mean;
    }
    return centred;
  }

  private static void requireLag(int lag) {
    if (lag < 0) {
      throw new IllegalArgumentException("lag must not be negative, was " + lag);
    }
  }
}

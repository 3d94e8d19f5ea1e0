package alphadistill.backtest.signal;

import alphadistill.backtest.metric.Quantiles;

/** Which equal-count bucket of its date a score lies in: 1 for the lowest scores. */
public final class QuantileLabels {
  private QuantileLabels() {}

  /**
   * Labels by quantile edges with linear interpolation, right-closed, as pandas {@code qcut}. Equal scores share a
   * bucket; where ties make edges equal, buckets stay empty instead of failing. A constant cross-section lies in
   * bucket 1.
   *
   * @param scores of one date; NaN gets label 0
   * @param quantiles number of buckets; at least 2
   */
  public static int[] of(double[] scores, int quantiles) {
    if (quantiles < 2) {
      throw new IllegalArgumentException("at least 2 quantiles are needed, was " + quantiles);
    }
    double[] ascending = Quantiles.sorted(scores);
    int[] labels = new int[scores.length];
    if (ascending.length == 0) {
      return labels;
    }
    double[] edges = Quantiles.edges(ascending, quantiles);
    for (int i = 0; i < labels.length; i++) {
      if (!Double.isNaN(scores[i])) {
        labels[i] = 1;
        for (double edge : edges) {
          labels[i] += scores[i] > edge ? 1 : 0;
        }
      }
    }
    return labels;
  }

  /** Labels of every date. */
  public static int[][] of(double[][] scores, int quantiles) {
    int[][] labels = new int[scores.length][];
    for (int day = 0; day < labels.length; day++) {
      labels[day] = of(scores[day], quantiles);
    }
    return labels;
  }

  /**
   * Share of the names in a bucket that were not in it {@code lag} dates ago.
   *
   * @return one for each date; NaN for the first dates and where the bucket is empty now or was empty then
   */
  public static double[] turnover(int[][] labels, int quantile, int lag) {
    double[] turnover = new double[labels.length];
    for (int day = 0; day < turnover.length; day++) {
      int members = 0;
      int entered = 0;
      int before = 0;
      for (int asset = 0; asset < labels[day].length; asset++) {
        boolean is = labels[day][asset] == quantile;
        boolean was = day >= lag && labels[day - lag][asset] == quantile;
        members += is ? 1 : 0;
        before += was ? 1 : 0;
        entered += is && !was ? 1 : 0;
      }
      turnover[day] =
          day < lag || members == 0 || before == 0 ? Double.NaN : (double) entered / members;
    }
    return turnover;
  }
}

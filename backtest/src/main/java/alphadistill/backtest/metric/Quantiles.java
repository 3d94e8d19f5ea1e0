package alphadistill.backtest.metric;

import java.util.Arrays;

/** Sample quantiles with linear interpolation between order statistics (type 7, the default of NumPy and pandas). */
public final class Quantiles {
  private Quantiles() {}

  /**
   * One quantile; missing values (NaN) are skipped.
   *
   * @param share in [0, 1]
   * @return NaN when no value is present
   */
  public static double of(double[] values, double share) {
    return ofSorted(sorted(values), share);
  }

  /** The values that are present, ascending, a fresh array. */
  public static double[] sorted(double[] values) {
    double[] present =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    Arrays.sort(present);
    return present;
  }

  /** One quantile of an ascending array without missing values. */
  public static double ofSorted(double[] ascending, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a quantile's share must be in [0, 1], was " + share);
    }
    return ascending.length == 0 ? Double.NaN : at(ascending, (ascending.length - 1) * share);
  }

  /**
   * The inner edges of equal-count buckets: quantiles 1/n, 2/n, ... of an ascending array. Positions are divided
   * last, so that an edge which falls on a value is that very value and not its neighbour by rounding.
   */
  public static double[] edges(double[] ascending, int buckets) {
    double[] edges = new double[buckets - 1];
    for (int i = 1; i < buckets; i++) {
      edges[i - 1] = at(ascending, (double) ((ascending.length - 1) * i) / buckets);
    }
    return edges;
  }

  private static double at(double[] ascending, double position) {
    int below = (int) position;
    double weight = position - below;
    return weight == 0
        ? ascending[below]
        : ascending[below] + weight * (ascending[below + 1] - ascending[below]);
  }
}

package alphadistill.backtest.metric;

import java.util.Arrays;

/** The order of the values of one cross-section; missing values (NaN) have no place in it. */
public final class Order {
  private Order() {}

  /** Indices of the values, lowest first; equal values (and -0.0 with 0.0) in index order. */
  public static int[] ascending(double[] values) {
    double[] sorted = new double[values.length];
    int count = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        sorted[count++] = value + 0.0; // makes -0.0 equal to 0.0, which sorting tells apart
      }
    }
    Arrays.sort(sorted, 0, count);
    int[] order = new int[count];
    int[] taken =
        new int[count]; // places already given to values equal to the one that starts there
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        int first = firstAt(sorted, count, values[i]);
        order[first + taken[first]++] = i;
      }
    }
    return order;
  }

  /** Indices of the values, highest first; equal values in index order. */
  public static int[] descending(double[] values) {
    double[] negated = new double[values.length];
    for (int i = 0; i < negated.length; i++) {
      negated[i] = -values[i];
    }
    return ascending(negated);
  }

  private static int firstAt(double[] sorted, int count, double value) {
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

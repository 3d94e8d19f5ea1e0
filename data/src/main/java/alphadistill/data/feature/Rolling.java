package alphadistill.data.feature;

import java.util.Arrays;

/** Rolling windows that end at and include the current day; NaN before a window is full or where it misses a value. */
final class Rolling {
  private Rolling() {}

  /** A number of {@code values[from .. to)}. */
  @FunctionalInterface
  interface Window {
    double of(double[] values, int from, int to);
  }

  static double[] over(double[] values, int length, Window window) {
    double[] result = new double[values.length];
    Arrays.fill(result, Double.NaN);
    int complete = 0;
    for (int i = 0; i < values.length; i++) {
      complete = Double.isFinite(values[i]) ? complete + 1 : 0;
      if (complete >= length) {
        result[i] = window.of(values, i - length + 1, i + 1);
      }
    }
    return result;
  }

  static double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum / (to - from);
  }

  /** Sample standard deviation (divisor n - 1), two passes. */
  static double deviation(double[] values, int from, int to) {
    return Math.sqrt(moment(values, from, to, 2) * (to - from) / (to - from - 1.0));
  }

  /** Third moment over the cubed population deviation; 0 for a constant window. */
  static double skew(double[] values, int from, int to) {
    double variance = moment(values, from, to, 2);
    return variance > 0 ? moment(values, from, to, 3) / Math.pow(variance, 1.5) : 0;
  }

  static double largest(double[] values, int from, int to) {
    double largest = values[from];
    for (int i = from + 1; i < to; i++) {
      largest = Math.max(largest, values[i]);
    }
    return largest;
  }

  private static double moment(double[] values, int from, int to, int power) {
    double mean = mean(values, from, to);
    double sum = 0;
    for (int i = from; i < to; i++) {
      double gap = values[i] - mean;
      sum += power == 2 ? gap * gap : gap * gap * gap;
    }
    return sum / (to - from);
  }
}

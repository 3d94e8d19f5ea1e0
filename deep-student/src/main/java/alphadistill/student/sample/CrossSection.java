package alphadistill.student.sample;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What is computed over the samples of one date. */
public final class CrossSection {
  private CrossSection() {}

  /**
   * Deviations from the mean in units of the standard deviation (divisor n); 0 for a constant cross-section. Affine in
   * the values, so a mix of two assets of a date has the mixed value.
   */
  public static void standardise(double[] values, int from, int to) {
    double mean = Arrays.stream(values, from, to).sum() / (to - from);
    double deviation = deviation(values, from, to);
    for (int i = from; i < to; i++) {
      values[i] = deviation > 0 ? (values[i] - mean) / deviation : 0;
    }
  }

  /** Standard deviation, divisor n. */
  public static double deviation(double[] values, int from, int to) {
    double mean = Arrays.stream(values, from, to).sum() / (to - from);
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    return Math.sqrt(squares / (to - from));
  }

  /** Average ranks from 0, ties sharing the mean of their places. */
  public static double[] ranks(double[] values, int from, int to) {
    int count = to - from;
    Integer[] order = IntStream.range(0, count).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[from + i]));
    double[] ranks = new double[count];
    for (int first = 0; first < count; ) {
      int next = first + 1;
      while (next < count && values[from + order[next]] == values[from + order[first]]) {
        next++;
      }
      for (int i = first; i < next; i++) {
        ranks[order[i]] = (first + next - 1) / 2.0;
      }
      first = next;
    }
    return ranks;
  }

  /** Rank correlation (Spearman, average ranks) of two stretches; NaN when one is constant, has a NaN, or is shorter than 2. */
  public static double rankCorrelation(double[] a, double[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Double.isNaN(a[i] + b[i])) {
        return Double.NaN;
      }
    }
    return correlation(ranks(a, from, to), ranks(b, from, to), 0, to - from);
  }

  /** Mean rank correlation over the dates of samples that have one; NaN when none has. */
  public static double meanRankCorrelation(Samples samples, double[] a, double[] b) {
    int[] starts = samples.dayStarts();
    double sum = 0;
    int days = 0;
    for (int d = 0; d + 1 < starts.length; d++) {
      double correlation = rankCorrelation(a, b, starts[d], starts[d + 1]);
      if (Double.isFinite(correlation)) {
        sum += correlation;
        days++;
      }
    }
    return days == 0 ? Double.NaN : sum / days;
  }

  /**
   * Quantile of each value among {@code buckets} of equal size, 0 the lowest; ties keep the order of the samples.
   *
   * @return one bucket for each of {@code values[from .. to)}
   */
  public static int[] buckets(double[] values, int from, int to, int buckets) {
    int count = to - from;
    Integer[] order = IntStream.range(0, count).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[from + i]));
    int[] bucket = new int[count];
    for (int rank = 0; rank < count; rank++) {
      bucket[order[rank]] = (int) ((long) rank * buckets / count);
    }
    return bucket;
  }

  /** Pearson correlation of two stretches; NaN when one is constant, has a NaN, or is shorter than 2. */
  public static double correlation(double[] a, double[] b, int from, int to) {
    int n = to - from;
    double meanA = Arrays.stream(a, from, to).sum() / n;
    double meanB = Arrays.stream(b, from, to).sum() / n;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = from; i < to; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return n < 2 || aa == 0 || bb == 0 ? Double.NaN : ab / Math.sqrt(aa * bb);
  }
}

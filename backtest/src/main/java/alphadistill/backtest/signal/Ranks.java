package alphadistill.backtest.signal;

import alphadistill.backtest.metric.Quantiles;
import java.util.Arrays;

/** Ranks inside one cross-section; missing values (NaN) have no rank, equal values share the mean of their ranks. */
public final class Ranks {
  private Ranks() {}

  /** Ranks from 1 for the lowest; NaN for a missing value. */
  public static double[] average(double[] values) {
    double[] plain = values.clone();
    for (int i = 0; i < plain.length; i++) {
      plain[i] += 0.0; // makes -0.0 equal to 0.0, which sorting tells apart
    }
    double[] ascending = Quantiles.sorted(plain);
    double[] ranks = new double[plain.length];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = Double.isNaN(plain[i]) ? Double.NaN : rank(ascending, plain[i]);
    }
    return ranks;
  }

  /** Ranks mapped to [-1, 1] with mean 0: lowest -1, highest 1; 0 for all of a constant or single value. */
  public static double[] centred(double[] values) {
    double[] ranks = average(values);
    double count = Arrays.stream(ranks).filter(rank -> !Double.isNaN(rank)).count();
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = count < 2 ? 0 * ranks[i] : 2 * (ranks[i] - 1) / (count - 1) - 1;
    }
    return ranks;
  }

  private static double rank(double[] ascending, double value) {
    int found = Arrays.binarySearch(ascending, value);
    int first = found;
    while (first > 0 && ascending[first - 1] == value) {
      first--;
    }
    int last = found;
    while (last < ascending.length - 1 && ascending[last + 1] == value) {
      last++;
    }
    return (first + last) / 2.0 + 1;
  }
}

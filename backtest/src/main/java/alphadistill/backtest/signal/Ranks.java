package alphadistill.backtest.signal;

import alphadistill.backtest.metric.Order;
import java.util.Arrays;
import java.util.List;

/** Ranks inside one cross-section; missing values (NaN) have no rank, equal values share the mean of their ranks. */
public final class Ranks {
  private Ranks() {}

  /** Ranks from 1 for the lowest; NaN for a missing value. */
  public static double[] average(double[] values) {
    double[] ranks = new double[values.length];
    Arrays.fill(ranks, Double.NaN);
    int[] order = Order.ascending(values);
    for (int from = 0, to; from < order.length; from = to) {
      to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
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

  /**
   * One score for several seeds of a date: the mean over seeds of {@link #centred} ranks; a name needs a score of every
   * seed. One seed is taken as it is.
   *
   * @param seeds scores of the same names, NaN = no score, one array a seed
   */
  public static double[] ensemble(List<double[]> seeds) {
    if (seeds.size() == 1) {
      return seeds.get(0);
    }
    double[] mean = new double[seeds.get(0).length];
    for (double[] seed : seeds) {
      double[] ranks = centred(seed);
      for (int asset = 0; asset < mean.length; asset++) {
        mean[asset] += ranks[asset] / seeds.size(); // NaN stays NaN
      }
    }
    return mean;
  }
}

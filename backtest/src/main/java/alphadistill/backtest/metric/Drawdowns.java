package alphadistill.backtest.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** How far and how long wealth was below its highest value so far. Wealth starts before the first return. */
public final class Drawdowns {
  private Drawdowns() {}

  /** Wealth over its running maximum, less 1, after each return: zero or negative, one entry per return. */
  public static double[] underwater(double[] returns) {
    double[] wealth = Wealth.path(returns);
    double[] underwater = new double[returns.length];
    double highest = wealth[0];
    for (int i = 0; i < underwater.length; i++) {
      highest = Math.max(highest, wealth[i + 1]);
      underwater[i] = wealth[i + 1] / highest - 1;
    }
    return underwater;
  }

  /** The deepest drawdown, negative or zero (empyrical); NaN for an empty series. */
  public static double deepest(double[] returns) {
    return lowest(underwater(returns));
  }

  /** As {@link #deepest}, but the first return is no loss: wealth starts after it. Kept for comparison only. */
  public static double deepestWithoutStart(double[] returns) {
    if (returns.length == 0) {
      return Double.NaN;
    }
    double[] later = returns.clone();
    later[0] = 0;
    return deepest(later);
  }

  /** Deepest fall of the <em>sum</em> of returns below its running maximum, absolute (qlib, mode sum). */
  public static double deepestOfSums(double[] returns) {
    double sum = 0;
    double highest = Double.NEGATIVE_INFINITY;
    double deepest = returns.length == 0 ? Double.NaN : 0;
    for (double value : returns) {
      sum += Double.isNaN(value) ? 0 : value;
      highest = Math.max(highest, sum);
      deepest = Math.min(deepest, sum - highest);
    }
    return deepest;
  }

  /**
   * Ulcer index: root of the mean squared drawdown.
   *
   * @param divisorLoss 0 for the mean over n, 1 for n - 1 (quantstats)
   */
  public static double ulcer(double[] returns, int divisorLoss) {
    double sum = 0;
    for (double depth : underwater(returns)) {
      sum += depth * depth;
    }
    return Math.sqrt(sum / (returns.length - divisorLoss));
  }

  /** Every drawdown, deepest first; of two equally deep the earlier one first. */
  public static List<Drawdown> table(double[] returns) {
    double[] wealth = Wealth.path(returns);
    List<Drawdown> table = new ArrayList<>();
    int peak = 0;
    int valley = 0;
    for (int i = 1; i < wealth.length; i++) {
      if (wealth[i] < wealth[peak]) {
        valley = valley == peak || wealth[i] < wealth[valley] ? i : valley;
      } else {
        if (valley > peak) {
          table.add(new Drawdown(
              peak, valley, OptionalInt.of(i), wealth[valley] / wealth[peak] - 1, i - peak));
        }
        peak = i;
        valley = i;
      }
    }
    if (valley > peak) {
      int last = wealth.length - 1;
      double depth = wealth[valley] / wealth[peak] - 1;
      table.add(new Drawdown(peak, valley, OptionalInt.empty(), depth, last - peak));
    }
    table.sort(Comparator.comparingDouble(Drawdown::depth)); // stable: the earlier one stays first
    return List.copyOf(table);
  }

  private static double lowest(double[] values) {
    double lowest = values.length == 0 ? Double.NaN : 0;
    for (double value : values) {
      lowest = Math.min(lowest, value);
    }
    return lowest;
  }
}

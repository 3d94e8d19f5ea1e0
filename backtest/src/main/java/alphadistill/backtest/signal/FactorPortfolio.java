package alphadistill.backtest.signal;

import alphadistill.backtest.metric.Moments;
import alphadistill.backtest.metric.Order;

/** Portfolios that read straight off the scores of a date, before costs, lag and drift. */
public final class FactorPortfolio {
  private FactorPortfolio() {}

  /**
   * Dollar-neutral weights {@code (f - mean) / sum|f - mean|}: gross 1, net 0 (alphalens). All zero for a constant
   * cross-section; NaN where the score is missing.
   */
  public static double[] weights(double[] scores) {
    Moments moments = Moments.of(scores);
    double gross = 0;
    for (double score : scores) {
      gross += Double.isNaN(score) ? 0 : Math.abs(score - moments.mean());
    }
    double[] weights = new double[scores.length];
    for (int i = 0; i < weights.length; i++) {
      boolean flat = moments.sumOfSquares() == 0 && !Double.isNaN(scores[i]);
      weights[i] = flat ? 0 : (scores[i] - moments.mean()) / gross;
    }
    return weights;
  }

  /** Return of the dollar-neutral weights over the names that have both; NaN on a date with none. */
  public static double[] returns(double[][] scores, double[][] forward) {
    double[] returns = new double[scores.length];
    for (int day = 0; day < returns.length; day++) {
      CompletePairs pairs = CompletePairs.of(scores[day], forward[day]);
      double[] weights = weights(pairs.scores());
      double sum = pairs.count() == 0 ? Double.NaN : 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * pairs.returns()[i];
      }
      returns[day] = sum;
    }
    return returns;
  }

  /**
   * qlib's long-short return: mean of the best less mean of the worst {@code int(n * share)} names, divided by 2.
   * Of equal scores the first asset counts as better. NaN where a side would be empty.
   */
  public static double[] longShort(double[][] scores, double[][] forward, double share) {
    double[] returns = new double[scores.length];
    for (int day = 0; day < returns.length; day++) {
      CompletePairs pairs = CompletePairs.of(scores[day], forward[day]);
      int n = pairs.count();
      int side = (int) (n * share);
      int[] order = Order.descending(pairs.scores());
      double sum = 0;
      for (int i = 0; i < side; i++) {
        sum += pairs.returns()[order[i]] - pairs.returns()[order[n - 1 - i]];
      }
      returns[day] = side == 0 ? Double.NaN : sum / side / 2;
    }
    return returns;
  }

  /** Mean return of all names of the date that have both a score and a return. */
  public static double[] average(double[][] scores, double[][] forward) {
    double[] returns = new double[scores.length];
    for (int day = 0; day < returns.length; day++) {
      returns[day] =
          Moments.of(CompletePairs.of(scores[day], forward[day]).returns()).mean();
    }
    return returns;
  }
}

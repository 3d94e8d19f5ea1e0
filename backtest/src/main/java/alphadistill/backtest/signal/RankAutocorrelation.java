package alphadistill.backtest.signal;

import alphadistill.backtest.metric.Relative;

/** How much of today's order of names was there some dates ago. */
public final class RankAutocorrelation {
  private RankAutocorrelation() {}

  /**
   * Correlation of a date's ranks with those of {@code lag} dates ago, over the names that have both. Each date's
   * ranks are taken among all its names (alphalens).
   *
   * @return one for each date; NaN for the first dates and where an order is undefined
   */
  public static double[] of(double[][] scores, int lag) {
    double[][] ranks = new double[scores.length][];
    double[] result = new double[scores.length];
    for (int day = 0; day < result.length; day++) {
      ranks[day] = Ranks.average(scores[day]);
      result[day] = day < lag ? Double.NaN : Relative.correlation(ranks[day], ranks[day - lag]);
    }
    return result;
  }
}

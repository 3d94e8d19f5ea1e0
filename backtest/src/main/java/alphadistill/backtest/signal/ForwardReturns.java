package alphadistill.backtest.signal;

import java.util.Arrays;

/** Returns that start after the fill: what a score of day t is judged by. */
public final class ForwardReturns {
  private ForwardReturns() {}

  /**
   * {@code price[t + lag + horizon] / price[t + lag] - 1}: known only at the close of t + lag + horizon.
   *
   * @param prices {@code [day][asset]} at the time of day that orders are filled at; NaN = missing
   * @param horizon trading days the return covers; at least 1
   * @param lag trading days from the score to the fill; at least 1
   * @return {@code [day][asset]}; NaN where either price is missing or lies after the last day
   */
  public static double[][] of(double[][] prices, int horizon, int lag) {
    if (horizon < 1) {
      throw new IllegalArgumentException("a horizon has at least 1 trading day, was " + horizon);
    }
    if (lag < 1) {
      throw new IllegalArgumentException(
          "a lag of %d fills at a price the score has seen; at least 1 trading day is needed"
              .formatted(lag));
    }
    double[][] forward = new double[prices.length][];
    for (int day = 0; day < forward.length; day++) {
      double[] row = new double[prices[day].length];
      if (day + lag + horizon < prices.length) {
        double[] start = prices[day + lag];
        double[] end = prices[day + lag + horizon];
        for (int asset = 0; asset < row.length; asset++) {
          row[asset] = end[asset] / start[asset] - 1;
        }
      } else {
        Arrays.fill(row, Double.NaN);
      }
      forward[day] = row;
    }
    return forward;
  }
}

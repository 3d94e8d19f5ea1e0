package alphadistill.backtest.metric;

import java.util.Arrays;

/** The annual Sharpe ratio of the last so many periods, through time. */
public final class RollingSharpe {
  private RollingSharpe() {}

  /**
   * @param excessReturns per period; missing ones are skipped inside a window
   * @param window periods in the window that ends at and includes the entry's own; at least 2
   * @return one entry per period, NaN before the first full window
   */
  public static double[] of(double[] excessReturns, int window, Annualisation annualisation) {
    if (window < 2) {
      throw new IllegalArgumentException(
          "a rolling Sharpe ratio needs a window of at least 2 periods, was " + window);
    }
    double[] rolling = new double[excessReturns.length];
    for (int end = 0; end < rolling.length; end++) {
      rolling[end] = end + 1 < window
          ? Double.NaN
          : Ratios.sharpe(
              Arrays.copyOfRange(excessReturns, end + 1 - window, end + 1), annualisation);
    }
    return rolling;
  }
}

package alphadistill.data.regime;

import java.util.Arrays;

/**
 * Regimes by terciles of trailing realised volatility, with thresholds from the past alone: the label of a day compares
 * its volatility with all volatilities up to and including that day (quant.md section 3; thresholds of the full sample
 * would look ahead).
 *
 * @param window returns in a trailing volatility, at least 2
 */
public record VolatilityRegimes(int window) {
  /** Names of labels 0, 1 and 2. */
  public static final String[] NAMES = {"calm", "normal", "turbulent"};

  /** Label of a day without enough history. */
  public static final int UNKNOWN = -1;

  public VolatilityRegimes {
    if (window < 2) {
      throw new IllegalArgumentException(
          "a volatility window needs at least 2 returns, was " + window);
    }
  }

  /** Trailing standard deviation (divisor n - 1) that includes the day; NaN before the window is full. */
  public double[] volatility(double[] returns) {
    double[] volatility = new double[returns.length];
    Arrays.fill(volatility, Double.NaN);
    for (int day = window - 1; day < returns.length; day++) {
      double mean = 0;
      for (int i = day - window + 1; i <= day; i++) {
        mean += returns[i] / window;
      }
      double squares = 0;
      for (int i = day - window + 1; i <= day; i++) {
        squares += (returns[i] - mean) * (returns[i] - mean);
      }
      volatility[day] = Math.sqrt(squares / (window - 1));
    }
    return volatility;
  }

  /** 0 calm, 1 normal, 2 turbulent, {@link #UNKNOWN} before there is a volatility. */
  public int[] labels(double[] returns) {
    double[] volatility = volatility(returns);
    int[] labels = new int[returns.length];
    double[] sorted = new double[returns.length]; // volatilities so far, kept in order
    int count = 0;
    for (int day = 0; day < returns.length; day++) {
      double now = volatility[day];
      if (Double.isNaN(now)) {
        labels[day] = UNKNOWN;
        continue;
      }
      int place = Arrays.binarySearch(sorted, 0, count, now);
      place = place < 0 ? -place - 1 : place;
      System.arraycopy(sorted, place, sorted, place + 1, count - place);
      sorted[place] = now;
      count++;
      labels[day] = now <= quantile(sorted, count, 1.0 / 3)
          ? 0
          : now <= quantile(sorted, count, 2.0 / 3) ? 1 : 2;
    }
    return labels;
  }

  /** Linear interpolation between order statistics. */
  private static double quantile(double[] sorted, int count, double share) {
    double at = share * (count - 1);
    int below = (int) at;
    int above = Math.min(below + 1, count - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}

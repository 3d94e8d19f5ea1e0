package alphadistill.data.feature;

import alphadistill.data.panel.Panel;
import java.util.Arrays;

/**
 * Simple returns of closes, decimals, row-major (day, asset), NaN = missing. A return needs both of its closes;
 * nothing is carried forward over a gap.
 */
public final class Returns {
  private Returns() {}

  /** close / close of the day before - 1, known at the close of the day; NaN on the first day. */
  public static float[] daily(Panel prices) {
    int close = prices.fieldIndex("close");
    int assets = prices.assetCount();
    float[] returns = new float[prices.days() * assets];
    Arrays.fill(returns, 0, Math.min(assets, returns.length), Float.NaN);
    for (int day = 1; day < prices.days(); day++) {
      for (int asset = 0; asset < assets; asset++) {
        returns[day * assets + asset] =
            change(prices.value(close, day - 1, asset), prices.value(close, day, asset));
      }
    }
    return returns;
  }

  /** The label of each signal day: close[t + lag + horizon] / close[t + lag] - 1; NaN where it is not known yet. */
  public static float[] forward(Panel prices, LabelSpec spec) {
    int close = prices.fieldIndex("close");
    int assets = prices.assetCount();
    float[] labels = new float[prices.days() * assets];
    Arrays.fill(labels, Float.NaN);
    for (int day = 0; spec.knownAt(day) < prices.days(); day++) {
      for (int asset = 0; asset < assets; asset++) {
        labels[day * assets + asset] = change(
            prices.value(close, day + spec.lag(), asset),
            prices.value(close, spec.knownAt(day), asset));
      }
    }
    return labels;
  }

  private static float change(float from, float to) {
    return from > 0 && to > 0 ? (float) ((double) to / from - 1) : Float.NaN;
  }
}

package alphadistill.data.feature;

import alphadistill.data.panel.Panel;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.num.DoubleNum;
import org.ta4j.core.num.Num;

/**
 * One asset on the days it has a close: rolling windows count its own trading days, so a gap shortens no window and is
 * never filled.
 */
final class AssetHistory {
  private final int[] days; // indices in the panel
  private final double[] open;
  private final double[] high;
  private final double[] low;
  private final double[] close;
  private final double[] volume;
  private final double[] returns;
  private final double[] market; // market return of the same days
  private final LocalDate[] dates;
  private BarSeries bars;

  AssetHistory(Panel prices, int asset, double[] marketReturns) {
    double[] all = prices.series(prices.fieldIndex("close"), asset);
    days = IntStream.range(0, all.length).filter(day -> all[day] > 0).toArray();
    close = pick(all);
    open = column(prices, "open", asset);
    high = column(prices, "high", asset);
    low = column(prices, "low", asset);
    volume = prices.hasField("volume")
        ? pick(prices.series(prices.fieldIndex("volume"), asset))
        : filled(Double.NaN);
    market = pick(marketReturns);
    dates = Arrays.stream(days).mapToObj(prices.dates()::get).toArray(LocalDate[]::new);
    returns = filled(Double.NaN);
    for (int i = 1; i < close.length; i++) {
      returns[i] = close[i] / close[i - 1] - 1;
    }
  }

  private double[] column(Panel prices, String field, int asset) {
    double[] values = prices.hasField(field)
        ? pick(prices.series(prices.fieldIndex(field), asset))
        : close.clone();
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] > 0)) {
        values[i] = close[i]; // a bar without its open, high or low is a bar of one price
      }
    }
    return values;
  }

  private double[] pick(double[] all) {
    return Arrays.stream(days).mapToDouble(day -> all[day]).toArray();
  }

  private double[] filled(double value) {
    double[] values = new double[days.length];
    Arrays.fill(values, value);
    return values;
  }

  int length() {
    return days.length;
  }

  /** Index in the panel of the asset's i-th day. */
  int panelDay(int i) {
    return days[i];
  }

  double[] close() {
    return close;
  }

  double[] returns() {
    return returns;
  }

  double[] marketReturns() {
    return market;
  }

  /** close times volume of each day. */
  double[] dollarVolume() {
    double[] value = new double[close.length];
    for (int i = 0; i < value.length; i++) {
      value[i] = close[i] * volume[i];
    }
    return value;
  }

  /** Bars for Ta4j, in doubles: its decimal numbers are a hundred times slower. */
  BarSeries bars() {
    if (bars == null) {
      bars = new BaseBarSeriesBuilder().withNumTypeOf(DoubleNum.class).build();
      for (int i = 0; i < close.length; i++) {
        double top = Math.max(high[i], Math.max(open[i], close[i]));
        double bottom = Math.min(low[i], Math.min(open[i], close[i]));
        bars.addBar(
            dates[i].atStartOfDay(ZoneOffset.UTC),
            open[i],
            top,
            bottom,
            close[i],
            Math.max(0, nanToZero(volume[i])));
      }
    }
    return bars;
  }

  private static double nanToZero(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  /** Values of a Ta4j indicator on every day, read in order, because indicators cache recursively. */
  double[] values(Indicator<Num> indicator) {
    double[] values = new double[close.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = indicator.getValue(i).doubleValue();
    }
    return values;
  }
}

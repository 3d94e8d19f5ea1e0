package alphadistill.data.check;

import alphadistill.data.check.Finding.Kind;
import alphadistill.data.check.Finding.Severity;
import alphadistill.data.panel.Panel;
import java.util.List;
import java.util.function.IntPredicate;

/** What concerns the days of one asset. Stretches of days with the same fault are one finding. */
final class AssetChecks {
  /** Relative gap between prices of a day that rounding may leave. */
  private static final double ROUNDING = 1e-4;

  private final Panel prices;
  private final String asset;
  private final boolean[] sparse;
  private final int staleDays;
  private final double[] open;
  private final double[] high;
  private final double[] low;
  private final double[] close;
  private final double[] volume;

  AssetChecks(Panel prices, int asset, boolean[] sparse, int staleDays) {
    this.prices = prices;
    this.asset = prices.assets().get(asset);
    this.sparse = sparse;
    this.staleDays = staleDays;
    open = prices.series(prices.fieldIndex("open"), asset);
    high = prices.series(prices.fieldIndex("high"), asset);
    low = prices.series(prices.fieldIndex("low"), asset);
    close = prices.series(prices.fieldIndex("close"), asset);
    volume = prices.series(prices.fieldIndex("volume"), asset);
  }

  void into(List<Finding> findings) {
    int first = DayChecks.firstPresent(close);
    int last = DayChecks.lastPresent(close);
    for (int day = first; day <= last; day++) {
      if (open[day] == 0 || high[day] == 0 || low[day] == 0 || close[day] == 0) {
        findings.add(
            new Finding(Severity.ERROR, Kind.ZERO_PRICE, asset, prices.dates().get(day), bar(day)));
      } else if (outOfOrder(day)) {
        findings.add(
            new Finding(Severity.ERROR, Kind.OHLC_ORDER, asset, prices.dates().get(day), bar(day)));
      }
    }
    stretches(
        findings,
        Severity.WARNING,
        Kind.GAP,
        first,
        last,
        1,
        "%d days without a close",
        day -> Double.isNaN(close[day]) && !sparse[day]);
    stretches(
        findings,
        Severity.INFO,
        Kind.ZERO_VOLUME,
        first,
        last,
        1,
        "%d days with a close and no volume",
        day -> volume[day] == 0 && !Double.isNaN(close[day]));
    stretches(
        findings,
        Severity.WARNING,
        Kind.STALE_CLOSE,
        first + 1,
        last,
        staleDays - 1,
        "the close of the day before, %d days in a row",
        day -> close[day] == close[day - 1]);
    if (last >= 0 && last < prices.days() - 1) {
      findings.add(new Finding(
          Severity.INFO,
          Kind.ENDS_EARLY,
          asset,
          prices.dates().get(last),
          "last close, %d days before the panel's last".formatted(prices.days() - 1 - last)));
    }
  }

  private void stretches(
      List<Finding> findings,
      Severity severity,
      Kind kind,
      int from,
      int to,
      int atLeast,
      String detail,
      IntPredicate fault) {
    for (int day = from; day <= to; day++) {
      int end = day;
      while (end <= to && fault.test(end)) {
        end++;
      }
      if (end - day >= atLeast) {
        findings.add(new Finding(
            severity, kind, asset, prices.dates().get(day), detail.formatted(end - day)));
      }
      day = Math.max(day, end);
    }
  }

  private boolean outOfOrder(int day) {
    double top = high[day] * (1 + ROUNDING);
    double bottom = low[day] / (1 + ROUNDING);
    return top < open[day]
        || top < close[day]
        || top < low[day]
        || bottom > open[day]
        || bottom > close[day];
  }

  private String bar(int day) {
    return "open %s, high %s, low %s, close %s"
        .formatted((float) open[day], (float) high[day], (float) low[day], (float) close[day]);
  }
}

package alphadistill.data.check;

import alphadistill.data.check.Finding.Kind;
import alphadistill.data.check.Finding.Severity;
import alphadistill.data.panel.Panel;
import java.util.List;

/** What concerns a whole day. */
final class DayChecks {
  private DayChecks() {}

  /**
   * Days on which many assets have no close although they have closes before and after.
   *
   * @param share of the assets alive on the day, above which it is reported
   */
  static boolean[] sparseDays(Panel prices, double share, List<Finding> findings) {
    int close = prices.fieldIndex("close");
    int[] alive = new int[prices.days()];
    int[] missing = new int[prices.days()];
    for (int asset = 0; asset < prices.assetCount(); asset++) {
      double[] closes = prices.series(close, asset);
      int last = lastPresent(closes);
      for (int day = firstPresent(closes); day <= last; day++) {
        alive[day]++;
        missing[day] += Double.isNaN(closes[day]) ? 1 : 0;
      }
    }
    boolean[] sparse = new boolean[alive.length];
    for (int day = 0; day < alive.length; day++) {
      sparse[day] = missing[day] > Math.max(1, share * alive[day]);
      if (sparse[day]) {
        findings.add(new Finding(
            Severity.WARNING,
            Kind.SPARSE_DAY,
            "",
            prices.dates().get(day),
            "%d of %d assets have no close".formatted(missing[day], alive[day])));
      }
    }
    return sparse;
  }

  /** Index of the first close; beyond the end when there is none. */
  static int firstPresent(double[] closes) {
    int day = 0;
    while (day < closes.length && Double.isNaN(closes[day])) {
      day++;
    }
    return day;
  }

  /** Index of the last close; -1 when there is none. */
  static int lastPresent(double[] closes) {
    int day = closes.length - 1;
    while (day >= 0 && Double.isNaN(closes[day])) {
      day--;
    }
    return day;
  }
}

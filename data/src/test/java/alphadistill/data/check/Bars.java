package alphadistill.data.check;

import alphadistill.data.panel.Panel;
import alphadistill.data.source.DropReport;
import alphadistill.data.source.PriceReader;
import alphadistill.data.source.PriceTable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Small price panels: one asset from its closes, all prices of a day alike. */
final class Bars {
  static final LocalDate FIRST = LocalDate.of(2014, 1, 2);

  private Bars() {}

  /** A panel of one asset "A"; open, high and low equal the close, volume is 100. */
  static Panel ofCloses(double... closes) {
    return of(closes, closes);
  }

  static Panel of(double[] opens, double[] closes) {
    float[][] values = new float[5][closes.length];
    for (int day = 0; day < closes.length; day++) {
      values[0][day] = (float) opens[day];
      values[1][day] = (float) Math.max(opens[day], closes[day]);
      values[2][day] = (float) Math.min(opens[day], closes[day]);
      values[3][day] = (float) closes[day];
      values[4][day] = Double.isNaN(closes[day]) ? Float.NaN : 100;
    }
    return panel(values, List.of("A"), closes.length);
  }

  static Panel panel(float[][] values, List<String> assets, int days) {
    Panel.Builder builder = Panel.builder(dates(days), assets);
    for (int field = 0; field < values.length; field++) {
      builder.field(PriceReader.FIELDS.get(field), values[field]);
    }
    return builder.build();
  }

  static PriceTable table(Panel panel) {
    return new PriceTable(panel, DropReport.NONE);
  }

  /** Weekdays from a Thursday on. */
  static List<LocalDate> dates(int days) {
    List<LocalDate> dates = new ArrayList<>();
    for (LocalDate date = FIRST; dates.size() < days; date = date.plusDays(1)) {
      if (date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY) {
        dates.add(date);
      }
    }
    return dates;
  }
}

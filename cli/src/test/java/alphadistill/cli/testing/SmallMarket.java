package alphadistill.cli.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Files of a small made-up market: weekdays from 2014-01-01, assets {@code A00}, {@code A01} ...
 *
 * @param folder where the files are written
 */
public record SmallMarket(Path folder, int assets, int days) {
  public static final String PRICE_HEADER = "date,symbol,open,high,low,close,volume";
  public static final String FILING_HEADER =
      "first_seen,symbol,end_date,amend,period_focus,revenues,op_income,net_income,eps_basic,assets,cur_assets,cur_liab,cash,equity,cash_flow_op,cash_flow_inv,cash_flow_fin";
  public static final LocalDate FIRST = LocalDate.of(2014, 1, 1);

  /** Weekdays in order. */
  public List<LocalDate> dates() {
    List<LocalDate> dates = new ArrayList<>();
    for (LocalDate day = FIRST; dates.size() < days; day = day.plusDays(1)) {
      if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
        dates.add(day);
      }
    }
    return dates;
  }

  public static String name(int asset) {
    return "A%02d".formatted(asset);
  }

  /** Rows of prices under a header, by date and asset. */
  public List<String> priceLines() {
    SplittableRandom random = new SplittableRandom(7);
    double[] close = random.doubles(assets, 20, 80).toArray();
    List<String> lines = new ArrayList<>(List.of(PRICE_HEADER));
    for (LocalDate day : dates()) {
      for (int asset = 0; asset < assets; asset++) {
        double open = close[asset];
        close[asset] *= 1 + 0.02 * (random.nextDouble() - 0.5);
        lines.add(String.format(
            Locale.ROOT,
            "%s,%s,%.4f,%.4f,%.4f,%.4f,%d",
            day,
            name(asset),
            open,
            Math.max(open, close[asset]) * 1.001,
            Math.min(open, close[asset]) * 0.999,
            close[asset],
            1000 + random.nextInt(1000)));
      }
    }
    return lines;
  }

  public Path prices() throws IOException {
    return write("prices.csv", priceLines());
  }

  /**
   * A daily file in the form of Kenneth French's library.
   *
   * @param factor of the numbers; 1 for per cent, 0.01 for decimals
   */
  public Path factors(String file, LocalDate first, double factor) throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    List<String> lines = new ArrayList<>(
        List.of("This file was created using the 202407 CRSP database.", "", ",Mkt-RF,SMB,RF"));
    LocalDate day = first;
    for (int i = 0; i < days; i++) {
      lines.add(String.format(
          Locale.ROOT,
          "%s,%.4f,%.4f,%.4f",
          day.toString().replace("-", ""),
          factor * 2 * (random.nextDouble() - 0.5),
          factor * (random.nextDouble() - 0.5),
          factor * 0.01));
      day = day.plusDays(day.getDayOfWeek() == DayOfWeek.FRIDAY ? 3 : 1);
    }
    return write(file, lines);
  }

  /** Rows of company reports under a header: every quarter from the end of 2011 on, seen 40 to 44 days after its end. */
  public List<String> filingLines() {
    SplittableRandom random = new SplittableRandom(9);
    List<String> lines = new ArrayList<>(List.of(FILING_HEADER));
    LocalDate last = dates().get(days - 1);
    for (LocalDate end = LocalDate.of(2011, 12, 31);
        !end.plusDays(40).isAfter(last);
        end = end.plusDays(1).plusMonths(3).minusDays(1)) {
      int quarter = end.getMonthValue() / 3;
      int quarters = quarter == 4 ? 4 : 1; // what the report's income covers
      for (int asset = 0; asset < assets; asset++) {
        double income = quarters * (1 + random.nextDouble());
        lines.add(String.format(
            Locale.ROOT,
            "%s,%s,%s,False,%s,%.3f,%.3f,%.3f,%.3f,%.3f,,,%.3f,%.3f,%.3f,,",
            end.plusDays(40 + asset % 5),
            name(asset),
            end,
            quarter == 4 ? "FY" : "Q" + quarter,
            8 * income,
            2 * income,
            income,
            income / 2,
            40 + 20 * random.nextDouble(),
            5 + 5 * random.nextDouble(),
            15 + 10 * random.nextDouble(),
            quarter * income / quarters * 1.2));
      }
    }
    return lines;
  }

  public Path filings() throws IOException {
    return write("filings.csv", filingLines());
  }

  /** Any text file in the folder. */
  public Path write(String file, List<String> lines) throws IOException {
    return Files.write(folder.resolve(file), lines);
  }
}

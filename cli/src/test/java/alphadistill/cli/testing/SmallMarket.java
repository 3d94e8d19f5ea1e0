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

  /** Any text file in the folder. */
  public Path write(String file, List<String> lines) throws IOException {
    return Files.write(folder.resolve(file), lines);
  }
}

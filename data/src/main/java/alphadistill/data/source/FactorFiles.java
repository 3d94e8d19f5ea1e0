package alphadistill.data.source;

import alphadistill.data.DataException;
import alphadistill.data.panel.FactorReturns;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Daily factor returns from several French files, such as five factors and momentum. */
public final class FactorFiles {
  private FactorFiles() {}

  /** Files in the library's own form, per cent. */
  public static FactorReturns join(List<Path> files) {
    return join(files, FrenchFile.Unit.PERCENT);
  }

  /**
   * Factors of all files on the dates they share, in file order; the risk-free return comes from the first file that
   * has one. All are written in {@code unit}. Files of different vintages may be joined; {@link FrenchFile#vintage()} tells.
   *
   * @throws DataException if no file has a risk-free return, two files name the same factor, or no date is shared
   */
  public static FactorReturns join(List<Path> files, FrenchFile.Unit unit) {
    if (files.isEmpty()) {
      throw new DataException(
          "no factor file is given; name at least one daily file of the French library");
    }
    List<FactorReturns> parts =
        files.stream().map(file -> FrenchFile.read(file, unit).factors()).toList();
    List<String> names = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      for (String name : parts.get(part).names()) {
        if (names.contains(name)) {
          throw DataException.in(
              files.get(part),
              "factor '%s' is in another of the files too; leave one of them out".formatted(name));
        }
        names.add(name);
      }
    }
    List<LocalDate> dates = sharedDates(files, parts);
    double[] cash = cash(files, parts, dates);
    double[][] returns = new double[dates.size()][names.size()];
    int column = 0;
    for (FactorReturns part : parts) {
      FactorReturns aligned = part.on(dates);
      int width = part.names().size();
      for (int day = 0; day < returns.length; day++) {
        System.arraycopy(aligned.returns()[day], 0, returns[day], column, width);
      }
      column += width;
    }
    return requireDecimals(new FactorReturns(dates, names, returns, cash));
  }

  /**
   * The same factors, when they are decimals.
   *
   * @throws DataException if their typical size says that they are per cent
   */
  public static FactorReturns requireDecimals(FactorReturns factors) {
    ReturnUnits.requireDailyDecimals(
        "factors " + factors.names(), factors.names(), factors.returns());
    return factors;
  }

  /**
   * Counts the price days that have no factor return.
   *
   * @param days days of the price panel
   * @throws DataException if factors and prices share no day
   */
  public static DropReport requireOverlap(FactorReturns factors, List<LocalDate> days) {
    DropReport.Tally tally = new DropReport.Tally();
    int shared = 0;
    for (LocalDate day : days) {
      if (factors.indexOf(day) >= 0) {
        shared++;
      } else {
        tally.add("price day without factor returns", day.toString());
      }
    }
    if (shared == 0) {
      throw new DataException(
          "factors %s share no day with the prices: %s against %s; choose files of the same years"
              .formatted(factors.names(), span(factors.dates()), span(days)));
    }
    return tally.report();
  }

  private static List<LocalDate> sharedDates(List<Path> files, List<FactorReturns> parts) {
    TreeSet<LocalDate> shared = new TreeSet<>(parts.get(0).dates());
    for (int part = 1; part < parts.size(); part++) {
      shared.retainAll(new TreeSet<>(parts.get(part).dates()));
      if (shared.isEmpty()) {
        throw DataException.in(
            files.get(part),
            "shares no day with the factor files before it (%s against %s)"
                .formatted(span(parts.get(part).dates()), span(parts.get(0).dates())));
      }
    }
    return List.copyOf(shared);
  }

  private static double[] cash(List<Path> files, List<FactorReturns> parts, List<LocalDate> dates) {
    for (FactorReturns part : parts) {
      double[] cash = part.on(dates).riskFree();
      for (double rate : cash) {
        if (!Double.isNaN(rate)) {
          return cash;
        }
      }
    }
    throw new DataException(
        "none of the factor files %s has a column '%s' for the risk-free return; add one that has"
            .formatted(files, FrenchFile.RISK_FREE));
  }

  private static String span(List<LocalDate> dates) {
    return dates.isEmpty() ? "no day" : dates.get(0) + " to " + dates.get(dates.size() - 1);
  }
}

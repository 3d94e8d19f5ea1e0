package alphadistill.cli.teacher;

import alphadistill.cli.config.UsageException;
import alphadistill.data.source.NumberTable;
import alphadistill.data.source.PeriodFormat;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Columns of a table of one row for each period.
 *
 * @param file where they come from
 * @param periods last day of each, rising
 * @param names of the columns
 * @param values {@code [column][row]}, NaN = missing
 */
record Series(Path file, List<LocalDate> periods, List<String> names, double[][] values) {
  private static final Set<String> TIMES =
      Set.of("date", "dates", "day", "month", "quarter", "year", "period", "time");

  /**
   * What a file has, looked at once.
   *
   * @param period name of the column of the period
   * @param names of all columns
   */
  record Columns(Path file, String period, List<String> names) {

    /**
     * @param time column of the period; null to find it by its name
     * @throws UsageException if none is called as a period is
     */
    static Columns of(Path file, String time) {
      List<String> names = NumberTable.columns(file);
      return new Columns(file, time == null ? timeColumn(file, names) : time, names);
    }

    private static String timeColumn(Path file, List<String> names) {
      return names.stream()
          .filter(name -> TIMES.contains(name.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(() -> new UsageException(
              "%s: none of its columns %s is called as a period is; name it with --time"
                  .formatted(file, names)));
    }

    boolean has(String column) {
      return names.stream().anyMatch(column::equalsIgnoreCase);
    }

    /** All but the period and some. */
    List<String> others(List<String> taken) {
      return names.stream()
          .filter(name -> !name.equalsIgnoreCase(period))
          .filter(name -> taken.stream().noneMatch(name::equalsIgnoreCase))
          .toList();
    }

    /** @throws alphadistill.data.DataException if the file cannot be used, or periods do not rise */
    Series read(List<String> wanted) {
      return Series.read(file, period, wanted);
    }
  }

  private static Series read(Path file, String column, List<String> names) {
    NumberTable table = NumberTable.read(file, List.of(column), names);
    List<String> texts = table.texts(column);
    List<LocalDate> periods = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      LocalDate period = period(table, row, texts.get(row), column);
      LocalDate before = row == 0 ? null : periods.get(row - 1);
      if (before != null && !period.isAfter(before)) {
        throw table.fault(
            row,
            period.equals(before)
                ? "%s '%s' is there twice; remove one of the rows".formatted(column, texts.get(row))
                : "%s '%s' comes after '%s'; sort the rows by %1$s"
                    .formatted(column, texts.get(row), texts.get(row - 1)));
      }
      periods.add(period);
    }
    return new Series(
        file,
        periods,
        List.copyOf(names),
        names.stream().map(table::numbers).toArray(double[][]::new));
  }

  static LocalDate period(NumberTable table, int row, String text, String column) {
    try {
      return PeriodFormat.lastDay(text);
    } catch (DateTimeException e) {
      throw table.fault(row, "column '%s': %s".formatted(column, e.getMessage()));
    }
  }

  double value(int column, int row) {
    return values[column][row];
  }

  /** The first columns of a row. */
  double[] first(int columns, int row) {
    return Arrays.stream(values, 0, columns).mapToDouble(column -> column[row]).toArray();
  }

  /** The row of each period. */
  Map<LocalDate, Integer> rows() {
    Map<LocalDate, Integer> rows = new HashMap<>();
    for (int row = 0; row < periods.size(); row++) {
      rows.put(periods.get(row), row);
    }
    return rows;
  }
}

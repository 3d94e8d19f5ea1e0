package alphadistill.cli.teacher;

import alphadistill.cli.config.UsageException;
import alphadistill.data.source.NumberTable;
import alphadistill.data.source.PeriodFormat;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
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
   * Reads columns by name.
   *
   * @param time column of the period; null to find it by its name
   * @throws alphadistill.data.DataException if the file cannot be used, or periods do not rise
   */
  static Series read(Path file, String time, List<String> names) {
    String column = time == null ? timeColumn(file) : time;
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

  /** The column that is called as periods are. */
  static String timeColumn(Path file) {
    List<String> columns = NumberTable.columns(file);
    return columns.stream()
        .filter(name -> TIMES.contains(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new UsageException(
            "%s: none of its columns %s is called as a period is; name it with --time"
                .formatted(file, columns)));
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

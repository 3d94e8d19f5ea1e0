package alphadistill.cli.teacher;

import alphadistill.cli.config.UsageException;
import alphadistill.data.DataException;
import alphadistill.data.source.NumberTable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A long table of one row for each entity and period, in any order.
 *
 * @param file CSV or Parquet
 * @param entity column of the firm, asset or country
 * @param time column of the period
 * @param dependent column of what is explained
 * @param characteristics columns of what explains it
 * @param from first day; null for all
 * @param to last day; null for all
 */
public record PanelFile(
    Path file,
    String entity,
    String time,
    String dependent,
    List<String> characteristics,
    LocalDate from,
    LocalDate to) {

  public PanelFile {
    characteristics = List.copyOf(characteristics);
    if (characteristics.contains(dependent)) {
      throw new UsageException(
          "'%s' is both the dependent and a characteristic: it would explain itself"
              .formatted(dependent));
    }
  }

  /**
   * The complete rows of one period.
   *
   * @param label as the file writes it
   * @param columns {@code [characteristic][row]}
   * @param y what is explained, one a row
   */
  public record Period(String label, double[][] columns, double[] y) {}

  /**
   * The whole panel.
   *
   * @param periods in time order
   * @param rows complete rows
   * @param incomplete rows left out because a number is missing
   */
  public record Content(List<Period> periods, int rows, int incomplete) {
    /** What was read and left out, in a line. */
    public String inWords() {
      return "%,d rows in %,d periods, %s to %s%s"
          .formatted(
              rows,
              periods.size(),
              periods.get(0).label(),
              periods.get(periods.size() - 1).label(),
              incomplete == 0
                  ? ""
                  : " (left out: %,d with a missing number)".formatted(incomplete));
    }
  }

  /** @throws DataException if the file cannot be used, or an entity is there twice in a period */
  public Content read() {
    NumberTable table = NumberTable.read(
        file,
        List.of(entity, time),
        Stream.concat(Stream.of(dependent), characteristics.stream()).toList());
    double[] y = table.numbers(dependent);
    double[][] columns = characteristics.stream().map(table::numbers).toArray(double[][]::new);
    int incomplete = 0;
    int rows = 0;
    TreeMap<LocalDate, List<Integer>> byPeriod = new TreeMap<>();
    Map<LocalDate, Map<String, Integer>> seen = new HashMap<>();
    Map<String, LocalDate> known = new HashMap<>();
    List<String> times = table.texts(time);
    List<String> entities = table.texts(entity);
    for (int row = 0; row < table.rows(); row++) {
      LocalDate period = known.get(times.get(row));
      if (period == null) {
        period = Series.period(table, row, times.get(row), time);
        known.put(times.get(row), period);
      }
      if ((from != null && period.isBefore(from)) || (to != null && period.isAfter(to))) {
        continue;
      }
      Map<String, Integer> others = seen.computeIfAbsent(period, p -> new HashMap<>());
      if (others.put(entities.get(row), row) != null) {
        throw table.fault(
            row,
            "%s '%s' is there twice in %s; remove one of the rows"
                .formatted(entity, entities.get(row), times.get(row)));
      }
      int at = row;
      if (Double.isNaN(y[row]) || Arrays.stream(columns).anyMatch(c -> Double.isNaN(c[at]))) {
        incomplete++;
      } else {
        byPeriod.computeIfAbsent(period, p -> new ArrayList<>()).add(row);
        rows++;
      }
    }
    if (rows == 0) {
      throw DataException.in(
          file,
          "no row is complete: %d lack a number; check the columns, --from and --to"
              .formatted(incomplete));
    }
    List<Period> periods = byPeriod.values().stream()
        .map(members -> new Period(
            times.get(members.get(0)),
            Arrays.stream(columns).map(column -> picked(column, members)).toArray(double[][]::new),
            picked(y, members)))
        .toList();
    return new Content(periods, rows, incomplete);
  }

  private static double[] picked(double[] column, List<Integer> rows) {
    return rows.stream().mapToDouble(row -> column[row]).toArray();
  }
}

package alphadistill.data.source;

import alphadistill.data.DataException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A small table of text with a header, such as a list of members; plain or gzip, comma between columns. For prices use
 * {@link PriceReader}, which is made for millions of rows.
 *
 * @param file where it was read from, for messages
 * @param rows the wanted columns of each line, in file order
 */
public record TextTable(Path file, List<Row> rows) {

  /** One line: its number in the file, the first being 1, and its fields in the order asked for. */
  public record Row(Path file, long line, List<String> columns, List<String> fields) {
    public String text(int index) {
      return fields.get(index);
    }

    /** @throws DataException if the field is empty */
    public String name(int index) {
      if (fields.get(index).isEmpty()) {
        throw fault(
            "column '%s' is empty; fill it or remove the line".formatted(columns.get(index)));
      }
      return fields.get(index);
    }

    /** @throws DataException if the field is no whole number */
    public int number(int index) {
      try {
        return Integer.parseInt(fields.get(index));
      } catch (NumberFormatException e) {
        throw fault("column '%s' holds '%s', which is no whole number"
            .formatted(columns.get(index), fields.get(index)));
      }
    }

    /**
     * The field as a number; NaN when it is empty or says that it is missing.
     *
     * @throws DataException if the field is no finite number
     */
    public double decimal(int index) {
      String text = fields.get(index);
      double value;
      try {
        value = Decimals.parseSlowly(text);
      } catch (NumberFormatException e) {
        throw fault(
            "column '%s' holds '%s', which is no number; write decimals such as 12.34 or 1.2e6, nothing or NA for missing"
                .formatted(columns.get(index), text));
      }
      if (Double.isInfinite(value)) {
        throw fault("column '%s' holds '%s'; correct it, or leave it empty for missing"
            .formatted(columns.get(index), text));
      }
      return value;
    }

    /** @throws DataException if the field is no date such as 2014-01-31 */
    public LocalDate date(int index) {
      DayFormat format = DayFormat.of("yyyy-MM-dd");
      try {
        return LocalDate.ofEpochDay(format.epochDay(fields.get(index)));
      } catch (DateTimeException e) {
        throw fault(
            "column '%s': %s".formatted(columns.get(index), format.explain(fields.get(index))));
      }
    }

    /** A fault of this line. */
    public DataException fault(String text) {
      return DataException.at(file, line, text);
    }
  }

  public TextTable {
    rows = List.copyOf(rows);
  }

  /**
   * Names of the columns.
   *
   * @throws DataException if the file cannot be read
   */
  public static List<String> header(Path file) {
    return lines(file).header();
  }

  /** @throws DataException if the file cannot be read, lacks a column or a field, or has no row */
  public static TextTable read(Path file, List<String> columns) {
    List<Row> rows = new ArrayList<>();
    lines(file)
        .read(columns, (row, line, fields) -> rows.add(new Row(file, line, columns, fields)));
    return new TextTable(file, rows);
  }

  private static TextLines lines(Path file) {
    return new TextLines(file, header -> ',');
  }
}

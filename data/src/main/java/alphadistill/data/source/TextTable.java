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
    return TextHeader.split(TextFile.lines(file).get(0), ',');
  }

  /** @throws DataException if the file cannot be read, lacks a column or a field, or has no row */
  public static TextTable read(Path file, List<String> columns) {
    List<String> lines = TextFile.lines(file);
    List<String> header = TextHeader.split(lines.get(0), ',');
    int[] index = columns.stream()
        .mapToInt(column -> {
          int found = TextHeader.indexOf(header, column);
          if (found < 0) {
            throw DataException.at(file, 1, TextHeader.missingColumn(column, header));
          }
          return found;
        })
        .toArray();
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      List<String> fields = TextHeader.split(lines.get(i), ',');
      if (fields.size() != header.size()) {
        throw DataException.at(
            file,
            i + 1,
            "has %d fields, the header has %d; correct the line"
                .formatted(fields.size(), header.size()));
      }
      List<String> wanted = new ArrayList<>();
      for (int column : index) {
        wanted.add(fields.get(column));
      }
      rows.add(new Row(file, i + 1, columns, wanted));
    }
    if (rows.isEmpty()) {
      throw DataException.in(file, "has a header but no row; it may not have been copied fully");
    }
    return new TextTable(file, rows);
  }
}

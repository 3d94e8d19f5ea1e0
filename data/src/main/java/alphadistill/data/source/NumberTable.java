package alphadistill.data.source;

import alphadistill.data.DataException;
import alphadistill.data.duckdb.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Any table in full double precision: named columns of text, such as a firm or a month, and of numbers. Read from CSV,
 * plain or gzip, with comma, semicolon, tab or bar between the columns, or from Parquet. Rows keep the order of the file.
 * For prices use {@link PriceReader}, which checks what prices must obey.
 *
 * <pre>{@code
 * NumberTable table = NumberTable.read(file, List.of("firm", "year"), List.of("invest", "value"));
 * double[] invest = table.numbers("invest");
 * }</pre>
 */
public final class NumberTable {
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

  private final Path file;
  private final Map<String, Column> columns;
  private final int rows;
  private final int[] lines; // of a text file, by row; null for Parquet

  private NumberTable(Path file, Map<String, Column> columns, int rows, int[] lines) {
    this.file = file;
    this.columns = columns;
    this.rows = rows;
    this.lines = lines;
  }

  /** A column while it is read; holds text or numbers. */
  private static final class Column {
    private final String name;
    private String[] texts;
    private double[] numbers;

    Column(String name, boolean text) {
      this.name = name;
      if (text) {
        texts = new String[64];
      } else {
        numbers = new double[64];
      }
    }

    void growTo(int capacity) {
      if (texts != null && texts.length < capacity) {
        texts = Arrays.copyOf(texts, 2 * capacity);
      } else if (numbers != null && numbers.length < capacity) {
        numbers = Arrays.copyOf(numbers, 2 * capacity);
      }
    }
  }

  /**
   * Names of the columns, in file order.
   *
   * @throws DataException if the file cannot be read
   */
  public static List<String> columns(Path file) {
    if (TextFile.kind(file) == TextFile.Kind.PARQUET) {
      ParquetRows.requireFooter(file);
      try (EmbeddedDatabase database = EmbeddedDatabase.open(1)) {
        return parquetColumns(database, file);
      } catch (SQLException e) {
        throw ParquetRows.unreadable(file, e);
      }
    }
    return lines(file).header();
  }

  /**
   * Reads some columns; a name that differs in case only is accepted.
   *
   * @param texts columns of names, none of which may be empty in a row
   * @param numbers columns of numbers; nothing, NA, NaN, null, a dash or a point mean missing, which is NaN
   * @throws DataException if the file cannot be read, lacks a column, has no row, or a field is not what it should be
   */
  public static NumberTable read(Path file, List<String> texts, List<String> numbers) {
    return TextFile.kind(file) == TextFile.Kind.PARQUET
        ? parquet(file, texts, numbers)
        : text(file, texts, numbers);
  }

  public Path file() {
    return file;
  }

  public int rows() {
    return rows;
  }

  /** A column of text. */
  public List<String> texts(String column) {
    return Arrays.asList(columns.get(column).texts).subList(0, rows);
  }

  /** A column of numbers, NaN = missing; a copy. */
  public double[] numbers(String column) {
    return Arrays.copyOf(columns.get(column).numbers, rows);
  }

  /** A fault of one row, with its line. */
  public DataException fault(int row, String text) {
    return lines == null
        ? DataException.in(file, "row %d: %s".formatted(row + 1, text))
        : DataException.at(file, lines[row], text);
  }

  private static Map<String, Column> wanted(List<String> texts, List<String> numbers) {
    Map<String, Column> columns = new LinkedHashMap<>();
    texts.forEach(name -> columns.put(name, new Column(name, true)));
    for (String name : numbers) {
      if (columns.putIfAbsent(name, new Column(name, false)) != null) {
        throw new IllegalArgumentException("column '%s' is asked for twice".formatted(name));
      }
    }
    return columns;
  }

  private static NumberTable text(Path file, List<String> texts, List<String> numbers) {
    Map<String, Column> columns = wanted(texts, numbers);
    Map<String, String> known = new HashMap<>(); // one object for each name, however many rows
    IntStream.Builder lines = IntStream.builder();
    lines(file).read(List.copyOf(columns.keySet()), (row, line, fields) -> {
      lines.add(line);
      int at = 0;
      for (Column column : columns.values()) {
        column.growTo(row + 1);
        put(file, line, column, row, fields.get(at++), known);
      }
    });
    int[] lineOfRow = lines.build().toArray();
    return new NumberTable(file, columns, lineOfRow.length, lineOfRow);
  }

  private static TextLines lines(Path file) {
    return new TextLines(file, NumberTable::delimiter);
  }

  private static void put(
      Path file, int line, Column column, int row, String field, Map<String, String> known) {
    if (column.texts != null) {
      if (field.isEmpty()) {
        throw DataException.at(
            file, line, "column '%s' is empty; fill it or remove the line".formatted(column.name));
      }
      column.texts[row] = known.computeIfAbsent(field, text -> text);
      return;
    }
    try {
      column.numbers[row] = Decimals.parseSlowly(field);
    } catch (NumberFormatException e) {
      throw DataException.at(
          file,
          line,
          "column '%s' holds '%s', which is no number; write decimals such as 12.34 or 1.2e6, nothing or NA for missing"
              .formatted(column.name, field));
    }
    if (Double.isInfinite(column.numbers[row])) {
      throw DataException.at(
          file,
          line,
          "column '%s' is infinite; leave it empty or correct it".formatted(column.name));
    }
  }

  /** The one of the usual delimiters that cuts the header into most columns; a comma if none does. */
  private static char delimiter(String header) {
    char best = ',';
    int most = 1;
    for (char delimiter : DELIMITERS) {
      int columns = TextHeader.split(header, delimiter).size();
      if (columns > most) {
        most = columns;
        best = delimiter;
      }
    }
    return best;
  }

  private static NumberTable parquet(Path file, List<String> texts, List<String> numbers) {
    ParquetRows.requireFooter(file);
    Map<String, Column> columns = wanted(texts, numbers);
    Map<String, String> known = new HashMap<>();
    try (EmbeddedDatabase database = EmbeddedDatabase.open(1)) {
      List<String> names = parquetColumns(database, file);
      String selected = Stream.concat(
              texts.stream().map(name -> cast(names, file, name, "VARCHAR")),
              numbers.stream().map(name -> cast(names, file, name, "DOUBLE")))
          .collect(Collectors.joining(", "));
      int rows = 0;
      try (Statement statement = database.connection().createStatement();
          ResultSet result = statement.executeQuery("SELECT %s FROM %s"
              .formatted(selected, EmbeddedDatabase.parquet(file.toAbsolutePath())))) {
        while (result.next()) {
          int at = 1;
          for (Column column : columns.values()) {
            column.growTo(rows + 1);
            putParquet(file, result, at++, column, rows, known);
          }
          rows++;
        }
      }
      if (rows == 0) {
        throw DataException.in(file, "has no row");
      }
      return new NumberTable(file, columns, rows, null);
    } catch (SQLException e) {
      throw ParquetRows.unreadable(file, e);
    }
  }

  private static void putParquet(
      Path file, ResultSet result, int at, Column column, int row, Map<String, String> known)
      throws SQLException {
    if (column.texts != null) {
      String text = result.getString(at);
      if (text == null || text.isEmpty()) {
        throw DataException.in(
            file,
            "row %d: column '%s' is empty; fill it or remove the row"
                .formatted(row + 1, column.name));
      }
      column.texts[row] = known.computeIfAbsent(text, same -> same);
      return;
    }
    double value = result.getDouble(at);
    column.numbers[row] = result.wasNull() ? Double.NaN : value;
    if (Double.isInfinite(column.numbers[row])) {
      throw DataException.in(
          file, "row %d: column '%s' is infinite; correct it".formatted(row + 1, column.name));
    }
  }

  private static String cast(List<String> names, Path file, String wanted, String type) {
    int index = TextHeader.indexOf(names, wanted);
    if (index < 0) {
      throw DataException.in(file, TextHeader.missingColumn(wanted, names));
    }
    return "CAST(%s AS %s)".formatted(EmbeddedDatabase.name(names.get(index)), type);
  }

  private static List<String> parquetColumns(EmbeddedDatabase database, Path file)
      throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = database.connection().createStatement();
        ResultSet result = statement.executeQuery(
            "DESCRIBE SELECT * FROM " + EmbeddedDatabase.parquet(file.toAbsolutePath()))) {
      while (result.next()) {
        names.add(result.getString(1));
      }
    }
    return names;
  }
}

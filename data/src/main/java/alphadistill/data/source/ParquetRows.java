package alphadistill.data.source;

import alphadistill.data.DataException;
import alphadistill.data.duckdb.EmbeddedDatabase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/**
 * Reads a long table from Parquet through the embedded database. Names become codes inside the database (an enum of
 * the distinct ones), so that no string is made for each row; rows arrive in chunks of columns.
 */
final class ParquetRows {
  private static final int THREADS = 2;

  private final Path file;
  private final ColumnMapping mapping;
  private final Selection selection;
  private final EmbeddedDatabase database;
  private final String source;
  private final Map<String, String> types = new LinkedHashMap<>();

  private ParquetRows(
      Path file, ColumnMapping mapping, Selection selection, EmbeddedDatabase database) {
    this.file = file;
    this.mapping = mapping;
    this.selection = selection;
    this.database = database;
    source = EmbeddedDatabase.parquet(file.toAbsolutePath());
  }

  static LongRows read(Path file, ColumnMapping mapping, Selection selection) {
    requireFooter(file);
    try (EmbeddedDatabase database = EmbeddedDatabase.open(THREADS)) {
      return new ParquetRows(file, mapping, selection, database).read();
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  /** One line for what the database says. */
  static DataException unreadable(Path file, SQLException cause) {
    return DataException.in(
        file,
        "cannot be read as Parquet (%s); write it again".formatted(EmbeddedDatabase.reason(cause)),
        cause);
  }

  private LongRows read() throws SQLException {
    for (List<String> column : query("DESCRIBE SELECT * FROM " + source)) {
      types.put(column.get(0), column.get(1));
    }
    String date = column(mapping.date());
    String asset = column(mapping.asset());
    List<String> numbers =
        mapping.columns().values().stream().map(this::column).distinct().toList();
    int[] fieldColumn = mapping.columns().values().stream()
        .mapToInt(column -> numbers.indexOf(column(column)))
        .toArray();

    List<String> names = codes("asset_name", asset);
    DayColumn days = dayColumn(date);
    String values = numbers.stream()
        .map(column -> ", CAST(%s AS FLOAT)".formatted(EmbeddedDatabase.name(column)))
        .collect(Collectors.joining());
    String sql =
        "SELECT %s, CAST(enum_code(CAST(CAST(%s AS VARCHAR) AS asset_name)) AS INTEGER)%s FROM %s"
            .formatted(days.sql, EmbeddedDatabase.name(asset), values, source);
    Collector collector = new Collector(names, days, numbers.size());
    try (DuckDBPreparedStatement statement = database.prepare(sql);
        DuckDBChunkedResult result = statement.query()) {
      while (result.nextChunk()) {
        collector.add(result.chunk());
      }
    } catch (SQLException e) {
      explainFailure(sql);
      throw e;
    }
    requireWhole(collector.rowsSeen, sql);
    return new LongRows(
        collector.blocks, fieldColumn, new LongRows.DaySpan(collector.first, collector.last));
  }

  /** The stream of chunks ends without a word when a later page is damaged, so the rows are counted. */
  private void requireWhole(long rowsSeen, String sql) throws SQLException {
    long rows = Long.parseLong(query("SELECT count(*) FROM " + source).get(0).get(0));
    if (rowsSeen != rows) {
      explainFailure(sql);
      throw DataException.in(
          file, "only %d of its %d rows can be read; write it again".formatted(rowsSeen, rows));
    }
  }

  /** Runs a failed query once more in the way that reports why; the stream only says that there is no result. */
  private void explainFailure(String sql) throws SQLException {
    database.run("CREATE TEMP TABLE attempt AS SELECT max(COLUMNS(*)) FROM (%s)".formatted(sql));
  }

  /** Rows of chunks as blocks, those that are wanted. */
  private final class Collector {
    private final List<RowBlock> blocks = new ArrayList<>();
    private final List<String> names;
    private final boolean[] wanted;
    private final DayColumn days;
    private final int columns;
    private final int firstWanted = selection.firstDay();
    private final int lastWanted = selection.lastDay();
    private int first = Integer.MAX_VALUE;
    private int last = Integer.MIN_VALUE;
    private long rowsSeen;

    Collector(List<String> names, DayColumn days, int columns) {
      this.names = names;
      this.days = days;
      this.columns = columns;
      wanted = new boolean[names.size()];
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] = selection.wants(names.get(i));
      }
    }

    void add(DuckDBDataChunkReader chunk) {
      int size = (int) chunk.rowCount();
      DuckDBReadableVector dayVector = chunk.vector(0);
      DuckDBReadableVector assetVector = chunk.vector(1);
      int[] day = new int[size];
      int[] asset = new int[size];
      int[] row = new int[size];
      int rows = 0;
      for (int i = 0; i < size; i++) {
        if (dayVector.isNull(i) || assetVector.isNull(i)) {
          throw DataException.in(
              file,
              "row %d has no %s; complete or remove it"
                  .formatted(
                      rowsSeen + i + 1, dayVector.isNull(i) ? mapping.date() : mapping.asset()));
        }
        int epochDay = days.epochDay(dayVector.getInt(i));
        int name = assetVector.getInt(i);
        first = Math.min(first, epochDay);
        last = Math.max(last, epochDay);
        day[rows] = epochDay;
        asset[rows] = name;
        row[rows] = i;
        if (wanted[name] && epochDay >= firstWanted && epochDay <= lastWanted) {
          rows++;
        }
      }
      float[][] values = new float[columns][rows];
      for (int column = 0; column < columns; column++) {
        DuckDBReadableVector vector = chunk.vector(2L + column);
        for (int i = 0; i < rows; i++) {
          values[column][i] = vector.getFloat(row[i], Float.NaN);
        }
      }
      rowsSeen += size;
      if (rows > 0) {
        blocks.add(new RowBlock(rows, day, asset, new int[0], values, names, 0));
      }
    }
  }

  /** How dates come out of the database: days since 1970, or codes of texts that are read by the mapping's form. */
  private record DayColumn(String sql, int[] dayOfCode) {
    int epochDay(int value) {
      return dayOfCode.length == 0 ? value : dayOfCode[value];
    }
  }

  private DayColumn dayColumn(String column) throws SQLException {
    String name = EmbeddedDatabase.name(column);
    String type = types.get(column);
    if (type.equals("DATE") || type.startsWith("TIMESTAMP")) {
      return new DayColumn(
          "CAST(CAST(%s AS DATE) - DATE '1970-01-01' AS INTEGER)".formatted(name), new int[0]);
    }
    DayFormat format = DayFormat.of(mapping.datePattern());
    List<String> texts = codes("day_text", column);
    int[] days = new int[texts.size()];
    for (int i = 0; i < days.length; i++) {
      try {
        days[i] = format.epochDay(texts.get(i));
      } catch (DateTimeException e) {
        throw DataException.in(
            file, "column '%s': %s".formatted(column, format.explain(texts.get(i))));
      }
    }
    return new DayColumn(
        "CAST(enum_code(CAST(CAST(%s AS VARCHAR) AS day_text)) AS INTEGER)".formatted(name), days);
  }

  /** Makes an enum of a column's distinct texts, sorted, and returns them by code. */
  private List<String> codes(String type, String column) throws SQLException {
    String name = EmbeddedDatabase.name(column);
    List<String> texts = query(
            "SELECT DISTINCT CAST(%1$s AS VARCHAR) FROM %2$s WHERE %1$s IS NOT NULL ORDER BY 1"
                .formatted(name, source))
        .stream()
        .map(row -> row.get(0))
        .filter(Objects::nonNull) // a damaged file may claim to have none
        .toList();
    if (texts.isEmpty()) {
      throw DataException.in(
          file, "column '%s' has no value; the table is empty".formatted(column));
    }
    String list = texts.stream().map(EmbeddedDatabase::text).collect(Collectors.joining(","));
    database.run("CREATE TYPE %s AS ENUM (%s)".formatted(type, list));
    return texts;
  }

  private String column(String wanted) {
    List<String> names = List.copyOf(types.keySet());
    int index = TextHeader.indexOf(names, wanted);
    if (index < 0) {
      throw DataException.in(file, TextHeader.missingColumn(wanted, names));
    }
    return names.get(index);
  }

  private List<List<String>> query(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = database.connection().createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** A Parquet file begins and ends with the same four letters; a copy that broke off lacks the second. */
  static void requireFooter(Path file) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] end = new byte[4];
      in.seek(Math.max(0, in.length() - end.length));
      in.readFully(end);
      if (in.length() < 12 || !new String(end, StandardCharsets.ISO_8859_1).equals("PAR1")) {
        throw DataException.in(
            file,
            "is a truncated Parquet file (%d bytes, no footer); copy it again"
                .formatted(in.length()));
      }
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    }
  }
}

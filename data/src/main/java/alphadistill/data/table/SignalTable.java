package alphadistill.data.table;

import alphadistill.data.DataException;
import alphadistill.data.duckdb.EmbeddedDatabase;
import alphadistill.data.panel.Panel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/**
 * Writes the scores of several models and seeds as one long Parquet table: {@code date} DATE, {@code asset} VARCHAR,
 * {@code model} VARCHAR, {@code seed} BIGINT, then one FLOAT column for each field, null where a model has no such field
 * or no value. Rows stand by model and seed in the order given, then by date, then in the panel's order of assets.
 *
 * <p>The same series give the same bytes. The file is there whole or not at all.
 *
 * <pre>{@code
 * SignalTable.parquet(List.of(new SignalTable.Series("ridge", 0, () -> scores)), List.of("score"), file);
 * }</pre>
 */
public final class SignalTable {
  private SignalTable() {}

  /**
   * The scores of one model and seed.
   *
   * @param model name
   * @param seed of the model; 0 for models without randomness
   * @param scores made when its turn comes, so that one panel at a time is in memory
   */
  public record Series(String model, long seed, Supplier<Panel> scores) {}

  /**
   * @param series of different (model, seed), at least one
   * @param fields columns of the table; the first decides whether a cell is a row
   * @throws DataException if the file cannot be written
   */
  public static void parquet(List<Series> series, List<String> fields, Path file) {
    long different =
        series.stream().map(s -> s.model() + "/" + s.seed()).distinct().count();
    if (series.isEmpty() || fields.isEmpty() || different != series.size()) {
      throw new IllegalArgumentException(
          "a table of signals needs a field and series of different model and seed, had %s and %s"
              .formatted(fields, series));
    }
    AtomicFile.write(file, temporary -> {
      Map<String, Integer> assets = new LinkedHashMap<>();
      try (EmbeddedDatabase database = EmbeddedDatabase.open(1)) {
        database.run("CREATE TABLE signals (series INTEGER, day DATE, asset INTEGER%s)"
            .formatted(fields.stream()
                .map(field -> ", %s FLOAT".formatted(EmbeddedDatabase.name(field)))
                .collect(Collectors.joining())));
        try (DuckDBAppender appender = database.connection().createAppender("signals")) {
          for (int i = 0; i < series.size(); i++) {
            append(appender, i, series.get(i).scores().get(), fields, assets);
          }
        }
        copy(database, series, assets, fields, temporary);
      }
    });
  }

  /** Rows hold numbers for series and asset, which keeps millions of them small. */
  private static void append(
      DuckDBAppender appender,
      int series,
      Panel panel,
      List<String> fields,
      Map<String, Integer> assets)
      throws SQLException {
    int[] columns = fields.stream()
        .mapToInt(field -> panel.hasField(field) ? panel.fieldIndex(field) : -1)
        .toArray();
    int[] number = panel.assets().stream()
        .mapToInt(name -> assets.computeIfAbsent(name, n -> assets.size()))
        .toArray();
    for (int day = 0; day < panel.days(); day++) {
      for (int asset = 0; asset < number.length; asset++) {
        if (Float.isNaN(value(panel, columns[0], day, asset))) {
          continue;
        }
        appender.beginRow();
        appender.append(series);
        appender.append(panel.dates().get(day));
        appender.append(number[asset]);
        for (int column : columns) {
          float value = value(panel, column, day, asset);
          if (Float.isNaN(value)) {
            appender.appendNull();
          } else {
            appender.append(value);
          }
        }
        appender.endRow();
      }
    }
  }

  private static float value(Panel panel, int column, int day, int asset) {
    return column < 0 ? Float.NaN : panel.value(column, day, asset);
  }

  /** One thread keeps the rows in the order they were appended in. */
  private static void copy(
      EmbeddedDatabase database,
      List<Series> series,
      Map<String, Integer> assets,
      List<String> fields,
      Path file)
      throws SQLException {
    database.run("""
        COPY (SELECT day AS "date", ([%s])[asset + 1] AS asset, ([%s])[series + 1] AS model,
            ([%s])[series + 1] AS seed%s FROM signals)
        TO %s (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)""".formatted(
            list(assets.keySet(), EmbeddedDatabase::text),
            list(series, s -> EmbeddedDatabase.text(s.model())),
            list(series, s -> s.seed() + "::BIGINT"),
            fields.stream()
                .map(field -> ", " + EmbeddedDatabase.name(field))
                .collect(Collectors.joining()),
            EmbeddedDatabase.text(file.toString())));
  }

  private static <T> String list(Collection<T> values, Function<T, String> literal) {
    return values.stream().map(literal).collect(Collectors.joining(", "));
  }
}

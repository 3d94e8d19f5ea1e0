package alphadistill.data.table;

import alphadistill.data.DataException;
import alphadistill.data.duckdb.EmbeddedDatabase;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.duckdb.DuckDBAppender;

/**
 * Writes panels as long tables: {@code date, asset} and a column for each field, one row for each date and asset that
 * has any value, by date and then in the panel's order of assets. A missing value is an empty field or a null.
 *
 * <p>The same panel gives the same bytes. The file is there whole or not at all. Read it back with
 * {@link alphadistill.data.source.PanelReader} or, for scores, {@link ScoreReader}.
 */
public final class PanelWriter {
  private PanelWriter() {}

  /**
   * Writes CSV, packed when the name ends in {@code .gz}. Numbers have as many places as tell the floats apart.
   *
   * @throws DataException if the file cannot be written or a value is infinite
   */
  public static void csv(Panel panel, Path file) {
    requireFinite(panel, file);
    AtomicFile.write(file, temporary -> {
      OutputStream raw = Files.newOutputStream(temporary);
      try (OutputStream out =
              file.toString().endsWith(".gz") ? new GZIPOutputStream(raw, 1 << 16) : raw;
          Writer text =
              new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16)) {
        writeCsv(panel, text);
      }
    });
  }

  /**
   * Writes Parquet: date as DATE, asset as VARCHAR, the fields as FLOAT, packed with zstd.
   *
   * @throws DataException if the file cannot be written or a value is infinite
   */
  public static void parquet(Panel panel, Path file) {
    parquet(panel, file, "asset");
  }

  /** The same with another name for the column of the assets. */
  public static void parquet(Panel panel, Path file, String assetColumn) {
    requireFinite(panel, file);
    AtomicFile.write(file, temporary -> {
      try (EmbeddedDatabase database = EmbeddedDatabase.open(1)) {
        database.run("CREATE TABLE panel (\"date\" DATE, %s VARCHAR%s)"
            .formatted(
                EmbeddedDatabase.name(assetColumn),
                panel.fields().stream()
                    .map(field -> ", %s FLOAT".formatted(EmbeddedDatabase.name(field.name())))
                    .collect(Collectors.joining())));
        try (DuckDBAppender appender = database.connection().createAppender("panel")) {
          append(panel, appender);
        }
        database.run(
            "COPY (SELECT * FROM panel ORDER BY rowid) TO %s (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)"
                .formatted(EmbeddedDatabase.text(temporary.toString())));
      }
    });
  }

  private static void writeCsv(Panel panel, Writer out) throws IOException {
    StringBuilder line = new StringBuilder("date,asset");
    for (FieldSpec field : panel.fields()) {
      line.append(',').append(quoted(field.name()));
    }
    out.append(line).append('\n');
    String[] names = panel.assets().stream().map(PanelWriter::quoted).toArray(String[]::new);
    for (int day = 0; day < panel.days(); day++) {
      String date = panel.dates().get(day) + ",";
      for (int asset = 0; asset < names.length; asset++) {
        if (!LongForm.isRow(panel, day, asset)) {
          continue;
        }
        line.setLength(0);
        line.append(date).append(names[asset]);
        for (int field = 0; field < panel.fields().size(); field++) {
          float value = panel.value(field, day, asset);
          line.append(',');
          if (!Float.isNaN(value)) {
            FloatText.append(line, value);
          }
        }
        out.append(line).append('\n');
      }
    }
  }

  private static void append(Panel panel, DuckDBAppender appender) throws SQLException {
    int fields = panel.fields().size();
    for (int day = 0; day < panel.days(); day++) {
      LocalDate date = panel.dates().get(day);
      for (int asset = 0; asset < panel.assetCount(); asset++) {
        if (!LongForm.isRow(panel, day, asset)) {
          continue;
        }
        appender.beginRow();
        appender.append(date);
        appender.append(panel.assets().get(asset));
        for (int field = 0; field < fields; field++) {
          float value = panel.value(field, day, asset);
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

  /** Readers refuse infinite numbers, so a file with one would be of no use. */
  private static void requireFinite(Panel panel, Path file) {
    for (int field = 0; field < panel.fields().size(); field++) {
      for (int day = 0; day < panel.days(); day++) {
        for (int asset = 0; asset < panel.assetCount(); asset++) {
          if (Float.isInfinite(panel.value(field, day, asset))) {
            throw DataException.in(
                file,
                "not written: %s of %s on %s is infinite"
                    .formatted(
                        panel.fields().get(field).name(),
                        panel.assets().get(asset),
                        panel.dates().get(day)));
          }
        }
      }
    }
  }

  private static String quoted(String name) {
    if (name.indexOf('"') >= 0 || name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
      throw new DataException(
          "the name '%s' holds a quote or a line end; rename it".formatted(name));
    }
    return name.indexOf(',') >= 0 ? '"' + name + '"' : name;
  }
}

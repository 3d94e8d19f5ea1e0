package alphadistill.data.source;

import alphadistill.data.duckdb.EmbeddedDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Small files for reader tests. */
final class PriceFiles {
  static final String HEADER = "date,symbol,open,high,low,close,volume\n";
  static final String THREE_ROWS = HEADER
      + "2014-01-02,B,10,11,9,10.5,1000\n"
      + "2014-01-02,A,1.5,1.75,1.25,1.5,20\n"
      + "2014-01-03,A,1.5,1.625,1.5,1.625,30\n";

  private PriceFiles() {}

  static Path text(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  static Path gzip(Path folder, String name, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return Files.write(folder.resolve(name), bytes.toByteArray());
  }

  /** A Parquet file of a query such as {@code SELECT DATE '2014-01-02' AS date, ...}. */
  static Path parquet(Path folder, String name, String query) throws SQLException {
    Path file = folder.resolve(name);
    try (EmbeddedDatabase database = EmbeddedDatabase.open(1)) {
      database.run("COPY (%s) TO %s (FORMAT parquet)"
          .formatted(query, EmbeddedDatabase.text(file.toString())));
    }
    return file;
  }

  static Path cut(Path file, String name, long bytes) throws IOException {
    byte[] all = Files.readAllBytes(file);
    return Files.write(file.resolveSibling(name), Arrays.copyOf(all, (int) bytes));
  }

  static PriceTable read(Path file) {
    return new PriceReader(ColumnMapping.standard(), ReadPolicy.standard())
        .read(file, Selection.all());
  }
}

package alphadistill.data.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** One of the small tables of {@code data/reference}, text by row and column name. */
public final class ReferenceTable {
  private final List<String> header;
  private final List<String[]> rows;

  private ReferenceTable(List<String> header, List<String[]> rows) {
    this.header = header;
    this.rows = rows;
  }

  /** The table a golden case names, cut to its first and last date where it has them. */
  public static ReferenceTable of(JsonNode goldenCase) {
    JsonNode data = goldenCase.get("data");
    ReferenceTable table = read(data.get("file").asText());
    if (!data.has("first")) {
      return table;
    }
    String first = data.get("first").asText();
    String last = data.get("last").asText();
    List<String[]> kept = table.rows.stream()
        .filter(row -> row[0].compareTo(first) >= 0 && row[0].compareTo(last) <= 0)
        .toList();
    if (kept.size() != data.get("observations").asInt()) {
      throw new AssertionError("%s: %d rows from %s to %s, the case says %s"
          .formatted(data.get("file"), kept.size(), first, last, data.get("observations")));
    }
    return new ReferenceTable(table.header, kept);
  }

  private static ReferenceTable read(String file) {
    var path = SharedFolder.require("data/reference/" + file);
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(
        new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
      List<String[]> rows =
          new ArrayList<>(reader.lines().map(line -> line.split(",")).toList());
      return new ReferenceTable(List.of(rows.remove(0)), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Number of rows. */
  public int size() {
    return rows.size();
  }

  /** A column as it is written. */
  public List<String> text(String column) {
    int index = index(column);
    return rows.stream().map(row -> row[index]).toList();
  }

  /** A column of numbers. */
  public double[] column(String name) {
    int index = index(name);
    return rows.stream().mapToDouble(row -> Double.parseDouble(row[index])).toArray();
  }

  /** A portfolio's return minus the risk-free return. */
  public double[] excess(String portfolio) {
    double[] excess = column(portfolio);
    double[] riskFree = column("RF");
    for (int row = 0; row < excess.length; row++) {
      excess[row] -= riskFree[row];
    }
    return excess;
  }

  /** The rows whose column has a wanted value. */
  public ReferenceTable where(String column, Predicate<String> wanted) {
    int index = index(column);
    return new ReferenceTable(
        header, rows.stream().filter(row -> wanted.test(row[index])).toList());
  }

  /** The last rows. */
  public ReferenceTable lastRows(int count) {
    return new ReferenceTable(header, rows.subList(rows.size() - count, rows.size()));
  }

  private int index(String column) {
    int index = header.indexOf(column);
    if (index < 0) {
      throw new AssertionError("no column %s in %s".formatted(column, header));
    }
    return index;
  }
}

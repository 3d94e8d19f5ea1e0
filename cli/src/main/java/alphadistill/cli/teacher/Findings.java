package alphadistill.cli.teacher;

import alphadistill.cli.compare.ComparisonJson;
import alphadistill.data.table.AtomicFile;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What an estimator found: lines for people, rounded, and the same figures in JSON with every digit. A missing number is
 * a dash in one and null in the other.
 */
public final class Findings {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final StringBuilder text = new StringBuilder();
  private final ObjectNode json = JSON.createObjectNode();

  /** Adds a line. */
  public Findings say(String form, Object... values) {
    text.append(String.format(Locale.ROOT, form, values)).append('\n');
    return this;
  }

  /** Adds a heading or row: a name and columns 12 wide, six significant digits. */
  public Findings row(String name, Object... cells) {
    text.append(String.format(Locale.ROOT, "%-20s", name));
    for (Object cell : cells) {
      text.append(String.format(
          Locale.ROOT, " %12s", cell instanceof Double number ? rounded(number) : cell));
    }
    text.append('\n');
    return this;
  }

  private static String rounded(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    double size = Math.abs(value);
    String form = size != 0 && (size < 1e-4 || size >= 1e6) ? "%.4e" : "%.6f";
    return String.format(Locale.ROOT, form, value);
  }

  public String text() {
    return text.toString();
  }

  public ObjectNode json() {
    return json;
  }

  /** A number of an object, null when it is not finite. */
  static void put(ObjectNode node, String name, double value) {
    ComparisonJson.put(node, name, value);
  }

  /** Numbers by name. */
  static void put(ObjectNode node, String name, List<String> names, double[] values) {
    ObjectNode inside = node.putObject(name);
    for (int i = 0; i < values.length; i++) {
      put(inside, names.get(i), values[i]);
    }
  }

  /** A list of numbers. */
  static void put(ObjectNode node, String name, double[] values) {
    fill(node.putArray(name), values);
  }

  /** A matrix, row by row. */
  static void put(ObjectNode node, String name, double[][] rows) {
    ArrayNode array = node.putArray(name);
    for (double[] row : rows) {
      fill(array.addArray(), row);
    }
  }

  static void put(ObjectNode node, String name, List<?> texts) {
    ArrayNode array = node.putArray(name);
    texts.forEach(text -> array.add(text.toString()));
  }

  private static void fill(ArrayNode array, double[] values) {
    for (double value : values) {
      if (Double.isFinite(value)) {
        array.add(value);
      } else {
        array.addNull();
      }
    }
  }

  /** @throws alphadistill.data.DataException if the file cannot be written; what stood there before stays */
  public void writeJson(Path file) {
    AtomicFile.writeText(file, json.toPrettyString() + "\n");
  }
}

package alphadistill.backtest;

import static alphadistill.data.testing.GoldenCases.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Reads arrays of golden cases and compares arrays with them. */
final class GoldenInputs {
  private static final String REFERENCE = "as in ";

  private GoldenInputs() {}

  /** The case with every input that says "as in OTHER" replaced by that case's input of the same name. */
  static JsonNode resolved(JsonNode golden, List<JsonNode> cases) {
    ObjectNode copy = golden.deepCopy();
    if (copy.get("inputs") instanceof ObjectNode inputs) {
      for (Map.Entry<String, JsonNode> input : List.copyOf(inputs.properties())) {
        String text = input.getValue().asText();
        if (text.startsWith(REFERENCE)) {
          String id = text.substring(REFERENCE.length());
          JsonNode other = cases.stream()
              .filter(c -> c.get("id").asText().equals(id))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no case " + id));
          inputs.set(input.getKey(), resolved(other, cases).get("inputs").get(input.getKey()));
        }
      }
    }
    return copy;
  }

  /** Numbers of an array; null is NaN. */
  static double[] row(JsonNode array) {
    double[] row = new double[array.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = array.get(i).isNull() ? Double.NaN : array.get(i).asDouble();
    }
    return row;
  }

  static double[][] rows(JsonNode arrays) {
    double[][] rows = new double[arrays.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(arrays.get(i));
    }
    return rows;
  }

  static void checkRow(JsonNode golden, String what, double[] actual, JsonNode expected) {
    if (actual.length != expected.size()) {
      throw new AssertionError("%s, %s: %d values, expected %d"
          .formatted(golden.get("id").asText(), what, actual.length, expected.size()));
    }
    for (int i = 0; i < actual.length; i++) {
      check(golden, "%s[%d]".formatted(what, i), actual[i], expected.get(i));
    }
  }

  static void checkRows(JsonNode golden, String what, double[][] actual, JsonNode expected) {
    for (int i = 0; i < expected.size(); i++) {
      checkRow(golden, "%s[%d]".formatted(what, i), actual[i], expected.get(i));
    }
  }
}

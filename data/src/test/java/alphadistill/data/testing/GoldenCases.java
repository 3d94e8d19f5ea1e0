package alphadistill.data.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Cases of a golden JSON file ({@code golden-quant/README.md}): each has {@code id}, {@code estimator} or
 * {@code kind}, {@code data} or {@code inputs}, {@code options}, {@code expected} and {@code tolerance}.
 */
public final class GoldenCases {
  private GoldenCases() {}

  /** All cases of {@code reference/golden-quant/<file>}, in file order. */
  public static List<JsonNode> of(String file) {
    try {
      JsonNode root = new ObjectMapper()
          .readTree(SharedFolder.require("reference/golden-quant/" + file).toFile());
      return StreamSupport.stream(root.get("cases").spliterator(), false).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fails unless {@code |actual - expected| <= abs + rel |expected|} with the case's own tolerance.
   *
   * @param expected a number, {@code null} (missing: NaN) or {@code "inf"}
   */
  public static void check(JsonNode goldenCase, String what, double actual, JsonNode expected) {
    double wanted = expected.isNull()
        ? Double.NaN
        : expected.isTextual()
            ? Double.parseDouble(expected.asText().replace("inf", "Infinity"))
            : expected.asDouble();
    if (Double.isNaN(wanted) ? Double.isNaN(actual) : actual == wanted) {
      return;
    }
    JsonNode tolerance = goldenCase.get("tolerance");
    double allowed =
        tolerance.get("abs").asDouble() + tolerance.get("rel").asDouble() * Math.abs(wanted);
    if (!(Math.abs(actual - wanted) <= allowed)) {
      throw new AssertionError("%s, %s: expected %s, was %s (allowed gap %.3g)"
          .formatted(goldenCase.get("id").asText(), what, wanted, actual, allowed));
    }
  }
}

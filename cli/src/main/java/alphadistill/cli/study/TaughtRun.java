package alphadistill.cli.study;

import alphadistill.student.learn.Variant;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What came of one teacher on one market.
 *
 * @param market name
 * @param teacher word of {@code teacher.type}
 * @param metrics of the run; empty where the teacher cannot be fitted there
 * @param refusal why not; empty otherwise
 */
record TaughtRun(String market, String teacher, Optional<JsonNode> metrics, String refusal) {
  static final String DISTILLED = Variant.DISTILLED.student();
  static final String CLASS_ONLY = Variant.CLASS_ONLY.student();
  static final String UNDISTILLED = Variant.UNDISTILLED.student();

  /** Mean rank IC of a model, averaged over seeds. */
  double rankIc(String model) {
    return rankIcBySeed(model, "mean");
  }

  /** Deviation of the rank IC over seeds. */
  double bySeed(String model) {
    return rankIcBySeed(model, "deviation");
  }

  private double rankIcBySeed(String model, String what) {
    return metrics
        .orElseThrow()
        .at("/models/" + model + "/rankIc/bySeed/" + what)
        .asDouble(Double.NaN);
  }

  /** Rank IC of one model less another's, day by day and seed by seed, with its 95 % interval. */
  JsonNode difference(String model, String against) {
    for (JsonNode pair : metrics.orElseThrow().get("differences")) {
      if (pair.get("model").asText().equals(model)
          && pair.get("against").asText().equals(against)) {
        return pair.get("rankIc");
      }
    }
    throw new IllegalStateException("a run compares every pair of its models");
  }

  /**
   * Share of the gap between the undistilled transformer and its linear teacher that a student closes: below zero where
   * it falls back, above one where it passes the teacher. NaN where the 95 % interval of the gap holds zero: a share of
   * nothing would be any number.
   */
  double gapClosed(String student) {
    JsonNode gap = difference(UNDISTILLED, "teacher");
    return gap.get("high").asDouble() < 0
        ? difference(student, UNDISTILLED).get("mean").asDouble()
            / -gap.get("mean").asDouble()
        : Double.NaN;
  }
}

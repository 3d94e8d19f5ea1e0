package alphadistill.backtest.weight;

import java.util.Arrays;
import java.util.Optional;

/**
 * Target weights through time.
 *
 * <pre>{@code
 * Targets targets = Targets.of(scores, new WeightRule.QuantileLongShort(0.2, 1), 5);   // decided every fifth day
 * }</pre>
 *
 * @param weights {@code [day][asset]} as shares of equity, decided at the close of the day; an empty row on days
 *     without a decision, when positions are left to drift
 */
public record Targets(double[][] weights) {
  private static final double[] NO_DECISION = {};

  /**
   * Applies a rule. The first day with a score decides; after that a decision is due {@code every} days after the
   * last one, and is made on the first day from then on that has a score.
   *
   * @param scores {@code [day][asset]}, NaN = no score
   * @param every trading days between decisions; at least 1
   */
  public static Targets of(double[][] scores, WeightRule rule, int every) {
    if (every < 1) {
      throw new IllegalArgumentException(
          "decisions are at least 1 trading day apart, was " + every);
    }
    double[][] weights = new double[scores.length][];
    Arrays.fill(weights, NO_DECISION);
    double[] previous = new double[scores.length == 0 ? 0 : scores[0].length];
    int due = 0;
    for (int day = 0; day < scores.length; day++) {
      if (day >= due && Arrays.stream(scores[day]).anyMatch(score -> !Double.isNaN(score))) {
        Optional<double[]> target = rule.target(scores[day], previous);
        if (target.isPresent()) {
          weights[day] = target.get();
          previous = target.get();
        }
        due = day + every;
      }
    }
    return new Targets(weights);
  }

  public int days() {
    return weights.length;
  }

  /** Whether a target was decided on the day. */
  public boolean decided(int day) {
    return weights[day].length > 0;
  }
}

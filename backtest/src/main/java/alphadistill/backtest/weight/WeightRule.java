package alphadistill.backtest.weight;

import alphadistill.backtest.metric.Order;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the scores of one date become target weights. A name without a score (NaN) gets weight 0. No rule depends on
 * the order of assets, except where {@link TopKDropout} must choose among equal scores.
 */
public sealed interface WeightRule {

  /**
   * Target weights.
   *
   * @param scores of one date, NaN = no score; at least one is present
   * @param previous the rule's own previous target; all 0 before the first
   * @return one weight for each asset, or empty when the rule leaves everything as it is
   */
  Optional<double[]> target(double[] scores, double[] previous);

  /** One line for tables. */
  String describe();

  /**
   * Long the best and short the worst {@code floor(n * share)} names (at least one each), equal weights, each side
   * half of gross. Names tied at the border share what is left of the side, so that a constant cross-section cancels
   * to no position at all.
   *
   * @param share of the names on each side, in (0, 0.5]
   * @param gross sum of absolute weights, such as 1
   */
  record QuantileLongShort(double share, double gross) implements WeightRule {

    public QuantileLongShort {
      if (!(share > 0 && share <= 0.5)) {
        throw new IllegalArgumentException(
            "share must be in (0, 0.5], was %s: above a half the two sides overlap"
                .formatted(share));
      }
      requireGross(gross);
    }

    @Override
    public Optional<double[]> target(double[] scores, double[] previous) {
      int[] worstFirst = Order.ascending(scores);
      double[] weights = new double[scores.length];
      if (worstFirst.length >= 2) {
        int side = Math.max(1, (int) (worstFirst.length * share + 1e-9)); // 0.29 * 100 is 28.999...
        int[] bestFirst = new int[worstFirst.length]; // ties share, so their order does not matter
        Arrays.setAll(bestFirst, i -> worstFirst[worstFirst.length - 1 - i]);
        addSide(weights, scores, bestFirst, side, gross / 2);
        addSide(weights, scores, worstFirst, side, -gross / 2);
      }
      return Optional.of(weights);
    }

    @Override
    public String describe() {
      return "long the best and short the worst %.0f %%, gross %s".formatted(100 * share, gross);
    }

    private static void addSide(
        double[] weights, double[] scores, int[] order, int side, double total) {
      int from = 0;
      while (from < side) {
        int to = from;
        while (to < order.length && scores[order[to]] == scores[order[from]]) {
          to++;
        }
        double slots = Math.min(side, to) - from;
        for (int i = from; i < to; i++) {
          weights[order[i]] += total * slots / (to - from) / side;
        }
        from = to;
      }
    }
  }

  /**
   * Weights in proportion to the score less the date's mean: net 0. All 0 for a constant cross-section.
   *
   * @param gross sum of absolute weights
   */
  record SignalWeighted(double gross) implements WeightRule {

    public SignalWeighted {
      requireGross(gross);
    }

    @Override
    public Optional<double[]> target(double[] scores, double[] previous) {
      int[] order = Order.ascending(scores);
      double[] weights = new double[scores.length];
      if (order.length >= 2 && scores[order[0]] != scores[order[order.length - 1]]) {
        double mean = Arrays.stream(order).mapToDouble(i -> scores[i]).average().orElseThrow();
        double size =
            Arrays.stream(order).mapToDouble(i -> Math.abs(scores[i] - mean)).sum();
        for (int i : order) {
          weights[i] = gross * (scores[i] - mean) / size;
        }
      }
      return Optional.of(weights);
    }

    @Override
    public String describe() {
      return "in proportion to the demeaned score, gross %s".formatted(gross);
    }
  }

  /**
   * qlib's long-only rule: hold k names, each date replace at most {@code drop} of them, and never a better one by a
   * worse one. Each name gets 1/k; what is not filled stays cash. A held name without a score counts as the worst and
   * is sold even when nothing can replace it; any other is sold only for a replacement (qlib sells it all the same,
   * which empties the portfolio of a universe of about k names). Of equal scores the first asset counts as better; a constant cross-section changes nothing.
   *
   * @param k names held; at least 1
   * @param drop names replaced a date at most; from 1 to k
   */
  record TopKDropout(int k, int drop) implements WeightRule {

    public TopKDropout {
      if (k < 1) {
        throw new IllegalArgumentException("k must be at least 1 name, was " + k);
      }
      if (drop < 1 || drop > k) {
        throw new IllegalArgumentException(
            "drop must be from 1 to k = %d, was %d".formatted(k, drop));
      }
    }

    @Override
    public Optional<double[]> target(double[] scores, double[] previous) {
      int[] best = Order.descending(scores);
      if (scores[best[0]] == scores[best[best.length - 1]]) {
        return Optional.empty();
      }
      int[] held =
          IntStream.range(0, previous.length).filter(i -> previous[i] != 0).toArray();
      int[] candidates = Arrays.stream(best)
          .filter(i -> previous[i] == 0)
          .limit(Math.max(0, drop + k - held.length))
          .toArray();
      boolean[] candidate = new boolean[scores.length];
      Arrays.stream(candidates).forEach(i -> candidate[i] = true);
      int[] union = IntStream.concat(
              Arrays.stream(best).filter(i -> previous[i] != 0 || candidate[i]),
              Arrays.stream(held).filter(i -> Double.isNaN(scores[i])))
          .toArray();
      int spare = Math.max(0, candidates.length - Math.max(0, k - held.length));
      int[] sold = IntStream.range(0, Math.min(drop, union.length))
          .map(i -> union[union.length - 1 - i])
          .filter(i -> previous[i] != 0)
          .toArray();
      sold = Arrays.copyOf(sold, Math.min(sold.length, Math.max(spare, unscored(sold, scores))));
      int bought = Math.max(0, Math.min(candidates.length, sold.length + k - held.length));

      double[] weights = new double[scores.length];
      Arrays.stream(held).forEach(i -> weights[i] = 1.0 / k);
      Arrays.stream(sold).forEach(i -> weights[i] = 0);
      Arrays.stream(candidates).limit(bought).forEach(i -> weights[i] = 1.0 / k);
      return Optional.of(weights);
    }

    private static int unscored(int[] names, double[] scores) {
      return (int) Arrays.stream(names).filter(i -> Double.isNaN(scores[i])).count();
    }

    @Override
    public String describe() {
      return "the best %d names, at most %d replaced a date".formatted(k, drop);
    }
  }

  /** Every name that has a score, whatever the score: the benchmark a long-only rule must beat. Gross and net 1. */
  record EqualWeight() implements WeightRule {

    @Override
    public Optional<double[]> target(double[] scores, double[] previous) {
      double count = Order.ascending(scores).length;
      double[] weights = new double[scores.length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Double.isNaN(scores[i]) ? 0 : 1 / count;
      }
      return Optional.of(weights);
    }

    @Override
    public String describe() {
      return "all names equally";
    }
  }

  private static void requireGross(double gross) {
    if (!(gross > 0 && gross <= 10)) {
      throw new IllegalArgumentException(
          "gross is a multiple of equity in (0, 10], was %s".formatted(gross));
    }
  }
}

package alphadistill.backtest.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class WeightRulePropertyTest {

  @Property(tries = 300)
  void longShortWeightsSumToZeroAndToTheStatedGross(
      @ForAll("distinctScores") double[] scores,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double share,
      @ForAll @DoubleRange(min = 0.1, max = 4) double gross) {
    for (WeightRule rule : new WeightRule[] {
      new WeightRule.QuantileLongShort(share, gross), new WeightRule.SignalWeighted(gross)
    }) {
      double[] weights = rule.target(scores, new double[scores.length]).orElseThrow();

      assertThat(Arrays.stream(weights).sum()).isEqualTo(0, within(1e-12));
      assertThat(Arrays.stream(weights).map(Math::abs).sum()).isEqualTo(gross, within(1e-12));
    }
  }

  @Property(tries = 300)
  void topKHoldsKEqualPositionsAndReplacesAtMostDrop(
      @ForAll("distinctScores") double[] first,
      @ForAll @IntRange(min = 1, max = 6) int k,
      @ForAll @IntRange(min = 1, max = 6) int drop) {
    WeightRule rule = new WeightRule.TopKDropout(k, Math.min(drop, k));
    double[] before = rule.target(first, new double[first.length]).orElseThrow();
    double[] reversed = Arrays.stream(first).map(score -> -score).toArray();
    double[] after = rule.target(reversed, before).orElseThrow();

    int held = Math.min(k, first.length);
    assertThat(Arrays.stream(after).sum()).isEqualTo((double) held / k, within(1e-12));
    long sold = IntStream.range(0, first.length)
        .filter(i -> before[i] > 0 && after[i] == 0)
        .count();
    assertThat(sold).isLessThanOrEqualTo(Math.min(drop, k));
  }

  @Property(tries = 200)
  void theOrderOfAssetsDoesNotMatter(@ForAll("tiedScores") double[] scores) {
    WeightRule rule = new WeightRule.QuantileLongShort(0.3, 1);
    double[] weights = rule.target(scores, new double[scores.length]).orElseThrow();
    double[] backwards = IntStream.range(0, scores.length)
        .mapToDouble(i -> scores[scores.length - 1 - i])
        .toArray();
    double[] mirrored = rule.target(backwards, new double[scores.length]).orElseThrow();

    for (int i = 0; i < weights.length; i++) {
      assertThat(mirrored[weights.length - 1 - i]).isEqualTo(weights[i], within(1e-15));
    }
  }

  @Provide
  Arbitrary<double[]> distinctScores() {
    return Arbitraries.doubles()
        .between(-5, 5)
        .ofScale(6)
        .array(double[].class)
        .ofMinSize(2)
        .ofMaxSize(31)
        .filter(scores -> Arrays.stream(scores).distinct().count() == scores.length
            && Arrays.stream(scores).filter(score -> score == 0).count() < 2);
  }

  @Provide
  Arbitrary<double[]> tiedScores() {
    return Arbitraries.integers()
        .between(-2, 2)
        .map(Integer::doubleValue)
        .array(Double[].class)
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(boxed -> Arrays.stream(boxed).mapToDouble(Double::doubleValue).toArray());
  }
}

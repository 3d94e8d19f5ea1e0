package alphadistill.backtest.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightRuleTest {
  private static final double NAN = Double.NaN;

  @Test
  void theBestAreLongTheWorstShortAndNamesWithoutAScoreFlat() {
    WeightRule rule = new WeightRule.QuantileLongShort(0.4, 1);

    assertThat(rule.target(new double[] {5, NAN, 1, 3, 4, 2}, new double[6]).orElseThrow())
        .containsExactly(new double[] {0.25, 0, -0.25, 0, 0.25, -0.25}, within(1e-15));
  }

  @Test
  void namesTiedAtTheBorderShareWhatIsLeftOfTheSide() {
    WeightRule rule = new WeightRule.QuantileLongShort(0.4, 2);

    double[] weights = rule.target(new double[] {9, 5, 5, 5, 1}, new double[5]).orElseThrow();

    assertThat(weights[0]).isEqualTo(0.5);
    assertThat(weights[1]).isEqualTo(weights[2]).isEqualTo(weights[3]).isZero(); // 1/6 - 1/6
    assertThat(weights[4]).isEqualTo(-0.5);
  }

  @Test
  void aConstantCrossSectionTakesNoLongShortPosition() {
    double[] constant = {0.3, 0.3, 0.3, 0.3, 0.3};

    assertThat(new WeightRule.QuantileLongShort(0.2, 1).target(constant, new double[5]))
        .hasValue(new double[5]);
    assertThat(new WeightRule.SignalWeighted(1).target(constant, new double[5]))
        .hasValue(new double[5]);
    assertThat(new WeightRule.TopKDropout(2, 1).target(constant, new double[5])).isEmpty();
  }

  @Test
  void oneNameAloneHasNoLongShortPosition() {
    double[] alone = {NAN, 3};

    assertThat(new WeightRule.QuantileLongShort(0.5, 1).target(alone, new double[2]))
        .hasValue(new double[2]);
    assertThat(new WeightRule.SignalWeighted(1).target(alone, new double[2]))
        .hasValue(new double[2]);
  }

  @Test
  void aHeldNameThatLosesItsScoreIsTheFirstToBeDropped() {
    WeightRule rule = new WeightRule.TopKDropout(2, 1);

    assertThat(
            rule.target(new double[] {NAN, 1, 0.5}, new double[] {0.5, 0.5, 0}).orElseThrow())
        .containsExactly(0, 0.5, 0.5);
  }

  @Test
  void aShortUniverseLeavesTheRestInCash() {
    WeightRule rule = new WeightRule.TopKDropout(4, 2);

    assertThat(rule.target(new double[] {2, 1, NAN}, new double[3]).orElseThrow())
        .containsExactly(0.25, 0.25, 0);
  }

  @Test
  void equalWeightHoldsEveryNameThatHasAScoreEvenAConstantOne() {
    assertThat(new WeightRule.EqualWeight().target(new double[] {0, NAN, 0}, new double[3]))
        .hasValue(new double[] {0.5, 0, 0.5});
  }

  @Test
  void decisionsAreSpacedAndWaitForADayWithScores() {
    double[][] scores = {{NAN, NAN}, {1, 2}, {2, 1}, {NAN, NAN}, {2, 1}, {1, 2}};

    Targets targets = Targets.of(scores, new WeightRule.SignalWeighted(1), 2);

    boolean[] decided = new boolean[6];
    Arrays.setAll(new Integer[6], day -> {
      decided[day] = targets.decided(day);
      return day;
    });
    assertThat(decided).containsExactly(false, true, false, false, true, false);
  }

  @Test
  void refusesSidesThatOverlapAndMoreDropsThanNames() {
    assertThatThrownBy(() -> new WeightRule.QuantileLongShort(0.6, 1))
        .hasMessage("share must be in (0, 0.5], was 0.6: above a half the two sides overlap");
    assertThatThrownBy(() -> new WeightRule.TopKDropout(3, 4))
        .hasMessage("drop must be from 1 to k = 3, was 4");
    assertThatThrownBy(() -> new WeightRule.SignalWeighted(NAN))
        .hasMessageContaining("gross is a multiple of equity");
    assertThatThrownBy(() -> Targets.of(new double[3][2], new WeightRule.EqualWeight(), 0))
        .hasMessage("decisions are at least 1 trading day apart, was 0");
  }
}

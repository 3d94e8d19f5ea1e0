package alphadistill.augment.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class MixupPropertyTest {
  private final SmallMarket market = new SmallMarket();
  private final CrossAssetMixup mixup = new CrossAssetMixup(0.4, CrossAssetMixup.Nonlinear.REFUSE);

  @Property(tries = 100)
  void aMixStaysBetweenItsParents(
      @ForAll @IntRange(max = 4) int own,
      @ForAll @IntRange(max = 4) int partner,
      @ForAll @DoubleRange(min = 0, max = 1) double share) {
    WindowBatch batch = market.returns(80);
    WindowBatch mixed = mixup.mixed(batch, own, partner, share);

    int size = SmallMarket.SCHEMA.size();
    for (int i = 0; i < size; i++) {
      float a = batch.windows()[own * size + i];
      float b = batch.windows()[partner * size + i];
      assertThat(mixed.windows()[own * size + i]).isBetween(Math.min(a, b), Math.max(a, b));
    }
    double a = batch.labels()[own];
    double b = batch.labels()[partner];
    assertThat(mixed.labels()[own]).isBetween(Math.min(a, b) - 1e-15, Math.max(a, b) + 1e-15);
  }

  @Property(tries = 100)
  void aLinearTeachersAnswerOfAMixIsTheMixOfItsAnswers(
      @ForAll @IntRange(max = 4) int own,
      @ForAll @IntRange(max = 4) int partner,
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll @DoubleRange(min = -2, max = 2) double premium) {
    WindowBatch batch = market.characteristics(80);
    WindowBatch mixed = mixup.mixed(batch, own, partner, share);

    assertThat(answer(mixed, own, premium))
        .isCloseTo(
            share * answer(batch, own, premium) + (1 - share) * answer(batch, partner, premium),
            within(1e-12));
  }

  private static double answer(WindowBatch batch, int n, double premium) {
    double[] values = ((TeacherInputs.Characteristics) batch.teacherInputs()).values();
    return 0.1 + premium * values[2 * n] - 0.7 * values[2 * n + 1];
  }

  @Property(tries = 50)
  void everySampleIsMixedWithCompanyOfItsDayAndKeepsTheLargerShare(@ForAll long seed) {
    WindowBatch mixed =
        mixup.apply(market.characteristics(80, 90), new WindowTransform.Key(seed, 0, 0), 1);

    for (Origin origin : mixed.origins()) {
      assertThat(origin.parents()).hasSize(2);
      assertThat(origin.parents()).allMatch(parent -> parent.lastDay() == origin.day());
      assertThat(origin.parents().get(0).asset()).isEqualTo(origin.asset());
      assertThat(origin.parents().get(1).asset()).isNotEqualTo(origin.asset());
      assertThat(origin.parents().get(0).weight()).isBetween(0.5, 1.0);
    }
  }

  @Example
  void aDayThatOneParentIsNotQuotedOnIsEmpty() {
    WindowBatch batch = market.characteristics(80, 90, 100);
    int presence = SmallMarket.SCHEMA.presence().orElseThrow();
    int empty = 0;
    for (int partner = 1; partner < SmallMarket.ASSETS; partner++) {
      WindowBatch mixed = mixup.mixed(batch, 0, partner, 0.6);
      for (int row = 0; row < SmallMarket.DAYS; row++) {
        int own = row * SmallMarket.SCHEMA.features();
        int other = partner * SmallMarket.SCHEMA.size() + own;
        if (batch.windows()[own + presence] * batch.windows()[other + presence] == 0) {
          empty++;
          assertThat(mixed.windows()[own]).isZero();
          assertThat(mixed.windows()[own + presence]).isZero();
        } else {
          assertThat(mixed.windows()[own + presence]).isEqualTo(1);
        }
      }
    }
    assertThat(empty).isPositive();
  }

  @Example
  void refusesToMixSamplesOfDifferentDays() {
    assertThatThrownBy(() -> mixup.mixed(market.characteristics(80, 90), 0, 5, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("days were 80 and 90");
  }

  @Example
  void refusesWhatDoesNotMixUnlessItIsToBeBlended() {
    WindowSchema schema =
        new WindowSchema(4, List.of(new Channel("volatility_21", Channel.Kind.NONLINEAR, 22)));

    assertThatThrownBy(() -> mixup.requireFits(schema)).hasMessageContaining("volatility_21");
    new CrossAssetMixup(0.4, CrossAssetMixup.Nonlinear.BLEND).requireFits(schema);
  }
}

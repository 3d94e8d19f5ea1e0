package alphadistill.augment.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SplicePropertyTest {
  private static final int DAYS = SmallMarket.DAYS;
  private static final int SIZE = SmallMarket.SCHEMA.size();
  private static final int F = SmallMarket.SCHEMA.features();

  private final SmallMarket market = new SmallMarket();
  private final RegimeSplice splice =
      new RegimeSplice(1, 0, RegimeSplice.Label.KEEP, RegimeSplice.Seam.REFUSE, market);
  private final RegimeSplice byLength =
      new RegimeSplice(1, 0, RegimeSplice.Label.LENGTH_SHARE, RegimeSplice.Seam.ALLOW, market);

  @Property(tries = 100)
  void everyRowIsOneParentsDayInWindowRegimesAndReturns(@ForAll long seed) {
    WindowBatch batch = market.returns(80, 100);
    for (RegimeSplice form : List.of(splice, byLength)) {
      WindowBatch spliced = form.apply(batch, new WindowTransform.Key(seed, 1, 2), 1);
      TeacherInputs.ReturnHistory history = (TeacherInputs.ReturnHistory) spliced.teacherInputs();
      for (int n = 0; n < spliced.samples(); n++) {
        for (int row = 0; row < DAYS; row++) {
          int r = row;
          Origin origin = spliced.origins().get(n);
          Origin.Parent parent = origin.parents().stream()
              .filter(p -> r >= p.row() && r < p.row() + p.days())
              .findFirst()
              .orElseThrow();
          int day = parent.firstDay() + row - parent.row();
          float[] observed = new float[F];
          market.channels(origin.asset(), day, 1, observed, 0);
          int at = n * SIZE + row * F;
          assertThat(Arrays.copyOfRange(spliced.windows(), at, at + F)).isEqualTo(observed);
          assertThat(spliced.regimes()[n * DAYS + row]).isEqualTo(market.regime(day));
          int inHistory = n * SmallMarket.HISTORY + SmallMarket.HISTORY - DAYS + row;
          assertThat(Double.valueOf(history.asset()[inHistory])) // boxed, so that NaN equals NaN
              .isEqualTo(Double.valueOf(market.assetReturn(origin.asset(), day)));
          assertThat(history.factor()[inHistory * SmallMarket.FACTORS + 1])
              .isEqualTo(market.factorReturn(1, day));
        }
      }
    }
  }

  @Property(tries = 100)
  void aStretchIsOfAnotherRegimeAndKnowsNothingOfTheLabel(@ForAll long seed) {
    WindowBatch batch = market.characteristics(80, 90, 100);
    WindowBatch spliced = splice.apply(batch, new WindowTransform.Key(seed, 0, 0), 1);

    int changed = 0;
    for (int n = 0; n < spliced.samples(); n++) {
      Origin origin = spliced.origins().get(n);
      for (Origin.Parent parent : origin.parents()) {
        int own = origin.day() - DAYS + 1 + parent.row();
        if (parent.firstDay() == own) {
          continue;
        }
        changed++;
        int replaced = batch.regimes()[n * DAYS + parent.row() + parent.days() - 1];
        for (int day = parent.firstDay(); day <= parent.lastDay(); day++) {
          assertThat(market.regime(day)).isNotEqualTo(replaced);
        }
        assertThat(parent.lastDay() < origin.day() - DAYS + 1
                || parent.firstDay() > market.knownAt(origin.day()))
            .isTrue();
        assertThat(parent.days()).isGreaterThanOrEqualTo(SmallMarket.SCHEMA.lookback());
      }
    }
    assertThat(changed).isPositive();
  }

  @Property(tries = 50)
  void theLastRowsLabelAndCharacteristicsStayWhereTheLabelIsKept(@ForAll long seed) {
    WindowBatch batch = market.characteristics(80, 100);
    WindowBatch spliced = splice.apply(batch, new WindowTransform.Key(seed, 0, 0), 1);

    assertThat(spliced.labels()).isEqualTo(batch.labels());
    assertThat(((TeacherInputs.Characteristics) spliced.teacherInputs()).values())
        .isEqualTo(((TeacherInputs.Characteristics) batch.teacherInputs()).values());
    for (int n = 0; n < batch.samples(); n++) {
      int last = n * SIZE + (DAYS - 1) * F;
      assertThat(Arrays.copyOfRange(spliced.windows(), last, last + F))
          .isEqualTo(Arrays.copyOfRange(batch.windows(), last, last + F));
    }
  }

  @Example
  void aLabelMixedByLengthIsThatOfBothSignalDays() {
    WindowBatch batch = market.characteristics(100);
    WindowBatch spliced = byLength.spliced(batch, 2, 4, 2, 60);

    assertThat(spliced.labels()[2])
        .isCloseTo(4 / 6.0 * market.label(2, 100) + 2 / 6.0 * market.label(2, 60), within(1e-15));
    float[] donor = new float[F];
    market.channels(2, 60, 1, donor, 0);
    assertThat(((TeacherInputs.Characteristics) spliced.teacherInputs()).values()[2 * 2])
        .isEqualTo(donor[1]);
  }

  @Example
  void refusesAStretchOutsideTheTrainingSpanAndABlockOnTheSignalDay() {
    WindowBatch batch = market.returns(100);

    assertThatThrownBy(() -> splice.spliced(batch, 0, 0, 3, SmallMarket.LAST + 1))
        .hasMessageContaining("not in the training span 40 to 159");
    assertThatThrownBy(() -> splice.spliced(batch, 0, 0, 3, SmallMarket.FIRST + 1))
        .hasMessageContaining("days 39 to 41");
    assertThatThrownBy(() -> splice.spliced(batch, 0, 3, 3, 70))
        .hasMessageContaining("3 rows from row 3 are not in the first 5 rows");
  }

  @Example
  void refusesSamplesFromAfterTheTrainingSpan() {
    WindowBatch batch = market.returns(80);
    WindowBatch later = new WindowBatch(
        batch.schema(),
        batch.windows(),
        batch.labels(),
        batch.regimes(),
        batch.teacherInputs(),
        batch.origins().stream().map(o -> Origin.observed(o.asset(), 170, DAYS)).toList());

    assertThatThrownBy(() -> splice.apply(later, new WindowTransform.Key(1, 0, 0), 1))
        .hasMessageContaining("sample 0 holds data of day 170")
        .hasMessageContaining("last day 159");
  }

  @Example
  void refusesChannelsThatLookBackFurtherThanABlock() {
    WindowSchema schema = new WindowSchema(
        10,
        List.of(
            new Channel("c1", Channel.Kind.LINEAR, 1),
            new Channel("volatility_21", Channel.Kind.NONLINEAR, 22)));

    assertThatThrownBy(() -> splice.requireFits(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 9 days")
        .hasMessageContaining("volatility_21 (22 days)");
    byLength.requireFits(schema);
    splice.requireFits(new WindowSchema(23, schema.channels()));
  }

  @Example
  void refusesBlocksThatDoNotFit() {
    assertThatThrownBy(
            () -> new RegimeSplice(3, 2, RegimeSplice.Label.KEEP, RegimeSplice.Seam.ALLOW, market))
        .hasMessageContaining("were 3 and 2");
    assertThatThrownBy(
            () -> new RegimeSplice(1, 6, RegimeSplice.Label.KEEP, RegimeSplice.Seam.ALLOW, market)
                .requireFits(SmallMarket.SCHEMA))
        .hasMessageContaining("1 to 6 days do not fit into a window of 6 days");
  }
}

package alphadistill.augment.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** What every transform keeps, whatever the draws. */
class TransformPropertyTest {
  private final SmallMarket market = new SmallMarket();

  @Provide
  Arbitrary<WindowTransform> transforms() {
    return Arbitraries.of(
        new CrossAssetMixup(0.4, CrossAssetMixup.Nonlinear.REFUSE),
        new RegimeSplice(1, 0, RegimeSplice.Label.KEEP, RegimeSplice.Seam.REFUSE, market),
        new RegimeSplice(1, 0, RegimeSplice.Label.LENGTH_SHARE, RegimeSplice.Seam.ALLOW, market),
        new SubPeriod(20, 0, market),
        new SubPeriod(0, 2, market),
        new SubPeriod(8, 3, market),
        new VolatilityNoise(0.3),
        new MissingBlocks(1, 3),
        new LeverageScaling(1.5),
        new TimeReversal());
  }

  @Provide
  Arbitrary<WindowBatch> batches() {
    return Combinators.combine(
            Arbitraries.integers()
                .between(24, 79)
                .map(half -> 2 * half)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3),
            Arbitraries.of(true, false))
        .as((days, returns) -> {
          int[] all = days.stream().distinct().mapToInt(Integer::intValue).toArray();
          return returns ? market.returns(all) : market.characteristics(all);
        });
  }

  @Provide
  Arbitrary<WindowTransform.Key> keys() {
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.integers().between(0, 9),
            Arbitraries.integers().between(0, 99))
        .as(WindowTransform.Key::new);
  }

  @Property(tries = 200)
  void theSameKeyGivesTheSameBatchAndTheInputStaysAsItWas(
      @ForAll("transforms") WindowTransform transform,
      @ForAll("batches") WindowBatch batch,
      @ForAll("keys") WindowTransform.Key key,
      @ForAll @DoubleRange(min = 0, max = 1) double rate) {
    int before = hash(batch);

    int first = hash(transform.apply(batch, key, rate));

    assertThat(hash(transform.apply(batch, key, rate))).isEqualTo(first);
    assertThat(hash(batch)).isEqualTo(before);
  }

  @Property(tries = 100)
  void aRateOfZeroChangesNothing(
      @ForAll("transforms") WindowTransform transform,
      @ForAll("batches") WindowBatch batch,
      @ForAll("keys") WindowTransform.Key key) {
    assertThat(hash(transform.apply(batch, key, 0))).isEqualTo(hash(batch));
  }

  @Property(tries = 200)
  void sharesOfARowAddToOneOrItIsEmpty(
      @ForAll("transforms") WindowTransform transform,
      @ForAll("batches") WindowBatch batch,
      @ForAll("keys") WindowTransform.Key key) {
    WindowBatch changed = transform.apply(batch, key, 1);

    int presence = SmallMarket.SCHEMA.presence().orElseThrow();
    for (int n = 0; n < changed.samples(); n++) {
      for (int row = 0; row < SmallMarket.DAYS; row++) {
        double share = changed.origins().get(n).share(row);
        if (share == 0) {
          int at = n * SmallMarket.SCHEMA.size() + row * SmallMarket.SCHEMA.features();
          assertThat(changed.windows()[at + presence]).isZero();
        } else {
          assertThat(share).isCloseTo(1, within(1e-12));
        }
      }
    }
  }

  @Property(tries = 300)
  void noParentLiesOutsideTheTrainingSpan(
      @ForAll("transforms") WindowTransform first,
      @ForAll("transforms") WindowTransform second,
      @ForAll("batches") WindowBatch batch,
      @ForAll("keys") WindowTransform.Key key) {
    WindowBatch changed = second.apply(first.apply(batch, key, 1), key, 1);

    for (int n = 0; n < changed.samples(); n++) {
      Origin origin = changed.origins().get(n);
      assertThat(origin.latestDay()).isLessThanOrEqualTo(market.lastDay());
      for (Origin.Parent parent : origin.parents()) {
        assertThat(parent.firstDay()).isGreaterThanOrEqualTo(market.firstDay());
        assertThat(parent.days()).isEqualTo(parent.lastDay() - parent.firstDay() + 1);
      }
      for (int row = 0; row < SmallMarket.DAYS; row++) {
        assertThat(origin.share(row)).isBetween(0.0, 1 + 1e-12);
      }
    }
  }

  @Property(tries = 200)
  void windowsAndLabelsStayNumbersAndThePresenceChannelStaysZeroOrOne(
      @ForAll("transforms") WindowTransform first,
      @ForAll("transforms") WindowTransform second,
      @ForAll("batches") WindowBatch batch,
      @ForAll("keys") WindowTransform.Key key) {
    WindowBatch changed = second.apply(first.apply(batch, key, 1), key, 1);

    int presence = SmallMarket.SCHEMA.presence().orElseThrow();
    for (int i = 0; i < changed.windows().length; i++) {
      assertThat(changed.windows()[i]).isFinite();
      if (i % SmallMarket.SCHEMA.features() == presence) {
        assertThat(changed.windows()[i]).isIn(0f, 1f);
      }
    }
    assertThat(changed.labels()).doesNotContain(Double.NaN);
    if (changed.teacherInputs() instanceof TeacherInputs.Characteristics c) {
      assertThat(c.values()).doesNotContain(Double.NaN);
    }
  }

  /** Of everything in a batch, to the bit. */
  static int hash(WindowBatch batch) {
    List<Object> inputs = batch.teacherInputs() instanceof TeacherInputs.Characteristics c
        ? List.of(c.channels(), Arrays.hashCode(c.values()))
        : List.of(
            Arrays.hashCode(((TeacherInputs.ReturnHistory) batch.teacherInputs()).asset()),
            Arrays.hashCode(((TeacherInputs.ReturnHistory) batch.teacherInputs()).factor()));
    return List.of(
            Arrays.hashCode(batch.windows()),
            Arrays.hashCode(batch.labels()),
            Arrays.hashCode(batch.regimes()),
            inputs,
            batch.origins())
        .hashCode();
  }
}

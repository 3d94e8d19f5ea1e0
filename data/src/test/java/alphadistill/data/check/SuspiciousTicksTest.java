package alphadistill.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.data.DataException;
import alphadistill.data.check.SuspiciousTick.Kind;
import alphadistill.data.check.TickPolicy.Action;
import alphadistill.data.check.TickPolicy.Knowledge;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.PriceTable;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;

class SuspiciousTicksTest {
  private static final double NONE = Double.NaN;

  @Example
  void aJumpThatIsUndoneIsAReversalAndOneThatStaysIsNot() {
    Panel prices = Bars.ofCloses(10, 10.1, 1.02, 10.2, 10, 4, 4.1, 4);

    List<SuspiciousTick> ticks = SuspiciousTicks.find(prices, TickPolicy.hindsight());

    assertThat(ticks).hasSize(1);
    SuspiciousTick tick = ticks.get(0);
    assertThat(tick.kind()).isEqualTo(Kind.REVERSAL);
    assertThat(tick.date()).isEqualTo(prices.dates().get(2));
    assertThat(tick.action()).isEqualTo(Action.MARK_MISSING);
    assertThat(tick.into()).isCloseTo(-0.899, within(1e-3));
    assertThat(tick.outOf()).isCloseTo(9.0, within(1e-3));
  }

  @Example
  void pricesUpAreJudgedAsPricesDown() {
    assertThat(kinds(TickPolicy.hindsight(), 10, 1000, 10)).containsExactly(Kind.REVERSAL);
    assertThat(kinds(TickPolicy.causal(), 10, 1000, 10)).containsExactly(Kind.IMPOSSIBLE_JUMP);
  }

  @Example
  void theCausalPolicyDoubtsAJumpUntilTheNextCloseConfirmsIt() {
    Panel crash = Bars.ofCloses(10, 10, 1, 1.1, 1, 1);
    Panel print = Bars.ofCloses(10, 10, 1, 10, 10, 10);

    for (Panel prices : List.of(crash, print)) {
      List<SuspiciousTick> ticks = SuspiciousTicks.find(prices, TickPolicy.causal());
      assertThat(ticks).hasSize(1);
      assertThat(ticks.get(0).date()).isEqualTo(prices.dates().get(2));
      assertThat(ticks.get(0).kind()).isEqualTo(Kind.IMPOSSIBLE_JUMP);
      assertThat(ticks.get(0).outOf()).as("the next day is not known").isNaN();
    }
    assertThat(kinds(TickPolicy.hindsight(), 10, 10, 1.3, 1.35, 1, 1))
        .containsExactly(Kind.IMPOSSIBLE_JUMP);
  }

  @Example
  void unadjustedSplitsAreReportedAndKept() {
    Panel prices = Bars.of(new double[] {100, 101, 50.2, 50}, new double[] {100, 100, 50.4, 51});
    Panel crash = Bars.of(new double[] {100, 101, 70, 50}, new double[] {100, 100, 50.4, 51});

    List<SuspiciousTick> ticks = SuspiciousTicks.find(prices, TickPolicy.causal());

    assertThat(ticks).extracting(SuspiciousTick::kind).containsExactly(Kind.UNADJUSTED_SPLIT);
    assertThat(ticks.get(0).action()).isEqualTo(Action.KEEP);
    assertThat(SuspiciousTicks.find(crash, TickPolicy.causal())).isEmpty();
  }

  @Example
  void missingClosesAreSteppedOverAndLongGapsStartAnew() {
    assertThat(kinds(TickPolicy.hindsight(), 10, NONE, 1, NONE, 10)).containsExactly(Kind.REVERSAL);
    assertThat(kinds(TickPolicy.causal(), 10, NONE, NONE, NONE, NONE, NONE, NONE, 1, 1))
        .isEmpty();
    assertThat(kinds(TickPolicy.causal(), NONE, NONE)).isEmpty();
    assertThat(kinds(TickPolicy.causal(), 10)).isEmpty();
    assertThat(kinds(TickPolicy.hindsight(), 10, 1.3)).containsExactly(Kind.IMPOSSIBLE_JUMP);
  }

  @Example
  void markedDaysLoseAllFieldsAndAreCounted() {
    Panel prices = Bars.ofCloses(10, 1, 10);

    PriceTable cleaned =
        SuspiciousTicks.apply(prices, SuspiciousTicks.find(prices, TickPolicy.hindsight()));

    for (int field = 0; field < 5; field++) {
      assertThat(cleaned.panel().value(field, 1, 0)).isNaN();
      assertThat(cleaned.panel().value(field, 0, 0)).isEqualTo(prices.value(field, 0, 0));
    }
    assertThat(cleaned.drops().toString())
        .isEqualTo("one-day reversal, day marked missing: 1 (first A 2014-01-03)");
    assertThat(prices.value(3, 1, 0)).as("the original is untouched").isEqualTo(1);
  }

  @Example
  void keepLeavesAndFailRefuses() {
    Panel prices = Bars.ofCloses(10, 1, 10);
    TickPolicy policy = TickPolicy.hindsight();

    PriceTable kept =
        SuspiciousTicks.apply(prices, SuspiciousTicks.find(prices, policy.withAction(Action.KEEP)));

    assertThat(kept.panel().contentHash()).isEqualTo(prices.contentHash());
    assertThat(kept.drops().total()).isZero();
    assertThatThrownBy(() -> SuspiciousTicks.apply(
            prices, SuspiciousTicks.find(prices, policy.withAction(Action.FAIL))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "A on 2014-01-03: one-day reversal, return into it -0.9000; correct the prices, or choose a policy that masks such days");
  }

  @Example
  void policiesRefuseNonsense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TickPolicy(Knowledge.PAST_ONLY, 1, 0.3, 5, 0.03, 5, Action.KEEP))
        .withMessageContaining("must be above 1, were 1.0 and 5.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TickPolicy(Knowledge.PAST_ONLY, 2, 1, 5, 0.03, 5, Action.KEEP))
        .withMessageContaining("remainder");
  }

  /** The canary: whatever comes later, what the causal policy says about a day does not change. */
  @Property(tries = 500)
  void theCausalPolicyIgnoresTheFuture(
      @ForAll("closes") double[] closes, @ForAll("closes") double[] future) {
    int known = closes.length / 2;
    double[] scrambled = closes.clone();
    for (int day = known; day < closes.length; day++) {
      scrambled[day] = future[day % future.length];
    }
    Panel one = Bars.ofCloses(closes);
    Panel other = Bars.ofCloses(scrambled);

    assertThat(before(known, other)).isEqualTo(before(known, one));
  }

  @Provide
  Arbitrary<double[]> closes() {
    return Arbitraries.of(1.0, 1.1, 2.0, 9.0, 10.0, 95.0, 100.0, Double.NaN)
        .array(double[].class)
        .ofMinSize(2)
        .ofMaxSize(12);
  }

  private static List<String> before(int day, Panel prices) {
    return SuspiciousTicks.find(prices, TickPolicy.causal()).stream()
        .filter(tick -> tick.date().isBefore(prices.dates().get(day)))
        .map(SuspiciousTick::toString)
        .toList();
  }

  private static List<Kind> kinds(TickPolicy policy, double... closes) {
    return SuspiciousTicks.find(Bars.ofCloses(Arrays.copyOf(closes, closes.length)), policy)
        .stream()
        .map(SuspiciousTick::kind)
        .toList();
  }

  private static Offset<Double> within(double gap) {
    return Offset.offset(gap);
  }
}

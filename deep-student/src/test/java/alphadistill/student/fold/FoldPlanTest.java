package alphadistill.student.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FoldPlanTest {

  @Property
  void noLabelOrWindowOfOnePartReachesTheNext(
      @ForAll @IntRange(min = 1, max = 20) int horizon,
      @ForAll @IntRange(min = 1, max = 3) int lag,
      @ForAll @IntRange(min = 2, max = 60) int lookback,
      @ForAll boolean expanding) {
    FoldPlan plan = FoldPlan.of(250, 60, 100, expanding, horizon, lag, lookback);

    int lastTest = 9;
    for (FoldPlan.Fold fold : plan.over(10, 1500)) {
      assertThat(fold.train().last() + lag + horizon)
          .isLessThan(fold.validation().first() - lookback + 1);
      assertThat(fold.validation().last() + lag + horizon)
          .isLessThan(fold.test().first() - lookback + 1);
      assertThat(fold.cutOff(horizon, lag)).isLessThan(fold.test().first());
      assertThat(fold.test().first()).isGreaterThan(lastTest);
      lastTest = fold.test().last();
    }
    assertThat(lastTest).isEqualTo(1500);
  }

  @Test
  void slidesOrExpands() {
    var sliding = FoldPlan.of(100, 20, 50, false, 5, 1, 10).over(0, 400);
    var expanding = FoldPlan.of(100, 20, 50, true, 5, 1, 10).over(0, 400);

    assertThat(sliding).allMatch(fold -> fold.train().length() == 100);
    assertThat(expanding).allMatch(fold -> fold.train().first() == 0);
    assertThat(expanding.get(1).train().length()).isEqualTo(150);
  }

  @Test
  void refusesAPurgeThatLeaksLabelsOrWindows() {
    assertThatThrownBy(() -> new FoldPlan(250, 60, 60, true, 5, 1, 20, 25, 5))
        .hasMessageContaining("purge of 25 days")
        .hasMessageContaining("= 26");
  }

  @Test
  void refusesAnEmbargoShorterThanTheHorizon() {
    assertThatThrownBy(() -> new FoldPlan(250, 60, 60, true, 5, 1, 20, 26, 4))
        .hasMessageContaining("embargo of 4 days is shorter than the horizon of 5");
  }

  @Test
  void refusesHorizonZeroAndLagZero() {
    assertThatThrownBy(() -> FoldPlan.of(250, 60, 60, true, 0, 1, 20))
        .hasMessageContaining("horizon must be at least 1");
    assertThatThrownBy(() -> FoldPlan.of(250, 60, 60, true, 5, 0, 20))
        .hasMessageContaining("lag must be at least 1");
  }

  @Test
  void saysHowManyDaysAreMissing() {
    assertThatThrownBy(() -> FoldPlan.of(250, 60, 60, true, 5, 1, 20).over(0, 299))
        .hasMessageContaining("300 days of history are too few")
        .hasMessageContaining("need 373");
  }
}

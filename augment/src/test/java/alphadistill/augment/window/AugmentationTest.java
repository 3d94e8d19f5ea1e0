package alphadistill.augment.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AugmentationTest {
  private final SmallMarket market = new SmallMarket();

  private static Augmentation of(double rate, Augmentation.Decay decay, int epochs) {
    return new Augmentation(
        List.of(new Augmentation.Step(new LeverageScaling(2), rate)), decay, epochs);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aDecayedRateFallsFromTheFirstEpochToZeroInTheLast(Augmentation.Decay decay) {
    Augmentation augmentation = of(0.8, decay, 5);
    Augmentation.Step step = augmentation.steps().get(0);

    assertThat(augmentation.rate(step, 0)).isEqualTo(0.8);
    for (int epoch = 1; epoch < 5; epoch++) {
      assertThat(augmentation.rate(step, epoch)).isLessThan(augmentation.rate(step, epoch - 1));
    }
    assertThat(augmentation.rate(step, 4)).isZero();
    assertThat(augmentation.rate(step, 9)).isZero();
    WindowBatch batch = market.returns(80);
    assertThat(augmentation.apply(batch, new WindowTransform.Key(1, 4, 0))).isSameAs(batch);
    assertThat(augmentation.apply(batch, new WindowTransform.Key(1, 0, 0))).isNotSameAs(batch);
  }

  @Test
  void aRateThatDoesNotDecayStays() {
    Augmentation augmentation = of(0.8, Augmentation.Decay.NONE, 5);

    assertThat(augmentation.rate(augmentation.steps().get(0), 4)).isEqualTo(0.8);
  }

  @Test
  void aStepThatIsOffRefusesNothing() {
    WindowSchema odd =
        new WindowSchema(2, List.of(new Channel("rsi_14", Channel.Kind.NONLINEAR, 43)));

    of(0, Augmentation.Decay.NONE, 1).requireFits(odd);
    assertThatThrownBy(() -> of(0.1, Augmentation.Decay.NONE, 1).requireFits(odd))
        .hasMessageContaining("rsi_14");
    assertThatThrownBy(() -> of(1.1, Augmentation.Decay.NONE, 1)).hasMessageContaining("1.1");
  }
}

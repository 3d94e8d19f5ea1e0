package alphadistill.vision.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.image.mixing.MixupCutmix;
import alphadistill.augment.image.recipe.EvaluationCrop;
import alphadistill.augment.image.recipe.ImageAugmentation.Cut;
import alphadistill.augment.image.recipe.ImageAugmentation.JitterRule;
import alphadistill.augment.image.recipe.RandomErasing;
import alphadistill.engine.Parameter;
import alphadistill.engine.loss.Distance;
import alphadistill.engine.loss.Distillation;
import alphadistill.engine.loss.Distillation.Soft.Normalisation;
import alphadistill.engine.optim.DecayRule;
import alphadistill.engine.optim.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The presets against the numbers of vision.md sections 2 to 4, and what a recipe refuses. */
class ImageRecipeTest {

  private static double rate(ImageRecipe recipe, int epoch) {
    return recipe.rates().schedule(recipe.batch(), recipe.epochs()).rateAt(epoch, 0.5);
  }

  @Test
  void deitRunsOneEpochLateAndNeverReachesItsBaseRate() {
    ImageRecipe deit = ImageRecipe.deit();
    assertThat(deit.rates().highest(deit.batch())).isCloseTo(1e-3, within(1e-18));
    assertThat(rate(deit, 0)).isEqualTo(1e-6);
    assertThat(rate(deit, 1)).isEqualTo(1e-6);
    assertThat(rate(deit, 2)).isCloseTo(1e-6 + (1e-3 - 1e-6) / 5, within(1e-15));
    assertThat(rate(deit, 6)).isCloseTo(9.9932e-4, within(5e-9));
    assertThat(rate(deit, 299)).isCloseTo(1.0109e-5, within(5e-10));
    double largest = 0;
    for (int e = 0; e < deit.epochs(); e++) {
      largest = Math.max(largest, rate(deit, e));
    }
    assertThat(largest).isEqualTo(rate(deit, 6));
  }

  @Test
  void theFixedFormRunsEveryEpochAtItsOwnValue() {
    Rates late = ImageRecipe.deit().rates();
    Rates fixed = new Rates(
        late.base(),
        late.scaling(),
        late.warmUp(),
        late.warmUpRate(),
        late.least(),
        Rates.Stepping.FIXED);
    Schedule schedule = fixed.schedule(1024, 300);
    assertThat(schedule.rateAt(5, 0)).isCloseTo(9.9932e-4, within(5e-9));
    assertThat(schedule.rateAt(1, 0)).isCloseTo(1e-6 + (1e-3 - 1e-6) / 5, within(1e-15));
  }

  @Test
  void deitIsThePaperWithTheCodesValues() {
    ImageRecipe deit = ImageRecipe.deit();
    assertThat(deit.optimiser()).isEqualTo(Optimisation.adamW(0.05));
    assertThat(deit.optimiser().clip()).isZero();
    assertThat(deit.loss()).isEqualTo(new ClassLoss(ClassLoss.Kind.SOFT_TARGETS, 0.1));
    assertThat(deit.mixing().transform()).contains(MixupCutmix.DEIT);
    assertThat(deit.distillation())
        .isEqualTo(new Distilling(Distilling.Kind.HARD, 0.5, 1, Normalisation.ELEMENTS));
    assertThat(deit.dropPath()).isEqualTo(0.1);
    assertThat(deit.averaging()).isEqualTo(new Averaging(0.99996, false));
    assertThat(deit.repeats()).isEqualTo(3);
    assertThat(deit.pictures().erasing()).isEqualTo(RandomErasing.DEIT);
    assertThat(deit.pictures().augmentation().evaluation())
        .isEqualTo(new EvaluationCrop(224, 0.875));
    assertThat(deit.pictures().augmentation())
        .as("the colour jitter is named, but not applied beside RandAugment")
        .isEqualTo(alphadistill.augment.image.recipe.ImageAugmentation.deit(224));
  }

  @Test
  void deit384FinetunesAtOneRateWithoutTeacherOrStochasticDepth() {
    ImageRecipe fine = ImageRecipe.deit384();
    assertThat(fine.epochs()).isEqualTo(30);
    assertThat(fine.batch()).isEqualTo(512);
    assertThat(rate(fine, 6)).isCloseTo(5e-6, within(1e-18));
    assertThat(rate(fine, 29)).isCloseTo(5e-6, within(1e-18));
    assertThat(fine.optimiser().weightDecay()).isEqualTo(1e-8);
    assertThat(fine.distillation().asksTeacher()).isFalse();
    assertThat(fine.dropPath()).isZero();
    assertThat(fine.pictures().size()).isEqualTo(384);
    assertThat(fine.pictures().augmentation().evaluation())
        .isEqualTo(new EvaluationCrop(384, 0.875));
  }

  @Test
  void deit3TakesItsRateAsGivenAndItsDepthFromTheTable() {
    for (Deit3Size size : Deit3Size.values()) {
      ImageRecipe recipe = ImageRecipe.deit3(size);
      boolean small = size == Deit3Size.SMALL;
      assertThat(recipe.rates().highest(recipe.batch())).isEqualTo(small ? 4e-3 : 3e-3);
      assertThat(recipe.epochs()).isEqualTo(800);
      assertThat(recipe.batch()).isEqualTo(2048);
      assertThat(recipe.optimiser()).isEqualTo(Optimisation.lamb(0.05));
      assertThat(recipe.optimiser().epsilon()).isEqualTo(1e-8);
      assertThat(recipe.loss().distance()).isInstanceOf(Distance.BinaryCrossEntropy.class);
      assertThat(recipe.pictures().policy()).isEqualTo(Pictures.THREE);
      assertThat(recipe.pictures().augmentation())
          .isEqualTo(alphadistill.augment.image.recipe.ImageAugmentation.deit3(
              recipe.pictures().size(), Cut.RESIZED));
      assertThat(recipe.pictures().erasing().probability()).isZero();
      assertThat(recipe.pictures().evalCrop()).isEqualTo(1);
      assertThat(recipe.repeats()).isEqualTo(3);
    }
    assertThat(ImageRecipe.deit3(Deit3Size.SMALL).dropPath()).isEqualTo(0.05);
    assertThat(ImageRecipe.deit3(Deit3Size.HUGE).dropPath()).isEqualTo(0.6);
    assertThat(ImageRecipe.deit3(Deit3Size.HUGE).pictures().size()).isEqualTo(160);
    assertThat(ImageRecipe.deit3()).isEqualTo(ImageRecipe.deit3(Deit3Size.BASE));
    assertThat(ImageRecipe.deit3().pictures().size()).isEqualTo(192);
  }

  @Test
  void deit3FinishesAt224WithRandAugment() {
    ImageRecipe finish = ImageRecipe.deit3Finetune(Deit3Size.HUGE);
    assertThat(finish.dropPath()).isEqualTo(0.55);
    assertThat(rate(finish, 10)).isCloseTo(1e-5, within(1e-18));
    assertThat(finish.epochs()).isEqualTo(20);
    assertThat(finish.optimiser()).isEqualTo(Optimisation.adamW(0.1));
    assertThat(finish.loss().smoothing()).isEqualTo(0.1);
    assertThat(finish.pictures().policy()).isEqualTo(Pictures.RAND_M9);
    assertThat(finish.pictures().size()).isEqualTo(224);
    assertThat(finish.repeats()).isEqualTo(1);
  }

  @Test
  void theSummaryDiffersWhereSectionFourSaysSo() {
    ImageRecipe summary = ImageRecipe.summary();
    assertThat(summary.normEpsilon()).isEqualTo(1e-5);
    assertThat(summary.dropPath()).isEqualTo(0.2);
    assertThat(summary.mixing().transform()).isEmpty();
    assertThat(summary.distillation().divisor()).isEqualTo(Normalisation.SAMPLES);
    assertThat(summary.pictures().jitterRule()).isEqualTo(JitterRule.ALWAYS);
    assertThat(summary.repeats()).isEqualTo(1);
    assertThat(summary.averaging()).isEqualTo(Averaging.NONE);
    assertThat(summary.optimiser().decayed()).isEqualTo(DecayRule.EVERYTHING);
    assertThat(summary.pictures().erasing())
        .isEqualTo(ImageRecipe.deit().pictures().erasing());
  }

  @Test
  void decayGroupsFollowTheChoice() {
    List<Parameter> all = List.of(
        parameter("cls_token", false),
        parameter("dist_token", true),
        parameter("head.weight", true));
    assertThat(decayed(DecayRule.REFERENCE, all)).containsExactly("dist_token", "head.weight");
    assertThat(decayed(DecayRule.SPARES_DISTILLATION_TOKEN, all)).containsExactly("head.weight");
    assertThat(decayed(DecayRule.EVERYTHING, all)).hasSize(3);
  }

  private static List<String> decayed(DecayRule rule, List<Parameter> all) {
    return rule.mark(all).stream()
        .filter(Parameter::decayed)
        .map(Parameter::name)
        .toList();
  }

  private static Parameter parameter(String name, boolean decayed) {
    INDArray one = Nd4j.ones(1);
    return new Parameter(name, one, one, decayed);
  }

  @Test
  void distillationBecomesTheEnginesLoss() {
    Distilling soft = new Distilling(Distilling.Kind.SOFT, 0.1, 3, Normalisation.SAMPLES);
    assertThat(soft.loss()).isEqualTo(new Distillation.Soft(0.1, 3, Normalisation.SAMPLES));
    assertThat(soft.as(Distilling.Kind.HARD).loss()).isEqualTo(new Distillation.Hard(0.1));
    assertThat(soft.as(Distilling.Kind.NONE).loss()).isEqualTo(new Distillation.None());
  }

  @Test
  void refusesWhatCannotBeMeant() {
    assertThatThrownBy(() -> new ClassLoss(ClassLoss.Kind.BINARY, 0.1))
        .hasMessageContaining("every class a positive one");
    assertThatThrownBy(() -> new Mixing(0.8, 0, 0.2, 0.8, 1, 0.5, MixupCutmix.Mode.BATCH))
        .hasMessageContaining("CutMix's alpha must be 1, was 0");
    assertThatThrownBy(() -> new Mixing(Double.NaN, 1, 0, 0, 1, 0.5, MixupCutmix.Mode.BATCH))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> odd(ImageRecipe.deit())).hasMessageContaining("batch must be even");
    assertThatThrownBy(() -> new Distilling(Distilling.Kind.HARD, 1.5, 1, Normalisation.ELEMENTS))
        .hasMessageContaining("teacherShare must be in [0, 1], was 1.5");
    assertThatThrownBy(() -> ImageRecipe.deit().pictures().at(0)).hasMessageContaining("0");
    assertThatThrownBy(() -> new Averaging(1, true)).hasMessageContaining("[0, 1), was 1.0");
  }

  private static ImageRecipe odd(ImageRecipe r) {
    return new ImageRecipe(
        r.epochs(),
        63,
        r.rates(),
        r.optimiser(),
        r.loss(),
        r.mixing(),
        r.distillation(),
        r.dropPath(),
        r.normEpsilon(),
        r.averaging(),
        r.pictures(),
        r.repeats(),
        r.patience(),
        r.recompute());
  }
}

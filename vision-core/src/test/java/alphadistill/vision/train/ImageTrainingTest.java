package alphadistill.vision.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.mixing.MixupCutmix;
import alphadistill.augment.image.recipe.ImageAugmentation.Cut;
import alphadistill.augment.image.recipe.ImageAugmentation.JitterRule;
import alphadistill.augment.image.recipe.RandomErasing;
import alphadistill.engine.Heads;
import alphadistill.engine.Network;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.Teacher;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.loss.Distillation.Soft.Normalisation;
import alphadistill.engine.train.Checkpoints;
import alphadistill.engine.train.DivergedException;
import alphadistill.engine.train.Trainer;
import alphadistill.engine.train.TrainingListener;
import alphadistill.vision.deit.Deit;
import alphadistill.vision.deit.DeitSpec;
import alphadistill.vision.recipe.Averaging;
import alphadistill.vision.recipe.ClassLoss;
import alphadistill.vision.recipe.Distilling;
import alphadistill.vision.recipe.ImageRecipe;
import alphadistill.vision.recipe.Mixing;
import alphadistill.vision.recipe.Optimisation;
import alphadistill.vision.recipe.Pictures;
import alphadistill.vision.recipe.Rates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class ImageTrainingTest {
  private static final int SEED = 4;

  @TempDir
  private Path folder;

  /** Everything on: crop, flip, RandAugment, erasing, Mixup and CutMix, stochastic depth, average. */
  private static ImageRecipe recipe(Distilling.Kind kind, int epochs, Averaging averaging) {
    return new ImageRecipe(
        epochs,
        10,
        new Rates(3e-3, Rates.Scaling.AS_GIVEN, 1, 1e-3, 1e-4, Rates.Stepping.FIXED),
        Optimisation.adamW(0.05),
        new ClassLoss(ClassLoss.Kind.SOFT_TARGETS, 0.1),
        new Mixing(0.8, 1, 0, 0, 0.5, 0.5, MixupCutmix.Mode.BATCH),
        new Distilling(kind, 0.5, 1, Normalisation.SAMPLES),
        0.1,
        1e-6,
        averaging,
        new Pictures(
            8,
            Cut.PADDED,
            0.08,
            0.5,
            "rand-m3-n1",
            0,
            JitterRule.NOT_BESIDE_RAND_AUGMENT,
            RandomErasing.DEIT,
            1),
        1,
        0,
        false);
  }

  /** Flips and stochastic depth alone. */
  private static ImageRecipe easy(Distilling.Kind kind) {
    ImageRecipe all = recipe(kind, 15, Averaging.NONE);
    Pictures pictures = all.pictures();
    return new ImageRecipe(
        all.epochs(),
        all.batch(),
        all.rates(),
        all.optimiser(),
        all.loss(),
        Mixing.NONE,
        all.distillation(),
        all.dropPath(),
        all.normEpsilon(),
        all.averaging(),
        new Pictures(
            pictures.size(),
            pictures.crop(),
            pictures.smallestArea(),
            pictures.flip(),
            Pictures.NO_POLICY,
            0,
            pictures.jitterRule(),
            RandomErasing.NONE,
            pictures.evalCrop()),
        all.repeats(),
        all.patience(),
        all.recompute());
  }

  private record Trained(Deit network, Trainer.Outcome outcome) {
    List<float[]> weights() {
      return network.parameters().stream()
          .map(Parameter::value)
          .map(value -> value.reshape('c', new long[] {value.length()}).toFloatVector())
          .toList();
    }
  }

  private static Trained train(
      ImageRecipe recipe,
      Teacher<ImageBatch> teacher,
      long weights,
      Checkpoints checkpoints,
      TrainingListener... listeners) {
    CpuKernels kernels = new CpuKernels(1);
    DeitSpec.Family family =
        recipe.distillation().asksTeacher() ? DeitSpec.Family.DISTILLED : DeitSpec.Family.PLAIN;
    Deit network = Deit.create(kernels, new DeitSpec(family, 8, 4, 16, 2, 2, 3, 0.1), weights);
    ImageTraining training = new ImageTraining(
        kernels, recipe, new ColouredSquares(64, 1), new ColouredSquares(60, 2), 0, SEED);
    return new Trained(network, training.train(network, teacher, checkpoints, List.of(listeners)));
  }

  @Test
  void learnsWithoutATeacherAndWithOneInBothWays() {
    for (Distilling.Kind kind : Distilling.Kind.values()) {
      Trained trained = train(easy(kind), ColouredSquares.teacher(), SEED, null);
      assertThat(trained.outcome().bestValidation())
          .as("%s, where chance is a third", kind)
          .isGreaterThan(0.8);
      Trainer.Epoch best = trained.outcome().epochs().get(trained.outcome().bestEpoch());
      if (kind == Distilling.Kind.NONE) {
        assertThat(best.figures()).isEmpty();
      } else {
        assertThat(best.figures())
            .containsOnlyKeys("accuracyClassHead", "accuracyDistHead", "agreementWithTeacher");
        assertThat(best.figures().get("agreementWithTeacher"))
            .as("the teacher is always right")
            .isEqualTo(best.validation());
      }
    }
  }

  @Test
  void theTeacherSeesTheMixedPixelsThatTheStudentSees() {
    List<ImageBatch> taught = new ArrayList<>();
    List<float[]> learned = new ArrayList<>();
    Teacher<ImageBatch> teacher = batch -> {
      taught.add(batch);
      return ColouredSquares.teacher().answer(batch);
    };
    CpuKernels kernels = new CpuKernels(1);
    Deit deit =
        Deit.create(kernels, new DeitSpec(DeitSpec.Family.DISTILLED, 8, 4, 16, 2, 2, 3, 0.1), SEED);
    Network watched = new Network() {
      @Override
      public Heads forward(INDArray input, Pass pass) {
        learned.add(input.reshape('c', new long[] {input.length()}).toFloatVector());
        return deit.forward(input, pass);
      }

      @Override
      public void backward(Heads heads, INDArray classGradient, INDArray distGradient) {
        deit.backward(heads, classGradient, distGradient);
      }

      @Override
      public List<Parameter> parameters() {
        return deit.parameters();
      }
    };
    new ImageTraining(
            kernels,
            recipe(Distilling.Kind.HARD, 1, Averaging.NONE),
            new ColouredSquares(64, 1),
            new ColouredSquares(60, 2),
            0,
            SEED)
        .train(watched, teacher, null, List.of());

    for (int step = 0; step < 6; step++) {
      assertThat(taught.get(step).pixels()).as("step %d", step).isEqualTo(learned.get(step));
    }
    assertThat(taught.subList(0, 6))
        .anySatisfy(batch -> assertThat(batch.shares()[0]).isLessThan(1));
  }

  @Test
  void aTrainingKilledAnywhereEndsWithTheSameBits() {
    ImageRecipe recipe = recipe(Distilling.Kind.SOFT, 3, new Averaging(0.9, true));
    Trained whole = train(recipe, ColouredSquares.teacher(), SEED, null);
    for (int killed : new int[] {1, 5, 6, 7, 13}) {
      Checkpoints checkpoints = new Checkpoints(folder.resolve("k" + killed), 2);
      assertThatThrownBy(
              () -> train(recipe, ColouredSquares.teacher(), SEED, checkpoints, dyingAfter(killed)))
          .hasMessage("killed");
      Trained resumed =
          train(recipe, ColouredSquares.teacher(), killed > 2 ? 99 : SEED, checkpoints);
      assertThat(resumed.outcome()).as("killed after %d", killed).isEqualTo(whole.outcome());
      assertThat(resumed.weights())
          .as("killed after %d", killed)
          .usingElementComparator(java.util.Arrays::compare)
          .containsExactlyElementsOf(whole.weights());
    }
  }

  private static TrainingListener dyingAfter(int steps) {
    return new TrainingListener() {
      private int made;

      @Override
      public void epochDone(Trainer.Epoch epoch) {}

      @Override
      public void stepDone(Trainer.Step step) {
        if (++made == steps) {
          throw new IllegalStateException("killed");
        }
      }
    };
  }

  @Test
  void aLossThatIsNoNumberNamesItsPicturesAndKeepsTheLastGoodState() {
    ImageRecipe recipe = recipe(Distilling.Kind.SOFT, 2, Averaging.NONE);
    Checkpoints checkpoints = new Checkpoints(folder, 1);
    int[] answers = {0};
    Teacher<ImageBatch> failing = batch -> {
      INDArray answer = ColouredSquares.teacher().answer(batch);
      return ++answers[0] == 4 ? answer.putScalar(0, Double.NaN) : answer;
    };
    assertThatThrownBy(() -> train(recipe, failing, SEED, checkpoints))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "loss is NaN at epoch 0, step 3, rate .* \\(a batch of 10 pictures: square \\d+, .*, \\.\\.\\.\\).*");

    Trained goesOn = train(recipe, ColouredSquares.teacher(), 99, checkpoints);
    Trained whole = train(recipe, ColouredSquares.teacher(), SEED, null);
    assertThat(goesOn.weights())
        .usingElementComparator(java.util.Arrays::compare)
        .containsExactlyElementsOf(whole.weights());
  }

  @Test
  void binaryTargetsAreOneForEachClassThatIsInThePicture() {
    ImageRecipe soft = recipe(Distilling.Kind.NONE, 1, Averaging.NONE);
    ImageBatch mixed = new ImageBatch(
        1,
        1,
        new float[6],
        soft.pictures().augmentation().normalisation(),
        new int[] {0, 1},
        new int[] {2, 1},
        new double[] {0.7, 1});
    Kernels kernels = new CpuKernels(1);
    INDArray targets =
        new PictureTargets(kernels, new ClassLoss(ClassLoss.Kind.BINARY, 0), 3).of(mixed);
    assertThat(targets.toFloatMatrix()).isDeepEqualTo(new float[][] {{1, 0, 1}, {0, 1, 0}});
    INDArray shares = new PictureTargets(kernels, soft.loss(), 3).of(mixed);
    assertThat(shares.getFloat(0, 0))
        .isEqualTo(0.7f * 0.9f + 0.1f / 3, org.assertj.core.api.Assertions.within(1e-6f));
  }

  @Test
  void refusesDistillationWithoutATeacher() {
    assertThatThrownBy(() -> train(recipe(Distilling.Kind.HARD, 1, Averaging.NONE), null, 1, null))
        .hasMessageContaining("HARD distillation needs a teacher");
  }
}

package alphadistill.cli.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.augment.image.ImageBatch;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.distill.ObservedMarket;
import alphadistill.engine.Parameter;
import alphadistill.engine.Teacher;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Nd4jKernels;
import alphadistill.engine.train.Checkpoints;
import alphadistill.engine.train.Trainer;
import alphadistill.engine.train.TrainingListener;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.learn.AlphaStudent;
import alphadistill.student.learn.StudentFit;
import alphadistill.student.learn.Variant;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.vision.deit.Deit;
import alphadistill.vision.deit.DeitSpec;
import alphadistill.vision.recipe.Averaging;
import alphadistill.vision.recipe.Distilling;
import alphadistill.vision.recipe.ImageRecipe;
import alphadistill.vision.train.ImageTraining;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Nothing above the kernels assumes that arrays lie in the host's memory: whole trainings under a watch. */
class HostMemoryTest {
  /** The loss's part of each head, and the gradient norm. */
  private static final int FIGURES = 3;

  @TempDir
  private Path folder;

  /** Copies to the host in each step; the first step of an epoch has those of the validation before it. */
  private static final class CopiesByStep implements TrainingListener {
    private final HostReads reads;
    private final int stopBefore;
    private final List<Integer> inStep = new ArrayList<>();
    private int before;

    CopiesByStep(HostReads reads, int stopBefore) {
      this.reads = reads;
      this.stopBefore = stopBefore;
    }

    @Override
    public void begins(int epoch, int step, List<Trainer.Epoch> done) {
      before = reads.copies();
    }

    @Override
    public void stepDone(Trainer.Step step) {
      inStep.add(reads.copies() - before);
      before = reads.copies();
      if (inStep.size() == stopBefore) {
        throw new IllegalStateException("stopped here");
      }
    }

    @Override
    public void epochDone(Trainer.Epoch epoch) {
      before = reads.copies();
    }
  }

  private static ImageRecipe recipe(Distilling.Kind kind) {
    ImageRecipe micro = ImageRecipe.micro();
    return new ImageRecipe(
        2,
        4,
        micro.rates(),
        micro.optimiser(),
        micro.loss(),
        micro.mixing(),
        micro.distillation().as(kind),
        micro.dropPath(),
        micro.normEpsilon(),
        new Averaging(0.9, true),
        micro.pictures(),
        1,
        0,
        false);
  }

  private Deit train(Distilling.Kind kind, Checkpoints checkpoints, TrainingListener listener) {
    Kernels kernels = new Nd4jKernels(DataType.FLOAT);
    DeitSpec.Family family =
        kind == Distilling.Kind.NONE ? DeitSpec.Family.PLAIN : DeitSpec.Family.DISTILLED;
    Deit network = Deit.create(kernels, new DeitSpec(family, 32, 8, 16, 2, 2, 3, 0.1), 1);
    Teacher<ImageBatch> teacher = batch -> Nd4j.createFromArray(new float[batch.samples()][3])
        .addi(1)
        .addiRowVector(Nd4j.createFromArray(new float[] {0, 1, 2}));
    new ImageTraining(
            kernels,
            recipe(kind),
            new TintedPictures(16, 32, 1),
            new TintedPictures(8, 32, 2),
            0,
            1)
        .train(network, teacher, checkpoints, List.of(listener));
    return network;
  }

  @ParameterizedTest
  @EnumSource(Distilling.Kind.class)
  void aDeitTrainsIsSavedAndGoesOnWithoutHostMemory(Distilling.Kind kind) {
    try (HostReads reads = HostReads.watch()) {
      CopiesByStep whole = new CopiesByStep(reads, 0);
      Deit straight = train(kind, null, whole);
      Checkpoints checkpoints = new Checkpoints(folder.resolve(kind.name()), 3);
      assertThatThrownBy(() -> train(kind, checkpoints, new CopiesByStep(reads, 6)))
          .hasMessage("stopped here");
      Deit resumed = train(kind, checkpoints, new CopiesByStep(reads, 0));

      assertThat(reads.refused()).isEmpty();
      assertThat(whole.inStep)
          .hasSize(8)
          .containsOnly(kind == Distilling.Kind.NONE ? FIGURES - 1 : FIGURES);
      assertThat(weights(resumed.parameters()))
          .usingElementComparator(java.util.Arrays::compare)
          .containsExactlyElementsOf(weights(straight.parameters()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"residual", "total", "buckets"})
  void aStudentTrainsIsSavedAndForecastsWithoutHostMemory(String objective) {
    RunConfig config = RunConfig.of(
        "data.simulated.assets=12",
        "data.simulated.days=360",
        "data.minimumAssets=6",
        "folds.train=160",
        "folds.validation=30",
        "folds.test=60",
        "student.width=8",
        "student.depth=1",
        "student.heads=2",
        "training.epochs=1",
        "training.batch=256",
        "objective.kind=" + objective);
    Study study = Study.of(ObservedMarket.read(config.data()).data(), config.study());
    FactorTeaching teaching = FactorTeaching.of(study);
    FoldPlan.Fold fold = study.folds().get(0);
    try (HostReads reads = HostReads.watch()) {
      for (Variant variant : new Variant[] {Variant.DISTILLED, Variant.UNDISTILLED}) {
        Kernels kernels = new Nd4jKernels(DataType.FLOAT);
        CopiesByStep steps = new CopiesByStep(reads, 0);
        StudentFit fit = StudentFit.of(kernels, study, teaching, fold, variant, 1, steps);
        Path file = folder.resolve(variant.label() + ".safetensors");
        fit.student().save(file);
        AlphaStudent read = AlphaStudent.load(file, study, variant, kernels);
        var samples = study.labelled(fold.validation());

        assertThat(read.forecast(study, samples).forecast())
            .isEqualTo(fit.student().forecast(study, samples).forecast());
        assertThat(reads.refused()).isEmpty();
        int answers = objective.equals("buckets") ? 1 : 0; // a linear model's, put into classes
        assertThat(steps.inStep)
            .isNotEmpty()
            .containsOnly(variant == Variant.DISTILLED ? FIGURES + answers : FIGURES - 1);
      }
    }
  }

  @Test
  void theWatchSeesWhatItIsThereFor() {
    try (HostReads reads = HostReads.watch()) {
      INDArray x = Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}});
      assertThat(HostCopy.rows(x)).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
      assertThat(reads.copies()).isEqualTo(1);
      assertThatThrownBy(() -> x.getDouble(1, 1)).isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> x.getRow(1).getFloat(0)).isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> x.mul(2).sumNumber()).isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> x.mmul(x).toDoubleMatrix()).isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> x.castTo(DataType.DOUBLE).data().pointer())
          .isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> x.data().asNioFloat()).isInstanceOf(AssertionError.class);
      assertThat(reads.refused()).hasSize(6).allMatch(read -> read.contains("HostMemoryTest"));
    }
    assertThat(Nd4j.createFromArray(1f, 2f).getFloat(1)).as("afterwards").isEqualTo(2);
  }

  private static List<double[]> weights(List<Parameter> parameters) {
    return parameters.stream()
        .map(parameter -> HostCopy.doubles(parameter.value()))
        .toList();
  }
}

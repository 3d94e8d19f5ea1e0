package alphadistill.vision.train;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.image.ImageBatch;
import alphadistill.data.testing.ReadmeLines;
import alphadistill.engine.Teacher;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.loss.Distillation.Soft.Normalisation;
import alphadistill.engine.train.Trainer;
import alphadistill.vision.deit.Deit;
import alphadistill.vision.deit.DeitPreset;
import alphadistill.vision.images.ImageSet;
import alphadistill.vision.images.Subset;
import alphadistill.vision.onnx.OnnxExport;
import alphadistill.vision.recipe.Distilling;
import alphadistill.vision.recipe.ImageRecipe;
import alphadistill.vision.weights.DeitWeights;
import alphadistill.vision.weights.Naming;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of use in the README, compiled and run. */
class ReadmeTest {
  private final ImageSet pictures = new ColouredSquares(200, 1, 32);
  private final Teacher<ImageBatch> teacher = ColouredSquares.teacher();

  @TempDir
  private Path folder;

  @Test
  void theLinesOfUseRun() {
    // begin
    Kernels kernels = new CpuKernels(2);
    ImageRecipe recipe = ImageRecipe.micro()
        .with(new Distilling(Distilling.Kind.SOFT, 0.5, 3, Normalisation.SAMPLES));
    Deit student = Deit.create(kernels, DeitPreset.NANO.spec().distilled().withClasses(3), 1);
    Subset.Split split = Subset.holdOut(pictures, 0.1, 1);

    Trainer.Outcome outcome = new ImageTraining(
            kernels, recipe, split.kept(), split.heldOut(), 0.01, 1)
        .train(student, teacher, null, List.of());
    DeitWeights.write(folder.resolve("student.safetensors"), student, Naming.TIMM, Map.of());
    OnnxExport.write(folder.resolve("student.onnx"), student, Map.of());
    // end

    assertThat(outcome.bestValidation()).isBetween(0.3, 1.0);
    assertThat(folder.resolve("student.onnx")).isNotEmptyFile();
  }

  @Test
  void theReadmeShowsExactlyTheseLines() {
    ReadmeLines.requireShown(ReadmeTest.class);
  }
}

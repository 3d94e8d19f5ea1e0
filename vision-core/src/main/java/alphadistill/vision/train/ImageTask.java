package alphadistill.vision.train;

import alphadistill.augment.image.ImageBatch;
import alphadistill.engine.Heads;
import alphadistill.engine.Network;
import alphadistill.engine.Teacher;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.loss.Loss;
import alphadistill.engine.loss.Targets;
import alphadistill.engine.train.Trainer;
import alphadistill.vision.evaluate.Predictions;
import alphadistill.vision.recipe.ClassLoss;
import alphadistill.vision.recipe.ImageRecipe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pictures as the engine's trainer wants them. The teacher is handed the batch that was augmented and mixed. */
final class ImageTask implements Trainer.Task<ImageBatch> {
  private final Kernels kernels;
  private final ImageRecipe recipe;
  private final AugmentedPictures training;
  private final Iterable<ImageBatch> validation;
  private final int classes;
  private final Teacher<ImageBatch> teacher;
  private final PictureInput input;
  private Predictions teacherNames; // of the validation pictures, which nothing is done to
  private Map<String, Double> figures = Map.of();

  /** @param teacher null without distillation */
  ImageTask(
      Kernels kernels,
      ImageRecipe recipe,
      AugmentedPictures training,
      Iterable<ImageBatch> validation,
      int classes,
      Teacher<ImageBatch> teacher) {
    this.kernels = kernels;
    this.recipe = recipe;
    this.training = training;
    this.validation = validation;
    this.classes = classes;
    this.teacher = teacher;
    this.input = new PictureInput(kernels);
  }

  @Override
  public List<ImageBatch> epoch(int epoch) {
    return training.epoch(epoch);
  }

  @Override
  public ImageBatch transform(ImageBatch batch, int epoch, int step) {
    return training.mix(batch, epoch, step);
  }

  @Override
  public INDArray inputs(ImageBatch batch) {
    return input.of(batch);
  }

  @Override
  public Teacher<ImageBatch> teacher() {
    return teacher;
  }

  @Override
  public Loss loss(Heads heads, ImageBatch batch, INDArray teacherAnswer) {
    return recipe
        .distillation()
        .loss()
        .of(
            heads,
            recipe.loss().distance(),
            targets(batch, recipe.loss(), classes, kernels.type()),
            teacherAnswer);
  }

  /** What the class head is to say (N, C). */
  static INDArray targets(ImageBatch batch, ClassLoss loss, int classes, DataType type) {
    INDArray mixed = Targets.mixed(
        longs(batch.labels()),
        longs(batch.partners()),
        batch.shares(),
        classes,
        loss.smoothing(),
        type);
    // the binary loss asks which classes are in the picture at all (DeiT III)
    return loss.kind() == ClassLoss.Kind.BINARY ? mixed.gt(0).castTo(type) : mixed;
  }

  /** Share of the validation pictures that both heads together name rightly. */
  @Override
  public double validate(Network network) {
    Answers answers = Answers.of(network, kernels, validation);
    Map<String, Double> made = new LinkedHashMap<>();
    if (answers.distHead() != null) {
      made.put("accuracyClassHead", answers.accuracy(answers.classHead()));
      made.put("accuracyDistHead", answers.accuracy(answers.distHead()));
    }
    if (teacher != null) {
      if (teacherNames == null) {
        teacherNames = Predictions.of("teacher", Answers.of(teacher, validation));
      }
      made.put(
          "agreementWithTeacher",
          1 - Predictions.of("both heads", answers.both()).differsFrom(teacherNames));
    }
    figures = made;
    return answers.accuracy(answers.both());
  }

  @Override
  public Map<String, Double> figures() {
    return figures;
  }

  @Override
  public String describe(int epoch, int step) {
    return training.describe(epoch, step);
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }
}

package alphadistill.vision.train;

import alphadistill.augment.image.ImageBatch;
import alphadistill.engine.Heads;
import alphadistill.engine.Network;
import alphadistill.engine.Teacher;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.loss.DistillationLoss;
import alphadistill.engine.loss.Loss;
import alphadistill.engine.train.Trainer;
import alphadistill.vision.evaluate.Predictions;
import alphadistill.vision.recipe.ImageRecipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pictures as the engine's trainer wants them. The teacher is handed the batch that was augmented and mixed. */
final class ImageTask implements Trainer.Task<ImageBatch> {
  private final Kernels kernels;
  private final AugmentedPictures training;
  private final Iterable<ImageBatch> validation;
  private final Teacher<ImageBatch> teacher;
  private final PictureInput input;
  private final PictureTargets targets;
  private final DistillationLoss objective;
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
    this.training = training;
    this.validation = validation;
    this.teacher = teacher;
    this.input = new PictureInput(kernels);
    this.targets = new PictureTargets(kernels, recipe.loss(), classes);
    this.objective = new DistillationLoss(
        kernels, recipe.loss().distance(), recipe.distillation().loss());
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
    return objective.of(heads, targets.of(batch), teacherAnswer);
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
}

package alphadistill.student.learn;

import alphadistill.augment.window.Augmentation;
import alphadistill.augment.window.WindowBatch;
import alphadistill.augment.window.WindowTransform;
import alphadistill.engine.Heads;
import alphadistill.engine.Network;
import alphadistill.engine.Teacher;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.loss.Loss;
import alphadistill.engine.train.Trainer;
import alphadistill.student.sample.CrossSection;
import alphadistill.student.sample.DateGroups;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.Study;
import alphadistill.student.window.Windows;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One fold's training as the engine's trainer wants it. */
final class StudentTask implements Trainer.Task<WindowBatch> {
  private final Study study;
  private final Windows windows;
  private final DateGroups groups;
  private final Samples validation;
  private final Windows.TeacherRows teacherRows;
  private final Teacher<WindowBatch> teacher;
  private final Augmentation augmentation;
  private final Objective objective;
  private final BatchLoss loss;
  private final Tokens tokens;
  private final long seed;

  /** @param teacher null for an undistilled student */
  StudentTask(
      Kernels kernels,
      Study study,
      DateGroups groups,
      Samples validation,
      Windows.TeacherRows teacherRows,
      Teacher<WindowBatch> teacher,
      Augmentation augmentation,
      Objective objective,
      Tokens tokens,
      long seed) {
    this.study = study;
    this.windows = new Windows(study);
    this.groups = groups;
    this.validation = validation;
    this.teacherRows = teacherRows;
    this.teacher = teacher;
    this.augmentation = augmentation;
    this.objective = objective;
    this.loss = objective.loss(kernels, teacher != null);
    this.tokens = tokens;
    this.seed = seed;
  }

  /** Batches are gathered one at a time, as the trainer walks through them. */
  @Override
  public List<WindowBatch> epoch(int epoch) {
    List<int[]> rows = groups.epoch(epoch);
    return new java.util.AbstractList<>() {
      @Override
      public WindowBatch get(int step) {
        return windows.batch(groups.samples(), rows.get(step), teacherRows);
      }

      @Override
      public int size() {
        return rows.size();
      }
    };
  }

  @Override
  public WindowBatch transform(WindowBatch batch, int epoch, int step) {
    return augmentation.apply(batch, new WindowTransform.Key(seed, epoch, step));
  }

  @Override
  public INDArray inputs(WindowBatch batch) {
    return tokens.of(batch.windows());
  }

  @Override
  public Teacher<WindowBatch> teacher() {
    return teacher;
  }

  @Override
  public Loss loss(Heads heads, WindowBatch batch, INDArray teacherAnswer) {
    return loss.of(heads, batch, teacherAnswer);
  }

  /** Mean rank correlation of forecast and target over the validation dates. */
  @Override
  public double validate(Network network) {
    double[] forecast =
        new AlphaStudent(network, objective, tokens).forecast(study, validation).forecast();
    double[] target = new double[validation.size()];
    Arrays.setAll(target, i -> study.target(validation.day()[i], validation.asset()[i]));
    return CrossSection.meanRankCorrelation(validation, forecast, target);
  }
}

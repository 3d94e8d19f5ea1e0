package alphadistill.student.learn;

import alphadistill.augment.window.Augmentation;
import alphadistill.augment.window.WindowBatch;
import alphadistill.engine.Teacher;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.engine.device.MemoryNeed;
import alphadistill.engine.kernels.BatchInput;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.optim.AdamW;
import alphadistill.engine.optim.GradientClip;
import alphadistill.engine.optim.Schedule;
import alphadistill.engine.train.Trainer;
import alphadistill.engine.train.TrainingListener;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.fold.Span;
import alphadistill.student.sample.DateGroups;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.ObjectiveSpec;
import alphadistill.student.study.Study;
import alphadistill.student.study.StudySpec;
import alphadistill.student.study.TrainingSpec;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.student.window.Windows;
import java.util.List;

/**
 * Trains the student of one fold, seed and variant: a pure function of the study, whatever else runs beside it.
 *
 * <p>For a training day the teacher answers as it was known at that day's close, never by a fit that has seen the label.
 * Training starts when there is such a teacher, for the undistilled student too, so that both see the same samples.
 *
 * <pre>{@code
 * StudentFit fit = StudentFit.of(kernels, study, teaching, fold, Variant.DISTILLED, 1, epoch -> {});
 * double[] forecast = fit.student().forecast(study, samples).forecast();
 * }</pre>
 *
 * @param student with the weights of its best epoch
 * @param outcome how training went
 * @param samples number of training samples
 */
public record StudentFit(AlphaStudent student, Trainer.Outcome outcome, int samples) {
  /** Assets of a date that stay together in a batch, so that mixup finds partners. */
  private static final int COMPANY = 16;

  /**
   * @param kernels of this training alone
   * @throws IllegalArgumentException if the fold has no samples, or augmentation cannot treat the features
   */
  public static StudentFit of(
      Kernels kernels,
      Study study,
      FactorTeaching teaching,
      FoldPlan.Fold fold,
      Variant variant,
      long seed,
      TrainingListener listener) {
    StudySpec spec = study.spec();
    Samples train = study.labelled(teaching.trainable(fold));
    Samples validation = study.labelled(fold.validation());
    requireSome(train, fold.train(), study, "training");
    requireSome(validation, fold.validation(), study, "validation");

    StudentNetwork made = StudentNetwork.of(kernels, study, variant.hasToken(), seed);
    Objective objective = objective(study, teaching, fold, train, variant);
    Windows windows = new Windows(study);
    Augmentation augmentation = spec.augmentation()
        .over(windows.history(fold.train(), teaching), spec.training().epochs());
    augmentation.requireFits(study.schema());

    TrainingSpec training = spec.training();
    StudentTask task = new StudentTask(
        made.kernels(),
        study,
        new DateGroups(train, training.batch(), Math.min(COMPANY, training.batch()), seed),
        validation,
        teaching::inputs,
        variant.isTaught() ? teacher(made.kernels(), teaching) : null,
        augmentation,
        objective,
        made.tokens(),
        seed);
    Trainer.Recipe recipe = new Trainer.Recipe(
        training.epochs(),
        new Schedule.WarmCosine(training.rate(), training.warmUp(), training.epochs()),
        new GradientClip(training.clip()),
        training.average(),
        training.patience(),
        seed,
        true,
        training.recompute());
    Trainer.Outcome outcome = new Trainer<>(
            made.kernels(), made.network(), task, recipe, List.of(listener))
        .train(new AdamW(
            made.kernels(),
            made.network().parameters(),
            AdamW.Spec.withDecay(training.weightDecay())));
    return new StudentFit(
        new AlphaStudent(made.network(), objective, made.tokens()), outcome, train.size());
  }

  /** What a training of the largest variant takes of its device. */
  public static MemoryNeed memory(Study study, ComputeDevice device) {
    StudySpec spec = study.spec();
    int features = study.schema().features();
    return MemoryNeed.ofTraining(
        device,
        StudentNetwork.body(spec, true),
        spec.window().tokens(),
        (long) spec.window().lookback() * features,
        false,
        spec.training().batch(),
        spec.training().average() > 0,
        spec.training().recompute());
  }

  private static Objective objective(
      Study study, FactorTeaching teaching, FoldPlan.Fold fold, Samples train, Variant variant) {
    double[] labels = new double[train.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = study.target(train.day()[i], train.asset()[i]);
    }
    double[] answers = variant.isTaught()
        ? teaching.answers(train.day(), train.asset(), n -> teaching.asOf(train.day()[n]))
        : null;
    ObjectiveSpec spec = study.spec().objective();
    BucketEdges edges = spec.kind() == ObjectiveSpec.Kind.BUCKETS
        ? BucketEdges.of(study, everyDay(study, teaching.trainable(fold)), spec.buckets())
        : null;
    return Objective.fit(spec, variant, labels, answers, edges);
  }

  /** Labelled samples of every day, because a sub-period may end between signal days. */
  private static Samples everyDay(Study study, Span span) {
    return study.labelledEveryDay(study.forecastable(span));
  }

  private static Teacher<WindowBatch> teacher(Kernels kernels, FactorTeaching teaching) {
    BatchInput answers = new BatchInput(kernels, 1);
    return batch -> answers.of(teaching.answers(
        batch.teacherInputs(), n -> teaching.asOf(batch.origins().get(n).day())));
  }

  private static void requireSome(Samples samples, Span span, Study study, String what) {
    if (samples.size() == 0) {
      throw new IllegalArgumentException(
          "no %s samples from %s to %s: no date has %d assets with features and labels"
              .formatted(
                  what,
                  study.dates().get(span.first()),
                  study.dates().get(span.last()),
                  study.spec().minimumAssets()));
    }
  }
}

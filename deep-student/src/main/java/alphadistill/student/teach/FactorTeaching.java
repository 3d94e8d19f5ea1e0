package alphadistill.student.teach;

import alphadistill.augment.window.TeacherInputs;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.fold.Span;
import alphadistill.student.study.Study;
import alphadistill.teacher.FactorHistory;
import alphadistill.teacher.LinearFactorModel;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A study's linear factor models, one for each day from that day's past alone: made once, for all folds. Answers are in
 * the unit of the study's targets, deviations of a date's cross-section. Safe for use by several threads.
 *
 * <pre>{@code
 * FactorTeaching teaching = FactorTeaching.of(study);
 * LinearFactorModel model = teaching.asOf(day);
 * double expected = teaching.answers(inputs, n -> model)[0];
 * }</pre>
 */
public abstract class FactorTeaching {
  private static final int AT_A_TIME = 1024;

  private final Study study;
  private final FactorHistory history;
  private final int firstDay;
  private final Map<Integer, LinearFactorModel> models = new ConcurrentHashMap<>();

  /** @param earliest first day on which answers have a unit, whatever the models */
  FactorTeaching(Study study, FactorHistory history, int earliest) {
    this.study = study;
    this.history = history;
    this.firstDay = Math.max(earliest, study.prices().dayIndex(history.firstDay()));
  }

  /**
   * Fits the study's teacher.
   *
   * @throws IllegalArgumentException if the study's data cannot identify it on any day; the message says why
   */
  public static FactorTeaching of(Study study) {
    return study.spec().teacher().type().seesCharacteristics()
        ? new CharacteristicTeaching(study)
        : ReturnTeaching.fitted(study);
  }

  /** Index of the first day with a model that answers. */
  public int firstDay() {
    return firstDay;
  }

  /**
   * The training span of a fold from the first day with a model.
   *
   * @throws IllegalArgumentException if there is none in it
   */
  public Span trainable(FoldPlan.Fold fold) {
    if (firstDay > fold.train().last()) {
      throw new IllegalArgumentException(
          "the teacher has its first model on %s, after the training span %s to %s of fold %d: use a longer folds.train or a smaller teacher.minimum"
              .formatted(
                  study.dates().get(firstDay),
                  study.dates().get(fold.train().first()),
                  study.dates().get(fold.train().last()),
                  fold.index()));
    }
    return new Span(Math.max(fold.train().first(), firstDay), fold.train().last());
  }

  /** The model that knows the closes up to a day and nothing later. */
  public LinearFactorModel asOf(int day) {
    return models.computeIfAbsent(day, d -> history.asOf(study.dates().get(d)));
  }

  /** What the teacher needs about samples, as observed: {@code n}-th sample on {@code day[n]} of {@code asset[n]}. */
  public abstract TeacherInputs inputs(int[] day, int[] asset);

  /**
   * Expected return of each sample, over the label's days.
   *
   * @param model that answers for the n-th sample
   * @return deviations of a date's cross-section
   */
  public abstract double[] answers(TeacherInputs inputs, ModelOf model);

  /**
   * As {@link #answers(TeacherInputs, ModelOf)}, for samples as observed. Some at a time: a teacher on returns needs a
   * year of numbers for each, which for all samples of a fold would be more than the heap.
   */
  public final double[] answers(int[] day, int[] asset, ModelOf model) {
    double[] answers = new double[day.length];
    for (int from = 0; from < day.length; from += AT_A_TIME) {
      int first = from;
      int to = Math.min(from + AT_A_TIME, day.length);
      TeacherInputs some =
          inputs(Arrays.copyOfRange(day, from, to), Arrays.copyOfRange(asset, from, to));
      double[] part = answers(some, n -> model.get(first + n));
      System.arraycopy(part, 0, answers, from, part.length);
    }
    return answers;
  }

  /** The asset's return the teacher regresses, NaN where it regresses none. */
  public double assetReturn(int day, int asset) {
    return Double.NaN;
  }

  /** Return of one of the teacher's factors, NaN where it has none. */
  public double factorReturn(int day, int factor) {
    return Double.NaN;
  }

  /** Index of the first day of which {@link #inputs} may hold everything. */
  public int firstHistoryDay() {
    return 0;
  }

  /** Which model answers for a sample. */
  @FunctionalInterface
  public interface ModelOf {
    LinearFactorModel get(int sample);
  }

  final Study study() {
    return study;
  }
}

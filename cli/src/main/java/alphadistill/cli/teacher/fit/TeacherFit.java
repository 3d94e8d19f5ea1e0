package alphadistill.cli.teacher.fit;

import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.teacher.Exposures;
import alphadistill.teacher.LinearFactorModel;
import java.time.LocalDate;
import java.util.List;

/**
 * What became of a study's teacher.
 *
 * <pre>{@code
 * TeacherFit fit = TeacherFit.of(study, FactorTeaching.of(study), () -> {});
 * double t = fit.outOfSample().rankIc().hac().t();
 * }</pre>
 *
 * @param type as in configurations
 * @param horizon trading days of the label
 * @param lag trading days from signal to fill
 * @param asOf last day of the data
 * @param model as it is known at the close of that day
 * @param path models through time
 * @param outOfSample forecasts against labels
 * @param map how much exposures explain
 * @param diagnosis whether factors can be told apart, stay what they are and leave noise over
 */
public record TeacherFit(
    String type,
    int horizon,
    int lag,
    LocalDate asOf,
    LinearFactorModel model,
    ModelPath path,
    OutOfSample outOfSample,
    FitMap map,
    Diagnosis diagnosis) {

  /**
   * Follows a teacher through its study.
   *
   * @param day told of each day that has been forecast; there are {@link #days} of them
   * @throws alphadistill.data.DataException if no date has both a forecast and a label
   */
  public static TeacherFit of(Study study, FactorTeaching teaching, Runnable day) {
    Forecasts forecasts = Forecasts.of(study, teaching, day);
    ModelPath path = ModelPath.of(study, teaching);
    int last = study.dates().size() - 1;
    LinearFactorModel model = teaching.asOf(last);
    Anatomy anatomy = model.exposures() instanceof Exposures.RegressionBetas
        ? new ReturnAnatomy(study, teaching, forecasts)
        : new CharacteristicAnatomy(study, teaching, forecasts);
    return new TeacherFit(
        study.spec().teacher().type().word(),
        study.spec().label().horizon(),
        study.spec().label().lag(),
        study.dates().get(last),
        model,
        path,
        OutOfSample.of(study, forecasts),
        anatomy.map(),
        Diagnosis.of(study, forecasts, path, anatomy));
  }

  /** How many days {@link #of} looks at. */
  public static int days(Study study, FactorTeaching teaching) {
    return study.dates().size() - teaching.firstDay();
  }

  /** Names of the factors or characteristics. */
  public List<String> factors() {
    return model.factors();
  }

  /** Whether exposures are betas estimated on returns, not given characteristics. */
  public boolean onReturns() {
    return model.exposures() instanceof Exposures.RegressionBetas;
  }

  /** What a premium of one is. */
  public String unit() {
    return onReturns()
        ? "decimal return over %d days for a beta of one".formatted(horizon)
        : "deviations of the date's %d-day returns for a characteristic of one".formatted(horizon);
  }
}

package alphadistill.student.teach;

import alphadistill.engine.TeacherRefusedException;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.sample.CrossSection;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.Study;
import alphadistill.teacher.regression.NeweyWest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lets a teacher teach only if it forecasts well enough inside the training span of every fold: rank correlation of its
 * answers with the targets on each training date, each answer by the model of its day, which has not seen the label. No
 * label of a validation or test day is read.
 *
 * @param leastT smallest t statistic of a fold's mean rank correlation, Newey-West with a lag of at least the labels'
 *     overlap; positive
 */
public record TeacherGate(double leastT) {

  public TeacherGate {
    if (!(leastT > 0)) {
      throw new IllegalArgumentException(
          "a gate asks for a positive t statistic, was %s".formatted(leastT));
    }
  }

  /**
   * What a teacher scored in a fold's training span.
   *
   * @param fold its index
   * @param dates training dates that have a rank correlation
   * @param rankIc their mean; NaN for none
   * @param t its Newey-West t statistic; NaN for fewer than two dates
   */
  public record Score(int fold, int dates, double rankIc, double t) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "rank IC %.4f with HAC t %.2f on %d training dates of fold %d",
          rankIc,
          t,
          dates,
          fold);
    }
  }

  /**
   * Scores of all folds.
   *
   * @throws TeacherRefusedException if one lies below the bar
   */
  public List<Score> require(Study study, FactorTeaching teaching) {
    Map<Integer, Double> known = new HashMap<>(); // folds share most of their training dates
    List<Score> scores = new ArrayList<>();
    for (FoldPlan.Fold fold : study.folds()) {
      Score score = score(study, teaching, fold, known);
      if (!(score.t() >= leastT)) {
        throw new TeacherRefusedException(
            "teacher %s is refused: %s, and teacher.gate asks for a t of %s; take another teacher, give it more history or lower the gate"
                .formatted(study.spec().teacher().type().word(), score, leastT));
      }
      scores.add(score);
    }
    return scores;
  }

  /** The score of one fold, whatever the bar. */
  static Score score(Study study, FactorTeaching teaching, FoldPlan.Fold fold) {
    return score(study, teaching, fold, new HashMap<>());
  }

  private static Score score(
      Study study, FactorTeaching teaching, FoldPlan.Fold fold, Map<Integer, Double> known) {
    Samples train = study.labelled(teaching.trainable(fold));
    int[] starts = train.dayStarts();
    double[] correlations = new double[starts.length - 1];
    for (int d = 0; d < correlations.length; d++) {
      Samples date = train.select(starts[d], starts[d + 1]);
      correlations[d] =
          known.computeIfAbsent(date.day()[0], day -> correlation(study, teaching, date));
    }
    double[] series = Arrays.stream(correlations).filter(Double::isFinite).toArray();
    double mean = Arrays.stream(series).average().orElse(Double.NaN);
    return new Score(fold.index(), series.length, mean, t(series, mean, overlap(study)));
  }

  private static double correlation(Study study, FactorTeaching teaching, Samples date) {
    int day = date.day()[0];
    double[] answers = teaching.answers(date.day(), date.asset(), n -> teaching.asOf(day));
    double[] targets = Arrays.stream(date.asset())
        .mapToDouble(asset -> study.target(day, asset))
        .toArray();
    return CrossSection.rankCorrelation(answers, targets, 0, targets.length);
  }

  private static double t(double[] series, double mean, int overlap) {
    return series.length < 2
        ? Double.NaN
        : mean / NeweyWest.errorOfMean(series, NeweyWest.ruleLag(series.length, overlap));
  }

  /** Training dates that a label reaches over, its own among them. */
  private static int overlap(Study study) {
    int stride = study.spec().folds().stride();
    return (study.spec().label().horizon() + stride - 1) / stride;
  }
}

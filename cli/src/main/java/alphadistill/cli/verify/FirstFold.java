package alphadistill.cli.verify;

import alphadistill.engine.device.ComputeDevice;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.forecast.Baseline;
import alphadistill.student.forecast.FoldScores;
import alphadistill.student.learn.AlphaStudent;
import alphadistill.student.learn.StudentFit;
import alphadistill.student.learn.Variant;
import alphadistill.student.sample.CrossSection;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything a study fits and says in its first fold, with its first seed.
 *
 * @param study seen
 * @param fold the first
 * @param teaching linear factor models of every day
 * @param students as trained
 * @param scores by model
 */
record FirstFold(
    Study study,
    FoldPlan.Fold fold,
    FactorTeaching teaching,
    Map<Variant, AlphaStudent> students,
    Map<String, FoldScores> scores) {

  /** @param device that students are trained on */
  static FirstFold of(Study study, ComputeDevice device) {
    FoldPlan.Fold fold = study.folds().get(0);
    FactorTeaching teaching = FactorTeaching.of(study);
    long seed = study.spec().training().seeds().get(0);
    Map<Variant, AlphaStudent> students = Collections.synchronizedMap(new EnumMap<>(Variant.class));
    Variant.of(study.spec().training()).parallelStream()
        .forEach(variant -> students.put(
            variant,
            StudentFit.of(device.kernels(1), study, teaching, fold, variant, seed, epoch -> {})
                .student()));
    Map<String, FoldScores> scores = new LinkedHashMap<>();
    for (Variant variant : Variant.of(study.spec().training())) {
      scores.put(variant.student(), FoldScores.of(study, fold, students.get(variant)));
    }
    for (Baseline baseline : new Baseline[] {Baseline.TEACHER, Baseline.RIDGE}) {
      scores.put(baseline.label(), baseline.forecast(study, teaching, fold));
    }
    return new FirstFold(study, fold, teaching, students, scores);
  }

  /** Mean rank correlation of a model's scores with the study's targets over the test days. */
  double rankIc(String model) {
    Samples test = test();
    double[] target = new double[test.size()];
    Arrays.setAll(target, i -> study.target(test.day()[i], test.asset()[i]));
    return CrossSection.meanRankCorrelation(
        test, scores.get(model).values(FoldScores.SCORE, test), target);
  }

  /**
   * Standard error of {@link #rankIc} when scores know nothing of targets and days are independent: a rank correlation
   * of n pairs has variance 1 / (n - 1).
   */
  double standardError() {
    int[] starts = test().dayStarts();
    int days = starts.length - 1;
    double variance = 0;
    for (int day = 0; day < days; day++) {
      variance += 1.0 / Math.max(1, starts[day + 1] - starts[day] - 1);
    }
    return Math.sqrt(variance) / days;
  }

  private Samples test() {
    return study.labelledEveryDay(study.forecastable(fold.test()));
  }
}

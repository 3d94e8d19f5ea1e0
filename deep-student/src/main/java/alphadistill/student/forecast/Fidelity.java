package alphadistill.student.forecast;

import alphadistill.student.sample.CrossSection;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.Study;
import java.util.Arrays;

/**
 * How far a student follows its teacher on the test days of a fold, and what it adds. Means over dates; NaN where
 * undefined.
 *
 * @param dist rank correlation of the distillation head with the teacher's answer
 * @param score rank correlation of the whole forecast with the teacher's answer
 * @param explained share of the forecast's variance across assets that a line through the teacher's answer explains
 * @param heads rank correlation of class head and distillation head
 * @param residualRankIc rank correlation of what the teacher does not explain of the forecast with the return that
 *     followed: the student's own alpha
 */
public record Fidelity(
    double dist, double score, double explained, double heads, double residualRankIc) {

  /** @param student and teacher of the same fold */
  public static Fidelity of(Study study, FoldScores student, FoldScores teacher) {
    Samples samples = study.forecastable(student.fold().test());
    double[] own = student.values(FoldScores.SCORE, samples);
    double[] classPart = student.values(FoldScores.CLASS_PART, samples);
    double[] distPart = student.values(FoldScores.DIST_PART, samples);
    double[] answer = teacher.values(FoldScores.SCORE, samples);
    double[] residual = own.clone();
    int[] starts = samples.dayStarts();
    double explained = 0;
    int days = 0;
    for (int d = 0; d + 1 < starts.length; d++) {
      double correlation = CrossSection.correlation(own, answer, starts[d], starts[d + 1]);
      if (Double.isFinite(correlation)) {
        explained += correlation * correlation;
        days++;
        removeLine(residual, answer, starts[d], starts[d + 1], correlation);
      }
    }
    return new Fidelity(
        CrossSection.meanRankCorrelation(samples, distPart, answer),
        CrossSection.meanRankCorrelation(samples, own, answer),
        days == 0 ? Double.NaN : explained / days,
        CrossSection.meanRankCorrelation(samples, classPart, distPart),
        residualRankIc(study, samples, residual));
  }

  private static void removeLine(
      double[] values, double[] answer, int from, int to, double correlation) {
    double slope = correlation
        * CrossSection.deviation(values, from, to)
        / CrossSection.deviation(answer, from, to);
    double mean = Arrays.stream(answer, from, to).sum() / (to - from);
    for (int i = from; i < to; i++) {
      values[i] -= slope * (answer[i] - mean);
    }
  }

  private static double residualRankIc(Study study, Samples samples, double[] residual) {
    Samples labelled = study.labelledEveryDay(samples);
    double[] target = new double[labelled.size()];
    double[] left = new double[labelled.size()];
    for (int i = 0, row = 0; i < target.length; i++, row++) {
      while (samples.day()[row] != labelled.day()[i]
          || samples.asset()[row] != labelled.asset()[i]) {
        row++;
      }
      left[i] = residual[row];
      target[i] = study.target(labelled.day()[i], labelled.asset()[i]);
    }
    return CrossSection.meanRankCorrelation(labelled, left, target);
  }
}

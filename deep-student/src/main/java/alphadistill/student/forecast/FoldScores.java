package alphadistill.student.forecast;

import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.learn.AlphaStudent;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.Study;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores of every test day of one fold, in deviations of the date's cross-section of forward returns.
 *
 * @param fold whose test days these are
 * @param scores test days x assets; field {@code score}, and {@code class} and {@code dist} for students; NaN where the
 *     asset is no sample
 */
public record FoldScores(FoldPlan.Fold fold, Panel scores) {
  public static final String SCORE = "score";
  public static final String CLASS_PART = "class";
  public static final String DIST_PART = "dist";

  /** Forecasts of a trained student. */
  public static FoldScores of(Study study, FoldPlan.Fold fold, AlphaStudent student) {
    Samples samples = study.forecastable(fold.test());
    AlphaStudent.Forecast forecast = student.forecast(study, samples);
    return of(
        study,
        fold,
        samples,
        List.of(SCORE, CLASS_PART, DIST_PART),
        forecast.forecast(),
        forecast.classPart(),
        forecast.distPart());
  }

  /** @param values one array for each field, one value for each sample */
  static FoldScores of(
      Study study, FoldPlan.Fold fold, Samples samples, List<String> fields, double[]... values) {
    int first = fold.test().first();
    Panel.Builder panel = Panel.builder(
        study.dates().subList(first, fold.test().last() + 1), study.prices().assets());
    for (int field = 0; field < fields.size(); field++) {
      float[] dense = new float[fold.test().length() * study.assets()];
      Arrays.fill(dense, Float.NaN);
      for (int i = 0; i < samples.size(); i++) {
        dense[(samples.day()[i] - first) * study.assets() + samples.asset()[i]] =
            (float) values[field][i];
      }
      panel.field(
          new FieldSpec(
              fields.get(field),
              "deviations",
              "expected forward return in deviations of its date, known at the close of the day",
              0),
          dense);
    }
    return new FoldScores(fold, panel.build());
  }

  /** Values of a field for samples of the fold's test days, in their order. */
  public double[] values(String field, Samples samples) {
    int index = scores.fieldIndex(field);
    double[] values = new double[samples.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          scores.value(index, samples.day()[i] - fold.test().first(), samples.asset()[i]);
    }
    return values;
  }

  /**
   * The scores of consecutive folds as one panel with the field {@code score}.
   *
   * @param folds in time order, at least one
   */
  public static Panel joined(List<FoldScores> folds) {
    return joined(folds, List.of(SCORE));
  }

  /**
   * Those fields of consecutive folds that the folds have, as one panel.
   *
   * @param folds in time order, at least one
   */
  public static Panel joined(List<FoldScores> folds, List<String> fields) {
    List<java.time.LocalDate> dates = new ArrayList<>();
    folds.forEach(fold -> dates.addAll(fold.scores().dates()));
    Panel first = folds.get(0).scores();
    Panel.Builder joined = Panel.builder(dates, first.assets());
    for (String name : fields) {
      if (first.hasField(name)) {
        joined.field(first.fields().get(first.fieldIndex(name)), joined(folds, name, dates.size()));
      }
    }
    return joined.build();
  }

  private static float[] joined(List<FoldScores> folds, String name, int days) {
    float[] all = new float[days * folds.get(0).scores().assetCount()];
    int at = 0;
    for (FoldScores fold : folds) {
      Panel panel = fold.scores();
      int field = panel.fieldIndex(name);
      for (int day = 0; day < panel.days(); day++) {
        System.arraycopy(panel.crossSection(field, day), 0, all, at, panel.assetCount());
        at += panel.assetCount();
      }
    }
    return all;
  }
}

package alphadistill.student.learn;

import alphadistill.engine.Heads;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.loss.Distance;
import alphadistill.engine.loss.Distillation;
import alphadistill.student.study.ObjectiveSpec;
import java.util.Map;

/**
 * What each head learns and how the heads make a forecast (DESIGN section 4). Labels, answers and forecasts are in
 * deviations of a date's cross-section; heads see them on scales fitted on the training samples.
 */
interface Objective {

  /**
   * The loss of one training; it owns arrays, which it uses again from step to step.
   *
   * @param taught whether there is a teacher
   */
  BatchLoss loss(Kernels kernels, boolean taught);

  /** Forecast of each sample and the two parts it is made of; the distillation part is NaN without that head. */
  Parts parts(Heads heads);

  /** What {@link #read} needs to make forecasts again. */
  Map<String, String> state();

  /** An objective that can turn heads into forecasts, but not train. */
  static Objective read(ObjectiveSpec spec, Variant variant, Map<String, String> state) {
    return spec.kind() == ObjectiveSpec.Kind.BUCKETS
        ? new BucketObjective(spec, null, null)
        : new RealObjective(
            spec,
            variant.hasToken() && spec.kind() == ObjectiveSpec.Kind.RESIDUAL,
            Scale.read(state, "class"),
            variant.hasToken() ? Scale.read(state, "dist") : null);
  }

  /** A forecast for each sample. */
  record Parts(double[] forecast, double[] classPart, double[] distPart) {}

  /**
   * The objective of one fold.
   *
   * @param labels targets of the training samples as observed
   * @param answers of the teacher for them; null without a teacher
   */
  static Objective fit(
      ObjectiveSpec spec, Variant variant, double[] labels, double[] answers, BucketEdges edges) {
    return switch (spec.kind()) {
      case RESIDUAL ->
        !variant.hasToken()
            ? RealObjective.alone(spec, labels)
            : RealObjective.residual(spec, labels, answers);
      case TOTAL ->
        !variant.hasToken()
            ? RealObjective.alone(spec, labels)
            : RealObjective.total(spec, labels, answers);
      case BUCKETS ->
        new BucketObjective(
            spec,
            edges,
            answers == null ? null : BucketObjective.AnswerQuantiles.of(answers, spec.buckets()));
    };
  }

  /** Squares, or Huber beyond the given number of deviations. */
  static Distance distance(ObjectiveSpec spec) {
    return spec.huber() == 0 ? new Distance.Squared() : new Distance.Huber(spec.huber());
  }

  /** The real-valued teaching of a head, or none. */
  static Distillation scores(ObjectiveSpec spec, boolean taught) {
    return taught
        ? new Distillation.Score(spec.teacherShare(), distance(spec))
        : new Distillation.None();
  }
}

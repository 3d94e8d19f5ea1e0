package alphadistill.student.learn;

import alphadistill.augment.window.WindowBatch;
import alphadistill.engine.Heads;
import alphadistill.engine.loss.Distance;
import alphadistill.engine.loss.Distillation;
import alphadistill.engine.loss.Loss;
import alphadistill.student.study.ObjectiveSpec;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What each head learns and how the heads make a forecast (DESIGN section 4). Labels, answers and forecasts are in
 * deviations of a date's cross-section; heads see them on scales fitted on the training samples.
 */
interface Objective {

  /**
   * The loss of a batch.
   *
   * @param answers of the teacher for the same batch (N, 1); null without a teacher
   */
  Loss loss(Heads heads, WindowBatch batch, INDArray answers);

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

package alphadistill.student.study;

/**
 * What the two heads learn (DESIGN section 4).
 *
 * @param kind division of work between the heads
 * @param teacherShare share of the loss that the teacher's term gets, in [0, 1]
 * @param huber distance, in standard deviations of the target, beyond which errors count linearly; 0 for plain
 *     squares
 * @param buckets number of cross-sectional quantiles, for {@code BUCKETS} only
 * @param temperature of soft distillation, for {@code BUCKETS} only; 0 for hard distillation
 */
public record ObjectiveSpec(
    Kind kind, double teacherShare, double huber, int buckets, double temperature) {

  /** Division of work between class head and distillation head. */
  public enum Kind {
    /** Class head: label minus the teacher's expected return; distillation head: the latter. Forecast: their sum. */
    RESIDUAL,
    /** Both heads learn the whole return, one from the label and one from the teacher. Forecast: their mean. */
    TOTAL,
    /** Both heads classify the cross-sectional quantile of the return, as DeiT classifies images. */
    BUCKETS
  }

  public ObjectiveSpec {
    if (!(teacherShare >= 0 && teacherShare <= 1)) {
      throw new IllegalArgumentException("teacherShare must be in [0, 1], was " + teacherShare);
    }
    if (!(huber >= 0)) {
      throw new IllegalArgumentException(
          "huber must be 0 (plain squares) or positive, was " + huber);
    }
    if (kind == Kind.BUCKETS && buckets < 2) {
      throw new IllegalArgumentException("buckets must be at least 2, was " + buckets);
    }
    if (!(temperature >= 0)) {
      throw new IllegalArgumentException(
          "temperature must be 0 (hard distillation) or positive, was " + temperature);
    }
  }

  /** Outputs of each head. */
  public int outputs() {
    return kind == Kind.BUCKETS ? buckets : 1;
  }
}

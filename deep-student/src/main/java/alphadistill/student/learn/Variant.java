package alphadistill.student.learn;

import alphadistill.student.study.TrainingSpec;
import java.util.List;

/** The same student with and without a teacher; the comparison is the point. */
public enum Variant {
  /** Class token and distillation token, taught by labels and by the linear factor model. */
  DISTILLED,
  /** Class token alone, whose head is taught by labels and by the linear factor model: distillation without a token. */
  CLASS_ONLY,
  /** Class token alone, taught by labels alone. */
  UNDISTILLED;

  /** Those that are trained, in the order of tables. */
  public static List<Variant> of(TrainingSpec spec) {
    return spec.classOnly()
        ? List.of(DISTILLED, CLASS_ONLY, UNDISTILLED)
        : List.of(DISTILLED, UNDISTILLED);
  }

  /** Whether it has a distillation token. */
  public boolean hasToken() {
    return this == DISTILLED;
  }

  /** Whether it learns from the teacher. */
  public boolean isTaught() {
    return this != UNDISTILLED;
  }

  /** Name of the student in tables of models. */
  public String student() {
    return label() + " student";
  }

  /** Lower-case name, as in folders. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}

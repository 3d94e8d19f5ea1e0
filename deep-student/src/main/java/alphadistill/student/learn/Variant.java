package alphadistill.student.learn;

/** The same student with and without a teacher; the comparison is the point. */
public enum Variant {
  /** Class token and distillation token, taught by labels and by the linear factor model. */
  DISTILLED,
  /** Class token alone, taught by labels alone. */
  UNDISTILLED;

  /** Lower-case name, as in tables and folders. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}

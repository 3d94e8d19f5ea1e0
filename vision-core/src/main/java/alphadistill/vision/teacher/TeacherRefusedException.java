package alphadistill.vision.teacher;

/** A teacher that is not good enough to teach; the message names it, the set, its accuracy and the bar. */
public final class TeacherRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TeacherRefusedException(String message) {
    super(message);
  }
}

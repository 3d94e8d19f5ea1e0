package alphadistill.engine;

/** A teacher that is not good enough to teach; the message names it, what was measured and the bar. */
public final class TeacherRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TeacherRefusedException(String message) {
    super(message);
  }
}

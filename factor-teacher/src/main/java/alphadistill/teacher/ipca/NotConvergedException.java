package alphadistill.teacher.ipca;

/** An iteration that ended before its numbers stood still; what it had reached is not to be used. */
public final class NotConvergedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  NotConvergedException(String message) {
    super(message);
  }
}

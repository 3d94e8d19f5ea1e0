package alphadistill.teacher.regression;

/** Regressors that are linear combinations of one another; the message names them. */
public final class CollinearRegressorsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public CollinearRegressorsException(String message) {
    super(message);
  }
}

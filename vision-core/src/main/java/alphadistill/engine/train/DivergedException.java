package alphadistill.engine.train;

/** A training whose loss or gradients are no longer finite; the message says at which step, on what, and what to do. */
public final class DivergedException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  public DivergedException(String message) {
    super(message);
  }
}

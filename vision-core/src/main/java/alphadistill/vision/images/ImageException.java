package alphadistill.vision.images;

/** Pictures or labels that cannot be used; the message says which, why, and what to do. */
public final class ImageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ImageException(String message) {
    super(message);
  }

  public ImageException(String message, Throwable cause) {
    super(message, cause);
  }
}

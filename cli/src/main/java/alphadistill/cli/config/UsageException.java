package alphadistill.cli.config;

/** A command line or configuration that cannot be run as it stands; one line that names place, value and remedy. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}

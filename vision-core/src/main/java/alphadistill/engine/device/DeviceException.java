package alphadistill.engine.device;

/** A device that cannot be used, or that a training does not fit; the message says why and what to do. */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DeviceException(String message) {
    super(message);
  }

  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}

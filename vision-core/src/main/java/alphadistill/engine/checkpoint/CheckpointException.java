package alphadistill.engine.checkpoint;

/** A file of tensors that cannot be read as it stands; one line that names the file and what is wrong. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CheckpointException(String message) {
    super(message);
  }
}

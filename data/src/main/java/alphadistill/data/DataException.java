package alphadistill.data;

import java.nio.file.Path;

/**
 * Input that cannot be used, or output that could not be written. The message is one line that names the file, the
 * line where there is one, the value and the remedy, so that a program can print it as it stands.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(oneLine(message));
  }

  public DataException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /** A fault of a whole file. */
  public static DataException in(Path file, String fault) {
    return new DataException(file + ": " + fault);
  }

  /** A fault of a whole file that another library met first. */
  public static DataException in(Path file, String fault, Throwable cause) {
    return new DataException(file + ": " + fault, cause);
  }

  /** A fault in one line of a text file; the first line is 1. */
  public static DataException at(Path file, long line, String fault) {
    return new DataException("%s, line %d: %s".formatted(file, line, fault));
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ").strip();
  }
}

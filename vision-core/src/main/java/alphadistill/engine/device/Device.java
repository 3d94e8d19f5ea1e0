package alphadistill.engine.device;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where arithmetic is asked to run.
 *
 * @param kind of device
 * @param number of the GPU as its driver counts them, from 0; 0 for any other kind
 */
public record Device(Kind kind, int number) {
  private static final Pattern WORD = Pattern.compile("(auto|cpu|cuda)(?::(\\d{1,3}))?");

  /** What may be asked for. */
  public enum Kind {
    /** What this build computes on. */
    AUTO,
    CPU,
    CUDA
  }

  public static final Device AUTO = new Device(Kind.AUTO, 0);

  /**
   * Reads {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:1}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Device parse(String word) {
    Matcher matcher = WORD.matcher(word);
    if (!matcher.matches() || matcher.group(2) != null && !"cuda".equals(matcher.group(1))) {
      throw new IllegalArgumentException(
          "'%s' is no device: it is auto, cpu, cuda, or cuda:1 for the second GPU".formatted(word));
    }
    Kind kind = Kind.valueOf(matcher.group(1).toUpperCase(java.util.Locale.ROOT));
    return new Device(kind, matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)));
  }
}

package alphadistill.vision.cnn;

import java.util.List;

/**
 * How a file's tensors met a network's.
 *
 * @param loaded number of tensors taken from the file
 * @param missing tensors of the network that the file lacks or has in another shape; counters are not missed
 * @param unexpected tensors of the file that the network has no place for
 */
public record LoadReport(int loaded, List<String> missing, List<String> unexpected) {
  private static final int SHOWN = 5;

  public LoadReport {
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
  }

  /** One line, such as {@code 122 tensors loaded; 0 missing; 2 unexpected: head.weight, head.bias}. */
  @Override
  public String toString() {
    return "%d tensors loaded; %s; %s"
        .formatted(loaded, listed(missing, "missing"), listed(unexpected, "unexpected"));
  }

  private static String listed(List<String> names, String what) {
    if (names.isEmpty()) {
      return "0 " + what;
    }
    String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return "%d %s: %s%s".formatted(names.size(), what, first, names.size() > SHOWN ? ", ..." : "");
  }
}

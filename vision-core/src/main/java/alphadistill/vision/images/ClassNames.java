package alphadistill.vision.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Names of the classes of a set, and whether labels are among them. */
final class ClassNames {
  private ClassNames() {}

  /**
   * Names where a set has numbers only: those asked for, else one of each line of a file beside the set, else the numbers.
   *
   * @param classes may be null
   * @param beside may be absent
   */
  static List<String> ofNumbers(List<String> classes, Path beside, int count) throws IOException {
    if (classes != null) {
      return List.copyOf(classes);
    }
    if (beside != null && Files.exists(beside)) {
      return Files.readAllLines(beside).stream()
          .map(String::strip)
          .filter(name -> !name.isEmpty())
          .toList();
    }
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  /** @throws ImageException if a label is none of the classes */
  static void require(Path file, List<String> classes, int[] labels) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes.size()) {
        throw new ImageException(
            "%s: picture %d has label %d, but there are %d classes (%s): another set's labels or names?"
                .formatted(file, i, labels[i], classes.size(), some(classes)));
      }
    }
  }

  /** The first few names of a list. */
  static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(5, names.size())))
        + (names.size() > 5 ? ", ..." : "");
  }
}

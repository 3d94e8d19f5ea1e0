package alphadistill.vision.evaluate;

import java.util.Arrays;
import java.util.List;

/**
 * How often pictures of each class are given each class.
 *
 * @param classes names, in the order of their indices
 * @param counts pictures by (true class, class given)
 */
public record ConfusionMatrix(List<String> classes, int[][] counts) {

  public ConfusionMatrix {
    classes = List.copyOf(classes);
    if (counts.length != classes.size()
        || Arrays.stream(counts).anyMatch(row -> row.length != counts.length)) {
      throw new IllegalArgumentException("%d classes need a square of counts, had %d rows"
          .formatted(classes.size(), counts.length));
    }
  }

  /** @throws IllegalArgumentException if a class has no name */
  public static ConfusionMatrix of(List<String> classes, Predictions truth, Predictions given) {
    truth.differsFrom(given); // refuses other numbers of pictures
    int[][] counts = new int[classes.size()][classes.size()];
    for (int i = 0; i < truth.pictures(); i++) {
      counts[named(classes, truth, i)][named(classes, given, i)]++;
    }
    return new ConfusionMatrix(classes, counts);
  }

  private static int named(List<String> classes, Predictions by, int picture) {
    int index = by.classes()[picture];
    if (index >= classes.size()) {
      throw new IllegalArgumentException("%s gives picture %d the class %d, and there are %d"
          .formatted(by.by(), picture, index, classes.size()));
    }
    return index;
  }

  /** Share of a class's pictures that are given it; NaN when it has none. */
  public double recall(int index) {
    return counts[index][index] / (double) Arrays.stream(counts[index]).sum();
  }

  /** Share of the pictures given a class that are of it; NaN when none are given it. */
  public double precision(int index) {
    return counts[index][index]
        / (double) Arrays.stream(counts).mapToInt(row -> row[index]).sum();
  }
}

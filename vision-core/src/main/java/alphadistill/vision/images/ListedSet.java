package alphadistill.vision.images;

import java.util.List;

/** A set whose classes and labels lie in memory, wherever its pictures do. */
abstract class ListedSet implements ImageSet {
  private final List<String> classes;
  private final int[] labels;

  ListedSet(List<String> classes, int[] labels) {
    this.classes = List.copyOf(classes);
    this.labels = labels;
  }

  @Override
  public final int size() {
    return labels.length;
  }

  @Override
  public final List<String> classes() {
    return classes;
  }

  @Override
  public final int label(int index) {
    return labels[index];
  }
}

package alphadistill.vision.images;

import alphadistill.augment.image.Image;
import java.util.List;

/** Several sets of the same classes, one after another. */
final class JoinedSet implements ImageSet {
  private final List<ImageSet> parts;
  private final List<String> classes;
  private final int[] ends; // index after the last picture of each part

  /** @throws ImageException if the parts do not have the same classes */
  JoinedSet(List<ImageSet> parts) {
    this.parts = List.copyOf(parts);
    this.ends = new int[parts.size()];
    List<String> most = List.of();
    int size = 0;
    for (int i = 0; i < ends.length; i++) {
      ImageSet part = parts.get(i);
      size = Math.addExact(size, part.size());
      ends[i] = size;
      List<String> longer = part.classes().size() > most.size() ? part.classes() : most;
      List<String> shorter = longer == most ? part.classes() : most;
      if (!longer.subList(0, shorter.size()).equals(shorter)) {
        throw new ImageException(
            "%s has the classes %s, but the files before it have %s: they are not parts of one set"
                .formatted(part.origin(0), ClassNames.some(part.classes()), ClassNames.some(most)));
      }
      most = longer; // a part may lack pictures of the last classes, and so their names
    }
    this.classes = most;
  }

  @Override
  public int size() {
    return ends[ends.length - 1];
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    int part = part(index);
    return parts.get(part).label(index - start(part));
  }

  @Override
  public String origin(int index) {
    int part = part(index);
    return parts.get(part).origin(index - start(part));
  }

  @Override
  public Image image(int index) {
    int part = part(index);
    return parts.get(part).image(index - start(part));
  }

  private int part(int index) {
    int part = 0;
    while (index >= ends[part]) {
      part++;
    }
    return part;
  }

  private int start(int part) {
    return part == 0 ? 0 : ends[part - 1];
  }
}

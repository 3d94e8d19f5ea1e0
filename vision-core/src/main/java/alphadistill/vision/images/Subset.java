package alphadistill.vision.images;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Some pictures of a set, in an order of its own; the classes stay those of the whole. */
public final class Subset implements ImageSet {
  private final ImageSet whole;
  private final int[] indices;

  /**
   * The pictures with the given indices.
   *
   * @throws ImageException if an index is none of the set's
   */
  public Subset(ImageSet whole, int[] indices) {
    for (int index : indices) {
      if (index < 0 || index >= whole.size()) {
        throw new ImageException(
            "there is no picture %d in a set of %,d".formatted(index, whole.size()));
      }
    }
    this.whole = whole;
    this.indices = indices.clone();
  }

  /**
   * Two sets without a picture in common that make up a whole.
   *
   * @param kept the larger part in most uses: what is trained on
   * @param heldOut the other
   */
  public record Split(ImageSet kept, ImageSet heldOut) {}

  /** The first {@code count} pictures. */
  public static Subset first(ImageSet whole, int count) {
    if (count > whole.size()) {
      throw new ImageException(
          "the first %,d pictures were asked for of a set of %,d".formatted(count, whole.size()));
    }
    return new Subset(whole, IntStream.range(0, count).toArray());
  }

  /** The first {@code count} pictures of each class, in the order of the set. */
  public static Subset firstOfEachClass(ImageSet whole, int count) {
    int[] seen = new int[whole.classes().size()];
    int[] indices = IntStream.range(0, whole.size())
        .filter(i -> seen[whole.label(i)]++ < count)
        .toArray();
    for (int label = 0; label < seen.length; label++) {
      if (seen[label] < count) {
        throw new ImageException("class '%s' has %,d pictures, %,d of each class were asked for"
            .formatted(whole.classes().get(label), seen[label], count));
      }
    }
    return new Subset(whole, indices);
  }

  /**
   * Holds a share of each class out, at random; both parts keep the order of the set.
   *
   * @param share in (0, 1), rounded to whole pictures for each class
   */
  public static Split holdOut(ImageSet whole, double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("the share held out must be in (0, 1), was " + share);
    }
    boolean[] held = new boolean[whole.size()];
    for (int label = 0; label < whole.classes().size(); label++) {
      int of = label;
      int[] members =
          IntStream.range(0, whole.size()).filter(i -> whole.label(i) == of).toArray();
      int[] order = Draws.of(seed, "hold out", label).permutation(members.length);
      for (int i = 0; i < Math.round(share * members.length); i++) {
        held[members[order[i]]] = true;
      }
    }
    List<ImageSet> parts = new ArrayList<>();
    for (boolean wanted : new boolean[] {false, true}) {
      parts.add(new Subset(
          whole, IntStream.range(0, held.length).filter(i -> held[i] == wanted).toArray()));
    }
    return new Split(parts.get(0), parts.get(1));
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public List<String> classes() {
    return whole.classes();
  }

  @Override
  public int label(int index) {
    return whole.label(indices[index]);
  }

  @Override
  public String origin(int index) {
    return whole.origin(indices[index]);
  }

  @Override
  public Image image(int index) {
    return whole.image(indices[index]);
  }
}

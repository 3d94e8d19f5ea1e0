package alphadistill.vision.images;

import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The pictures of a set that could not be decoded: named, counted, and only so many. Safe for many threads.
 *
 * <pre>{@code
 * BrokenImages broken = BrokenImages.of(train, BrokenImages.USUAL_SHARE);
 * ... train ...
 * broken.messages().forEach(log::warn);
 * }</pre>
 */
public final class BrokenImages {
  /** One in a hundred. */
  public static final double USUAL_SHARE = 0.01;

  private static final int NAMED = 5;

  private final int size;
  private final double mostShare;
  private final NavigableMap<Integer, String> messages = new ConcurrentSkipListMap<>();

  private BrokenImages(int size, double mostShare) {
    if (!(mostShare >= 0 && mostShare <= 1)) {
      throw new IllegalArgumentException(
          "the share of broken pictures must be in [0, 1], was " + mostShare);
    }
    this.size = size;
    this.mostShare = mostShare;
  }

  /**
   * Nothing broken yet.
   *
   * @param mostShare of the set that may be broken, in [0, 1]; at 0 the first broken picture stops
   */
  public static BrokenImages of(ImageSet set, double mostShare) {
    return new BrokenImages(set.size(), mostShare);
  }

  /** How many different pictures were found broken so far. */
  public int count() {
    return messages.size();
  }

  /** What is wrong with each, in the order of the set. */
  public List<String> messages() {
    return List.copyOf(messages.values());
  }

  boolean contains(int index) {
    return messages.containsKey(index);
  }

  /** @throws ImageException if these are too many now; the message names the first few */
  void add(int index, ImageException why) {
    messages.put(index, why.getMessage());
    if (count() > mostShare * size) {
      List<String> found = messages();
      throw new ImageException(
          "%,d of %,d pictures are broken so far, more than the limit of %s%%: repair or remove them, or raise the limit. First: %s"
              .formatted(
                  found.size(),
                  size,
                  String.format(java.util.Locale.ROOT, "%.3g", 100 * mostShare),
                  String.join(" | ", found.subList(0, Math.min(NAMED, found.size())))),
          why);
    }
  }
}

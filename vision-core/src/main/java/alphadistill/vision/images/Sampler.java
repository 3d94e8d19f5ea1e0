package alphadistill.vision.images;

import alphadistill.augment.Draws;
import java.util.stream.IntStream;

/** Which pictures an epoch shows, and in what order; the same for the same epoch, always. */
@FunctionalInterface
public interface Sampler {
  /** Indices into the set, in the order of training; a picture may come several times. */
  int[] epoch(int epoch);

  /** Every picture once, as the set has them: for evaluation. */
  static Sampler inOrder(int size) {
    return epoch -> IntStream.range(0, size).toArray();
  }

  /** Every picture once, in another order each epoch. */
  static Sampler shuffled(int size, long seed) {
    return epoch -> order(size, seed, epoch);
  }

  /**
   * Repeated augmentation as DeiT does it (vision.md section 3): the shuffled pictures stand three times each beside each
   * other, rank r of R takes positions r, r + R, ..., and of these only the first {@code floor(size / 256 * 256 / R)},
   * with a whole-number first division. So an epoch is as long as one without repetition and shows a third of the
   * pictures. The padding that the reference appends is never reached.
   *
   * <p>Ranks share this seed, and each rank's {@link ImageLoader} needs a seed of its own: otherwise the copies of a
   * picture are augmented alike.
   *
   * @param size of the set, at least 256
   * @param rank in [0, ranks)
   */
  static Sampler repeated(int size, long seed, int rank, int ranks) {
    int copies = 3;
    int unit = 256;
    if (ranks < 1 || rank < 0 || rank >= ranks) {
      throw new IllegalArgumentException(
          "rank must be in [0, ranks), was %d of %d".formatted(rank, ranks));
    }
    int kept = size / unit * unit / ranks;
    if (kept < 1) {
      throw new IllegalArgumentException(
          "repeated augmentation of %d pictures for %d ranks leaves an epoch without any: it keeps whole multiples of %d"
              .formatted(size, ranks, unit));
    }
    return epoch -> {
      int[] order = order(size, seed, epoch);
      return IntStream.range(0, kept)
          .map(k -> order[(int) (((long) k * ranks + rank) / copies)])
          .toArray();
    };
  }

  private static int[] order(int size, long seed, int epoch) {
    return Draws.of(seed, "order", epoch).permutation(size);
  }
}

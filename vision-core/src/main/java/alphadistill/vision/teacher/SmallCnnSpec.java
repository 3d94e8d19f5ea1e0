package alphadistill.vision.teacher;

import java.util.List;

/**
 * A small convolutional network and how it is trained, for sets of pictures that have no teacher.
 *
 * @param widths channels of each stage: a 3x3 convolution, batch norm and ReLU; every stage but the first halves the
 *     picture
 * @param epochs passes over the pictures, at least 1
 * @param batch pictures in a step, at least 2: batch norm needs more than one
 * @param rate learning rate of Adam in the first epoch; falls to a tenth along a cosine
 * @param seed of the initial weights
 */
public record SmallCnnSpec(List<Integer> widths, int epochs, int batch, double rate, long seed) {

  public SmallCnnSpec {
    widths = List.copyOf(widths);
    if (widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException(
          "a network needs at least one stage of at least one channel, had " + widths);
    }
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, was " + epochs);
    }
    if (batch < 2) {
      throw new IllegalArgumentException(
          "batch must be at least 2, was %d: batch norm needs more than one picture"
              .formatted(batch));
    }
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException("rate must be in (0, 1), was " + rate);
    }
  }

  /** Enough for pictures of 28 to 32 pixels in minutes on two cores. */
  public static SmallCnnSpec usual(long seed) {
    return new SmallCnnSpec(List.of(32, 64, 128), 5, 64, 3e-3, seed);
  }

  /** Learning rate of an epoch. */
  double rateAt(int epoch) {
    return rate * (0.1 + 0.45 * (1 + Math.cos(Math.PI * epoch / epochs)));
  }
}

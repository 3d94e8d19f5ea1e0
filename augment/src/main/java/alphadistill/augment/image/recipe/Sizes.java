package alphadistill.augment.image.recipe;

/** What the sizes and probabilities of every step must satisfy. */
final class Sizes {
  private Sizes() {}

  static void requireSide(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a picture's side is at least 1 pixel, was " + size);
    }
  }

  static void requireProbability(String of, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "the probability of %s is in [0, 1], was %s".formatted(of, probability));
    }
  }
}

package alphadistill.vision.recipe;

/**
 * How pairs of pictures of a batch are mixed; sample i's partner is sample B-1-i (vision.md section 3).
 *
 * @param mixup shape of Mixup's Beta distribution, 0.8 in DeiT; 0 for no Mixup
 * @param cutmix shape of CutMix's, 1.0 in DeiT; 0 for no CutMix
 * @param smallestCut least side of CutMix's box over the picture's, with {@code largestCut}; both 0 for a box whose area
 *     follows from the Beta draw
 * @param largestCut greatest side of the box over the picture's
 * @param probability that a draw mixes at all; 1 in DeiT
 * @param cutmixShare probability of CutMix where both are on; 0.5 in DeiT
 * @param mode what one draw is for
 */
public record Mixing(
    double mixup,
    double cutmix,
    double smallestCut,
    double largestCut,
    double probability,
    double cutmixShare,
    Mode mode) {

  /** No mixing. */
  public static final Mixing NONE = new Mixing(0, 0, 0, 0, 0, 0.5, Mode.BATCH);

  /** What one draw is for. */
  public enum Mode {
    /** The whole batch. */
    BATCH,
    /** Each sample. */
    ELEM,
    /** Each pair of samples. */
    PAIR
  }

  public Mixing {
    if (!(mixup >= 0) || !(cutmix >= 0)) {
      throw new IllegalArgumentException(
          "mixup and cutmix must be 0 (off) or positive, were %s and %s".formatted(mixup, cutmix));
    }
    if (!(smallestCut >= 0 && smallestCut <= largestCut && largestCut <= 1)
        || (largestCut > 0 && smallestCut == largestCut)) {
      throw new IllegalArgumentException(
          "cuts need 0 <= smallestCut < largestCut <= 1, or both 0, were %s and %s"
              .formatted(smallestCut, largestCut));
    }
    if (!(probability >= 0 && probability <= 1) || !(cutmixShare >= 0 && cutmixShare <= 1)) {
      throw new IllegalArgumentException(
          "probability and cutmixShare must be in [0, 1], were %s and %s"
              .formatted(probability, cutmixShare));
    }
    if (largestCut > 0 && cutmix == 0) {
      throw new IllegalArgumentException(
          "cuts are of CutMix, which is off: set cutmix to 1, which a box of given sides implies");
    }
  }

  /** Mixup and CutMix on every batch, half each. */
  public static Mixing of(double mixup, double cutmix) {
    return new Mixing(mixup, cutmix, 0, 0, 1, 0.5, Mode.BATCH);
  }

  public boolean isOff() {
    return probability == 0 || (mixup == 0 && cutmix == 0);
  }
}

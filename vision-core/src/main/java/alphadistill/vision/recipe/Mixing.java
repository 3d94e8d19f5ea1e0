package alphadistill.vision.recipe;

import alphadistill.augment.image.mixing.MixupCutmix;
import java.util.Optional;

/**
 * How pairs of pictures of a batch are mixed, in the plain values of a configuration (vision.md section 3); {@link
 * #transform} is what they mean.
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
    MixupCutmix.Mode mode) {

  /** No mixing. */
  public static final Mixing NONE = new Mixing(0, 0, 0, 0, 0, 0.5, MixupCutmix.Mode.BATCH);

  public Mixing {
    transform(
        mixup, cutmix, smallestCut, largestCut, probability, cutmixShare, mode); // refuses nonsense
  }

  /** Mixup and CutMix on every batch, half each. */
  public static Mixing of(double mixup, double cutmix) {
    return new Mixing(mixup, cutmix, 0, 0, 1, 0.5, MixupCutmix.Mode.BATCH);
  }

  /** What is done to a batch; empty where nothing is. */
  public Optional<MixupCutmix> transform() {
    return transform(mixup, cutmix, smallestCut, largestCut, probability, cutmixShare, mode);
  }

  private static Optional<MixupCutmix> transform(
      double mixup,
      double cutmix,
      double smallestCut,
      double largestCut,
      double probability,
      double cutmixShare,
      MixupCutmix.Mode mode) {
    boolean sides = smallestCut != 0 || largestCut != 0;
    if (mixup == 0 && cutmix == 0 && !sides) {
      return Optional.empty();
    }
    MixupCutmix mixing = new MixupCutmix(
        mixup,
        cutmix,
        sides ? Optional.of(new MixupCutmix.Sides(smallestCut, largestCut)) : Optional.empty(),
        probability,
        cutmixShare,
        mode);
    return probability == 0 ? Optional.empty() : Optional.of(mixing);
  }
}

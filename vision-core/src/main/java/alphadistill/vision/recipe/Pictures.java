package alphadistill.vision.recipe;

import alphadistill.augment.image.Normalisation;
import alphadistill.augment.image.recipe.ColourPolicy;
import alphadistill.augment.image.recipe.ImageAugmentation;
import alphadistill.augment.image.recipe.RandAugment;
import alphadistill.augment.image.recipe.RandomErasing;
import alphadistill.augment.image.recipe.ThreeAugment;

/**
 * What becomes of one picture on its way to the network, in the plain values of a configuration (vision.md section 3);
 * {@link #augmentation} is what they mean.
 *
 * @param size side of the square that the network reads, in pixels
 * @param crop how the square is cut while training
 * @param smallestArea of resized crops: least share of the picture's area, 0.08 in DeiT
 * @param flip probability of a mirrored picture; 0.5
 * @param policy a RandAugment string of timm such as {@code rand-m9-mstd0.5-inc1}, {@code three} for DeiT III's
 *     3-Augment, or {@code none}
 * @param colourJitter strength of brightness, contrast and saturation, 0.3; applied after 3-Augment always
 * @param jitterRule whether it is applied beside RandAugment too: the reference names 0.3 there, but does not
 * @param erasing of boxes
 * @param evalCrop size over the shorter side in evaluation, in (0, 1]: 0.875 in DeiT, 1 in DeiT III. For sizes of 32 and
 *     less pictures are not resized
 */
public record Pictures(
    int size,
    ImageAugmentation.Cut crop,
    double smallestArea,
    double flip,
    String policy,
    double colourJitter,
    ImageAugmentation.JitterRule jitterRule,
    RandomErasing erasing,
    double evalCrop) {
  /** {@code policy} of DeiT III. */
  public static final String THREE = "three";

  /** {@code policy} that changes nothing. */
  public static final String NO_POLICY = "none";

  /** DeiT's RandAugment. */
  public static final String RAND_M9 = "rand-m9-mstd0.5-inc1";

  public Pictures {
    augmentation(
        size,
        crop,
        smallestArea,
        flip,
        policy,
        colourJitter,
        jitterRule,
        erasing,
        evalCrop); // refuses nonsense
  }

  /** What is done to a picture in training and in evaluation, normalised by ImageNet's means and deviations. */
  public ImageAugmentation augmentation() {
    return augmentation(
        size, crop, smallestArea, flip, policy, colourJitter, jitterRule, erasing, evalCrop);
  }

  private static ImageAugmentation augmentation(
      int size,
      ImageAugmentation.Cut crop,
      double smallestArea,
      double flip,
      String policy,
      double colourJitter,
      ImageAugmentation.JitterRule jitterRule,
      RandomErasing erasing,
      double evalCrop) {
    return new ImageAugmentation(
        size,
        crop,
        smallestArea,
        flip,
        colours(policy),
        colourJitter,
        jitterRule,
        erasing,
        evalCrop,
        Normalisation.IMAGENET);
  }

  private static ColourPolicy colours(String policy) {
    if (policy.equals(THREE)) {
      return new ThreeAugment();
    }
    if (policy.equals(NO_POLICY)) {
      return new ColourPolicy.None();
    }
    if (!policy.startsWith("rand")) {
      throw new IllegalArgumentException(
          "policy '%s' is not known: use a RandAugment string such as %s, or %s, or %s"
              .formatted(policy, RAND_M9, THREE, NO_POLICY));
    }
    return RandAugment.parse(policy);
  }

  /** The same for another size. */
  public Pictures at(int otherSize) {
    return new Pictures(
        otherSize, crop, smallestArea, flip, policy, colourJitter, jitterRule, erasing, evalCrop);
  }
}

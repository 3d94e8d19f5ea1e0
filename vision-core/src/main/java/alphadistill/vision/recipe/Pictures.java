package alphadistill.vision.recipe;

/**
 * What becomes of one picture on its way to the network (vision.md section 3).
 *
 * @param size side of the square that the network reads, in pixels
 * @param crop how the square is cut while training
 * @param smallestArea of {@code RESIZED}: least share of the picture's area, 0.08 in DeiT
 * @param flip probability of a mirrored picture; 0.5
 * @param policy a RandAugment string of timm such as {@code rand-m9-mstd0.5-inc1}, {@code three} for DeiT III's
 *     3-Augment, or {@code none}
 * @param colourJitter strength of brightness, contrast and saturation, 0.3; after 3-Augment always
 * @param jitterBesidePolicy whether colours are jittered beside RandAugment too: the reference names 0.3 there, but
 *     does not apply it
 * @param erasing of boxes
 * @param evalCrop size over the shorter side in evaluation, in (0, 1]: 0.875 in DeiT, 1 in DeiT III. Pictures of 32 and
 *     less are not resized
 */
public record Pictures(
    int size,
    Crop crop,
    double smallestArea,
    double flip,
    String policy,
    double colourJitter,
    boolean jitterBesidePolicy,
    Erasing erasing,
    double evalCrop) {
  /** {@code policy} of DeiT III. */
  public static final String THREE = "three";

  /** {@code policy} that changes nothing. */
  public static final String NO_POLICY = "none";

  /** DeiT's RandAugment. */
  public static final String RAND_M9 = "rand-m9-mstd0.5-inc1";

  /** How a square is cut while training. */
  public enum Crop {
    /** A random part of random aspect, resized (bicubic); of DeiT and of DeiT III on ImageNet-1k. */
    RESIZED,
    /** Shorter side resized, then a random square after reflect padding of 4 (DeiT III, {@code --src}). */
    SIMPLE,
    /** A random square after zero padding of 4, without resizing: timm for pictures of 32 and less. */
    PADDED,
    /** The picture as it is in evaluation. */
    CENTRE
  }

  public Pictures {
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1 pixel, was " + size);
    }
    if (!(smallestArea > 0 && smallestArea <= 1)) {
      throw new IllegalArgumentException("smallestArea must be in (0, 1], was " + smallestArea);
    }
    if (!(flip >= 0 && flip <= 1)) {
      throw new IllegalArgumentException("flip must be in [0, 1], was " + flip);
    }
    if (!(colourJitter >= 0)) {
      throw new IllegalArgumentException(
          "colourJitter must be 0 (none) or positive, was " + colourJitter);
    }
    if (!(evalCrop > 0 && evalCrop <= 1)) {
      throw new IllegalArgumentException("evalCrop must be in (0, 1], was " + evalCrop);
    }
    if (!policy.equals(THREE) && !policy.equals(NO_POLICY) && !policy.startsWith("rand")) {
      throw new IllegalArgumentException(
          "policy '%s' is not known: use a RandAugment string such as %s, or %s, or %s"
              .formatted(policy, RAND_M9, THREE, NO_POLICY));
    }
  }

  /** Strength of colour jitter that is applied: none beside RandAugment, unless asked for. */
  public double appliedJitter() {
    return policy.startsWith("rand") && !jitterBesidePolicy ? 0 : colourJitter;
  }

  /** Shorter side that a picture is resized to in evaluation before the centre is cut (timm: rounded down). */
  public int evalSide() {
    return (int) Math.floor(size / evalCrop);
  }

  /** The same for another size. */
  public Pictures at(int otherSize) {
    return new Pictures(
        otherSize,
        crop,
        smallestArea,
        flip,
        policy,
        colourJitter,
        jitterBesidePolicy,
        erasing,
        evalCrop);
  }
}

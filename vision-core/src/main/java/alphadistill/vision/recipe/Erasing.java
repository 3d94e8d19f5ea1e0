package alphadistill.vision.recipe;

/**
 * Random erasing, after normalisation (vision.md section 3).
 *
 * @param probability of a picture; 0.25 in DeiT, 0 for none
 * @param mode what a box is filled with; each pixel drawn for itself in DeiT
 * @param count boxes at most; 1 in DeiT
 */
public record Erasing(double probability, Mode mode, int count) {
  /** Nothing is erased. */
  public static final Erasing NONE = new Erasing(0, Mode.PIXEL, 1);

  /** What a box is filled with. */
  public enum Mode {
    /** Zero, which is the mean. */
    CONST,
    /** One normal colour for a box. */
    RAND,
    /** A normal draw for each pixel and channel. */
    PIXEL
  }

  public Erasing {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in [0, 1], was " + probability);
    }
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, was " + count);
    }
  }
}

package alphadistill.augment.image.recipe;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageTransform;
import alphadistill.augment.image.Normalisation;

/**
 * How pictures become a network's input, in training and in evaluation.
 *
 * <pre>
 * training    cut ─► flip ─► colours ─► jitter ─► (byte/255 - mean) / deviation ─► erase     (3, S, S)
 * evaluation  shorter side to int(S / ratio) ─► middle ─► normalise                          (3, S, S)
 * </pre>
 *
 * <pre>{@code
 * ImageAugmentation augmentation = ImageAugmentation.deit(224);
 * augmentation.writeTraining(image, Draws.of(seed, "augment", epoch, position), pixels, n * augmentation.values());
 * augmentation.writeEvaluation(image, pixels, n * augmentation.values());
 * }</pre>
 *
 * <p>A picture that comes more than once in an epoch (repeated augmentation) must be drawn by its position in the epoch:
 * by its index in the set it would look the same each time.
 *
 * @param size S, the side of the network's pictures in pixels
 * @param cut which part of the picture is shown
 * @param minArea least share of the area that a resized cut takes
 * @param flip probability of a mirror image
 * @param colours what is done to the colours
 * @param jitter strength of the colour jitter
 * @param jitterRule whether it is applied
 * @param erasing what is erased at the end
 * @param evaluationRatio of the middle's side to the shorter side
 * @param normalisation from bytes to the network's numbers
 */
public record ImageAugmentation(
    int size,
    Cut cut,
    double minArea,
    double flip,
    ColourPolicy colours,
    double jitter,
    JitterRule jitterRule,
    RandomErasing erasing,
    double evaluationRatio,
    Normalisation normalisation) {

  /** Networks of up to this side see whole small pictures: these are not resized. */
  static final int LARGEST_SMALL_SIDE = 32;

  /** Which part of a picture a training shows. */
  public enum Cut {
    /** {@link RandomResizedCrop}. */
    RESIZED,
    /** {@link SimpleRandomCrop}. */
    SIMPLE,
    /** {@link RandomCrop#small}. */
    PADDED
  }

  /** When colours are jittered. */
  public enum JitterRule {
    /** Not beside RandAugment: timm makes the jitter only where no policy is given, so DeiT's 0.3 does nothing. */
    NOT_BESIDE_RAND_AUGMENT,
    /** Always, as summaries of the paper have it. */
    ALWAYS
  }

  public ImageAugmentation {
    Sizes.requireSide(size);
    Sizes.requireProbability("a flip", flip);
    new ColourJitter(jitter);
    new EvaluationCrop(size, evaluationRatio);
    resizedCrop(size, minArea);
  }

  /** DeiT: resized cuts, RandAugment, erasing; pictures for networks of 32 pixels or less are cut with a border. */
  public static ImageAugmentation deit(int size) {
    return new ImageAugmentation(
        size,
        size <= LARGEST_SMALL_SIDE ? Cut.PADDED : Cut.RESIZED,
        0.08,
        0.5,
        RandAugment.DEIT,
        0.3,
        JitterRule.NOT_BESIDE_RAND_AUGMENT,
        RandomErasing.DEIT,
        0.875,
        Normalisation.IMAGENET);
  }

  /**
   * DeiT III: 3-Augment and jitter, no erasing, evaluated on the whole shorter side. Trained on ImageNet-1k with resized
   * cuts, on larger sets with simple ones.
   */
  public static ImageAugmentation deit3(int size, Cut cut) {
    return new ImageAugmentation(
        size,
        cut,
        0.08,
        0.5,
        new ThreeAugment(),
        0.3,
        JitterRule.NOT_BESIDE_RAND_AUGMENT,
        RandomErasing.NONE,
        1,
        Normalisation.IMAGENET);
  }

  /** DeiT III's finish at a higher resolution: RandAugment in place of 3-Augment. */
  public static ImageAugmentation deit3Finetune(int size) {
    return deit3(size, Cut.RESIZED).withColours(RandAugment.DEIT);
  }

  /** The same with other colours. */
  public ImageAugmentation withColours(ColourPolicy other) {
    return new ImageAugmentation(
        size,
        cut,
        minArea,
        flip,
        other,
        jitter,
        jitterRule,
        erasing,
        evaluationRatio,
        normalisation);
  }

  /** The same with another normalisation. */
  public ImageAugmentation withNormalisation(Normalisation other) {
    return new ImageAugmentation(
        size, cut, minArea, flip, colours, jitter, jitterRule, erasing, evaluationRatio, other);
  }

  /** Numbers of one picture: 3 S S. */
  public int values() {
    return 3 * size * size;
  }

  /** What is done to a training picture before it is normalised. */
  public ImageTransform training() {
    ImageTransform steps = cutting().then(new HorizontalFlip(flip)).then(colours);
    boolean jittered = jitterRule == JitterRule.ALWAYS || !(colours instanceof RandAugment);
    return jittered ? steps.then(new ColourJitter(jitter)) : steps;
  }

  /** What is done to an evaluated picture before it is normalised; nothing is drawn. */
  public EvaluationCrop evaluation() {
    return new EvaluationCrop(size, evaluationRatio);
  }

  /**
   * Writes a training picture as numbers (3, S, S).
   *
   * @param draws the picture's own stream
   * @param offset of the picture's first number
   */
  public void writeTraining(Image image, Draws draws, float[] pixels, int offset) {
    normalisation.write(training().apply(image, draws), pixels, offset);
    erasing.erase(pixels, offset, size, size, draws);
  }

  /** Writes an evaluated picture as numbers (3, S, S) from {@code offset} on. */
  public void writeEvaluation(Image image, float[] pixels, int offset) {
    normalisation.write(evaluation().apply(image), pixels, offset);
  }

  private ImageTransform cutting() {
    return switch (cut) {
      case RESIZED -> resizedCrop(size, minArea);
      case SIMPLE -> new SimpleRandomCrop(size);
      case PADDED -> RandomCrop.small(size);
    };
  }

  private static RandomResizedCrop resizedCrop(int size, double minArea) {
    RandomResizedCrop deit = RandomResizedCrop.deit(size);
    return new RandomResizedCrop(
        size, minArea, deit.maxArea(), deit.minAspect(), deit.maxAspect(), deit.resample());
  }
}

package alphadistill.augment.image.recipe;

import alphadistill.augment.Draws;
import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.pillow.Box;
import java.util.Arrays;
import java.util.Optional;

/**
 * Boxes of a normalised picture replaced by noise (Zhong et al. 2017, as timm does it). For each box up to ten are drawn
 * until one is smaller than the picture in both directions.
 *
 * <pre>
 * area    U(minArea, maxArea) of the picture, divided by the number of boxes
 * aspect  height / width, log-uniform in [minAspect, 1 / minAspect]
 * </pre>
 *
 * @param probability share of the pictures that are erased
 * @param fill what is put in the place of pixels
 * @param count boxes per erased picture, at least 1
 * @param minArea least share of the picture
 * @param maxArea largest share of the picture
 * @param minAspect least height over width, in (0, 1]
 */
public record RandomErasing(
    double probability, Fill fill, int count, double minArea, double maxArea, double minAspect) {
  private static final int TRIES = 10;

  /** What an erased box shows, in normalised units. */
  public enum Fill {
    /** N(0, 1) for each pixel and channel. */
    PIXEL,
    /** One N(0, 1) for each channel of a box. */
    RAND,
    /** 0, the mean of the normalisation. */
    CONST
  }

  /** A quarter of the pictures, one box of noise: what DeiT trains with. */
  public static final RandomErasing DEIT =
      new RandomErasing(0.25, Fill.PIXEL, 1, 0.02, 1 / 3.0, 0.3);

  /** Nothing is erased. */
  public static final RandomErasing NONE = new RandomErasing(0, Fill.PIXEL, 1, 0.02, 1 / 3.0, 0.3);

  public RandomErasing {
    Sizes.requireProbability("erasing", probability);
    if (count < 1) {
      throw new IllegalArgumentException("at least one box is erased, were to be " + count);
    }
    if (!(minArea > 0 && minArea <= maxArea && maxArea <= 1)) {
      throw new IllegalArgumentException(
          "erased areas are shares of the picture, 0 < least <= largest <= 1, were %s and %s"
              .formatted(minArea, maxArea));
    }
    if (!(minAspect > 0 && minAspect <= 1)) {
      throw new IllegalArgumentException(
          "the least aspect of an erased box is in (0, 1], was " + minAspect);
    }
  }

  /** A batch in which each picture was erased or not, drawn one after the other. */
  public ImageBatch apply(ImageBatch batch, Draws draws) {
    if (probability == 0) {
      return batch;
    }
    float[] pixels = batch.pixels().clone();
    int size = 3 * batch.height() * batch.width();
    for (int n = 0; n < batch.samples(); n++) {
      erase(pixels, n * size, batch.height(), batch.width(), draws);
    }
    return new ImageBatch(
        batch.height(),
        batch.width(),
        pixels,
        batch.normalisation(),
        batch.labels(),
        batch.partners(),
        batch.shares());
  }

  /**
   * Erases in place.
   *
   * @param pixels normalised; the picture (3, H, W) begins at {@code offset}
   */
  public void erase(float[] pixels, int offset, int height, int width, Draws draws) {
    if (draws.uniform() >= probability) {
      return;
    }
    for (int box = 0; box < count; box++) {
      drawBox(height, width, draws)
          .ifPresent(erased -> fill(pixels, offset, height, width, erased, draws));
    }
  }

  private Optional<Box> drawBox(int height, int width, Draws draws) {
    double whole = (double) height * width;
    double log = StrictMath.log(minAspect);
    for (int tries = 0; tries < TRIES; tries++) {
      double area = whole * (minArea + (maxArea - minArea) * draws.uniform()) / count;
      double aspect = StrictMath.exp(log - 2 * log * draws.uniform());
      int boxHeight = (int) Math.rint(Math.sqrt(area * aspect));
      int boxWidth = (int) Math.rint(Math.sqrt(area / aspect));
      if (boxHeight < height && boxWidth < width) {
        int top = draws.below(height - boxHeight + 1);
        int left = draws.below(width - boxWidth + 1);
        return boxHeight == 0 || boxWidth == 0
            ? Optional.empty()
            : Optional.of(new Box(left, top, boxWidth, boxHeight));
      }
    }
    return Optional.empty();
  }

  private void fill(float[] pixels, int offset, int height, int width, Box box, Draws draws) {
    for (int channel = 0; channel < 3; channel++) {
      float colour = fill == Fill.RAND ? (float) draws.normal() : 0;
      for (int y = box.top(); y < box.top() + box.height(); y++) {
        int from = offset + (channel * height + y) * width + box.left();
        if (fill == Fill.PIXEL) {
          for (int i = from; i < from + box.width(); i++) {
            pixels[i] = (float) draws.normal();
          }
        } else {
          Arrays.fill(pixels, from, from + box.width(), colour);
        }
      }
    }
  }
}

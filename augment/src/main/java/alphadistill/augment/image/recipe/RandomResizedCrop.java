package alphadistill.augment.image.recipe;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageTransform;
import alphadistill.augment.image.pillow.Box;
import alphadistill.augment.image.pillow.Resample;
import alphadistill.augment.image.pillow.Resize;

/**
 * A box of random area and shape, resized to a square. Ten boxes are drawn; if none fits into the picture, the largest
 * box in its middle with an allowed shape is taken.
 *
 * <pre>
 * area    U(minArea, maxArea) of the picture
 * aspect  width / height, log-uniform in [minAspect, maxAspect]
 * </pre>
 *
 * @param size side of the result in pixels
 * @param minArea least share of the picture's area, positive
 * @param maxArea largest share, at most 1
 * @param minAspect least width over height
 * @param maxAspect largest width over height
 * @param resample how the box is resized
 */
public record RandomResizedCrop(
    int size, double minArea, double maxArea, double minAspect, double maxAspect, Resample resample)
    implements ImageTransform {
  private static final int TRIES = 10;

  public RandomResizedCrop {
    Sizes.requireSide(size);
    if (!(minArea > 0 && minArea <= maxArea && maxArea <= 1)) {
      throw new IllegalArgumentException(
          "areas of a crop are shares of the picture, 0 < least <= largest <= 1, were %s and %s"
              .formatted(minArea, maxArea));
    }
    if (!(minAspect > 0 && minAspect <= maxAspect && maxAspect < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "aspects of a crop are positive, least <= largest, were %s and %s"
              .formatted(minAspect, maxAspect));
    }
  }

  /** Area 0.08 to 1, aspect 3/4 to 4/3, bicubic: what DeiT uses. */
  public static RandomResizedCrop deit(int size) {
    return new RandomResizedCrop(size, 0.08, 1, 3 / 4.0, 4 / 3.0, Resample.BICUBIC);
  }

  @Override
  public Image apply(Image image, Draws draws) {
    return Resize.box(image, box(image.width(), image.height(), draws), size, size, resample);
  }

  /** Where the box lies in a picture of a size. */
  Box box(int width, int height, Draws draws) {
    double whole = (double) width * height;
    double leastLog = StrictMath.log(minAspect);
    double largestLog = StrictMath.log(maxAspect);
    for (int tries = 0; tries < TRIES; tries++) {
      double area = whole * (minArea + (maxArea - minArea) * draws.uniform());
      double aspect = StrictMath.exp(leastLog + (largestLog - leastLog) * draws.uniform());
      int boxWidth = (int) Math.rint(Math.sqrt(area * aspect));
      int boxHeight = (int) Math.rint(Math.sqrt(area / aspect));
      if (boxWidth >= 1 && boxHeight >= 1 && boxWidth <= width && boxHeight <= height) {
        int top = draws.below(height - boxHeight + 1);
        int left = draws.below(width - boxWidth + 1);
        return new Box(left, top, boxWidth, boxHeight);
      }
    }
    return middle(width, height);
  }

  private Box middle(int width, int height) {
    double aspect = (double) width / height;
    int boxWidth = width;
    int boxHeight = height;
    if (aspect < minAspect) {
      boxHeight = Math.max(1, (int) Math.rint(width / minAspect));
    } else if (aspect > maxAspect) {
      boxWidth = Math.max(1, (int) Math.rint(height * maxAspect));
    }
    return new Box((width - boxWidth) / 2, (height - boxHeight) / 2, boxWidth, boxHeight);
  }
}

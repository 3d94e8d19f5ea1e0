package alphadistill.augment.image.recipe;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageTransform;
import alphadistill.augment.image.pillow.Box;
import alphadistill.augment.image.pillow.Colour;
import alphadistill.augment.image.pillow.Cuts;

/**
 * A square at a random place of the picture with a border around it; for pictures that have the network's size already.
 *
 * @param size side of the square in pixels
 * @param padding width of the border in pixels
 * @param border what the border shows
 */
public record RandomCrop(int size, int padding, Border border) implements ImageTransform {

  /** What lies outside a picture. */
  public enum Border {
    BLACK,
    /** The picture mirrored at its edge pixel. */
    REFLECTED
  }

  public RandomCrop {
    Sizes.requireSide(size);
    if (padding < 0) {
      throw new IllegalArgumentException("padding cannot be negative, was " + padding);
    }
  }

  /** Four black pixels on each side: DeiT's crop of pictures of 32 pixels or less. */
  public static RandomCrop small(int size) {
    return new RandomCrop(size, 4, Border.BLACK);
  }

  @Override
  public Image apply(Image image, Draws draws) {
    Image padded = border == Border.BLACK
        ? Cuts.pad(image, padding, Colour.BLACK)
        : Cuts.padReflecting(image, padding);
    if (padded.width() < size || padded.height() < size) {
      throw new IllegalArgumentException(
          "a crop of %d x %d does not fit into a picture of %d x %d with a border of %d; use a resized crop"
              .formatted(size, size, image.width(), image.height(), padding));
    }
    int top = draws.below(padded.height() - size + 1);
    int left = draws.below(padded.width() - size + 1);
    return Cuts.crop(padded, new Box(left, top, size, size));
  }
}

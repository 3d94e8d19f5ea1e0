package alphadistill.augment.image.pillow;

import alphadistill.augment.image.Image;

/**
 * A rectangle of whole pixels inside a picture.
 *
 * @param left column of its first pixel
 * @param top row of its first pixel
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record Box(int left, int top, int width, int height) {

  public Box {
    if (left < 0 || top < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a box starts inside the picture and holds a pixel; was %d x %d at column %d, row %d"
              .formatted(width, height, left, top));
    }
  }

  /** All of a picture. */
  public static Box whole(Image image) {
    return new Box(0, 0, image.width(), image.height());
  }

  /** Refuses a picture that does not hold the box. */
  void requireInside(Image image) {
    if (left > image.width() - width || top > image.height() - height) {
      throw new IllegalArgumentException(
          "a box of %d x %d at column %d, row %d does not lie inside a picture of %d x %d"
              .formatted(width, height, left, top, image.width(), image.height()));
    }
  }
}

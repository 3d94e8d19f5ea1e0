package alphadistill.augment.image.recipe;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageTransform;
import alphadistill.augment.image.pillow.Cuts;
import alphadistill.augment.image.pillow.Resample;
import alphadistill.augment.image.pillow.Resize;

/**
 * What a picture is evaluated on: the shorter side resized to {@code int(size / ratio)}, then the middle. Pictures for
 * networks of 32 pixels or less are not resized, only cut, or framed in black where they are smaller.
 *
 * @param size side of the result in pixels
 * @param ratio of the middle's side to the shorter side, in (0, 1]: 0.875 in DeiT, 1 in DeiT III
 */
public record EvaluationCrop(int size, double ratio) implements ImageTransform {

  public EvaluationCrop {
    Sizes.requireSide(size);
    if (!(ratio > 0 && ratio <= 1)) {
      throw new IllegalArgumentException("the ratio of a crop is in (0, 1], was " + ratio);
    }
  }

  /** The middle. */
  public Image apply(Image image) {
    Image resized = size <= ImageAugmentation.LARGEST_SMALL_SIDE
        ? image
        : Resize.shorterSide(image, (int) (size / ratio), Resample.BICUBIC);
    return Cuts.centre(resized, size, size);
  }

  /** The middle; nothing is drawn. */
  @Override
  public Image apply(Image image, Draws draws) {
    return apply(image);
  }
}

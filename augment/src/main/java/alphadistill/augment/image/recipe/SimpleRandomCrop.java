package alphadistill.augment.image.recipe;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageTransform;
import alphadistill.augment.image.pillow.Resample;
import alphadistill.augment.image.pillow.Resize;

/**
 * DeiT III's crop for large data sets: the shorter side resized to the network's size, a reflected border of 4 pixels,
 * a square at a random place. It shows nearly the whole picture, so the label is nearly always in it.
 *
 * @param size side of the result in pixels
 */
public record SimpleRandomCrop(int size) implements ImageTransform {

  public SimpleRandomCrop {
    Sizes.requireSide(size);
  }

  @Override
  public Image apply(Image image, Draws draws) {
    Image resized = Resize.shorterSide(image, size, Resample.BICUBIC);
    return new RandomCrop(size, 4, RandomCrop.Border.REFLECTED).apply(resized, draws);
  }
}

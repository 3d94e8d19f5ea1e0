package alphadistill.augment.image.recipe;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageTransform;
import alphadistill.augment.image.pillow.Cuts;

/**
 * Left and right exchanged in a share of the pictures.
 *
 * @param probability in [0, 1]
 */
public record HorizontalFlip(double probability) implements ImageTransform {

  public HorizontalFlip {
    Sizes.requireProbability("a flip", probability);
  }

  @Override
  public Image apply(Image image, Draws draws) {
    return draws.uniform() < probability ? Cuts.flip(image) : image;
  }
}

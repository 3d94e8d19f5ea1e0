package alphadistill.augment.image.recipe;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageTransform;

/** What is done to a picture after it was cut and flipped. */
public sealed interface ColourPolicy extends ImageTransform
    permits RandAugment, ThreeAugment, ColourPolicy.None {

  /** Nothing. */
  record None() implements ColourPolicy {
    @Override
    public Image apply(Image image, Draws draws) {
      return image;
    }
  }
}

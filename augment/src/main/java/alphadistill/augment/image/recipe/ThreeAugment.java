package alphadistill.augment.image.recipe;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.pillow.Blur;
import alphadistill.augment.image.pillow.Enhance;
import alphadistill.augment.image.pillow.Tones;

/**
 * DeiT III's policy: always exactly one of grey, inverted from 128 on, and blurred with a radius of U(0.1, 2), each with
 * the same probability. Colour jitter follows in the recipe.
 */
public record ThreeAugment() implements ColourPolicy {

  @Override
  public Image apply(Image image, Draws draws) {
    return switch (draws.below(3)) {
      case 0 -> Enhance.grey(image);
      case 1 -> Tones.solarize(image, 128);
      default -> Blur.gaussian(image, 0.1 + 1.9 * draws.uniform());
    };
  }
}

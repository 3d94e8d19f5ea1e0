package alphadistill.augment.image.recipe;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.ImageTransform;
import alphadistill.augment.image.pillow.Enhance;

/**
 * Brightness, contrast and saturation changed in random order, each by a factor of {@code U(1 - strength, 1 +
 * strength)}, which is not below 0. Hue stays.
 *
 * @param strength not negative; 0 changes nothing
 */
public record ColourJitter(double strength) implements ImageTransform {

  public ColourJitter {
    if (!(strength >= 0 && strength < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the strength of a colour jitter is not negative, was " + strength);
    }
  }

  @Override
  public Image apply(Image image, Draws draws) {
    if (strength == 0) {
      return image;
    }
    Image changed = image;
    for (int property : draws.permutation(3)) {
      double least = Math.max(0, 1 - strength);
      double factor = least + (1 + strength - least) * draws.uniform();
      changed = switch (property) {
        case 0 -> Enhance.brightness(changed, factor);
        case 1 -> Enhance.contrast(changed, factor);
        default -> Enhance.colour(changed, factor);
      };
    }
    return changed;
  }
}

package alphadistill.augment.image.recipe;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.augment.image.pillow.AffineMap;
import alphadistill.augment.image.pillow.Blur;
import alphadistill.augment.image.pillow.Colour;
import alphadistill.augment.image.pillow.Enhance;
import alphadistill.augment.image.pillow.Resample;
import alphadistill.augment.image.pillow.Tones;

/**
 * The operations of RandAugment and what a magnitude (10 is full) means to each (vision.md section 3, the table).
 * "Increasing" operations do more for a larger magnitude; in the plain set some do less.
 */
enum Operation {
  AUTO_CONTRAST {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      return Tones.autoContrast(image);
    }
  },
  EQUALIZE {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      return Tones.equalize(image);
    }
  },
  INVERT {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      return Tones.invert(image);
    }
  },
  ROTATE {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      double degrees = eitherWay(magnitude / FULL * 30, draws);
      return moved(image, AffineMap.rotation(degrees, image.width(), image.height()));
    }
  },
  POSTERIZE {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      int bits = (int) (magnitude / FULL * 4);
      return Tones.posterize(image, Math.max(0, Math.min(8, increasing ? 4 - bits : bits)));
    }
  },
  SOLARIZE {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      int threshold = Math.min(256, (int) (magnitude / FULL * 256));
      return Tones.solarize(image, increasing ? 256 - threshold : threshold);
    }
  },
  SOLARIZE_ADD {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      return Tones.solarizeAdd(image, Math.min(128, (int) (magnitude / FULL * 110)), 128);
    }
  },
  COLOUR {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      return Enhance.colour(image, factor(magnitude, increasing, draws));
    }
  },
  CONTRAST {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      return Enhance.contrast(image, factor(magnitude, increasing, draws));
    }
  },
  BRIGHTNESS {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      return Enhance.brightness(image, factor(magnitude, increasing, draws));
    }
  },
  SHARPNESS {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      return Enhance.sharpness(image, factor(magnitude, increasing, draws));
    }
  },
  SHEAR_X {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      return moved(image, AffineMap.shearX(eitherWay(magnitude / FULL * 0.3, draws)));
    }
  },
  SHEAR_Y {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      return moved(image, AffineMap.shearY(eitherWay(magnitude / FULL * 0.3, draws)));
    }
  },
  TRANSLATE_X {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      double share = eitherWay(magnitude / FULL * 0.45, draws);
      return moved(image, AffineMap.translation(share * image.width(), 0));
    }
  },
  TRANSLATE_Y {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      double share = eitherWay(magnitude / FULL * 0.45, draws);
      return moved(image, AffineMap.translation(0, share * image.height()));
    }
  },
  /** Half grey at magnitude 0, grey at 10; only in the sets after 3-Augment. */
  DESATURATE {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      double share = Math.min(1, 0.5 + 0.5 * (magnitude / FULL));
      return Enhance.colour(image, 1 - share);
    }
  },
  /** A radius of 0.1 at magnitude 0, 2 at 10; only in the sets after 3-Augment. */
  GAUSSIAN_BLUR {
    @Override
    Image apply(Image image, double magnitude, boolean increasing, Draws draws) {
      return Blur.gaussian(image, Math.min(2, 0.1 + 1.9 * (magnitude / FULL)));
    }
  };

  /** The magnitude at which an operation does all that it is meant to. */
  static final double FULL = 10;

  abstract Image apply(Image image, double magnitude, boolean increasing, Draws draws);

  private static double eitherWay(double size, Draws draws) {
    return draws.uniform() > 0.5 ? -size : size;
  }

  /** Increasing: away from 1, at least 0.1; plain: 0.1 to 1.9. */
  private static double factor(double magnitude, boolean increasing, Draws draws) {
    return increasing
        ? Math.max(0.1, 1 + eitherWay(magnitude / FULL * 0.9, draws))
        : magnitude / FULL * 1.8 + 0.1;
  }

  private static Image moved(Image image, AffineMap map) {
    return map.apply(image, Resample.BICUBIC, Colour.IMAGENET_MEAN);
  }
}

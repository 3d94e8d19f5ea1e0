package alphadistill.augment.image.pillow;

/** How a picture is read between its pixels. */
public enum Resample {
  /** The pixel that the position lies in. */
  NEAREST(0) {
    @Override
    double weight(double distance) {
      throw new IllegalStateException("the nearest pixel is looked up, not weighed");
    }
  },
  /** The mean of the pixels that a new pixel covers. */
  BOX(0.5) {
    @Override
    double weight(double distance) {
      return distance > -0.5 && distance <= 0.5 ? 1 : 0;
    }
  },
  /** A triangle. */
  BILINEAR(1) {
    @Override
    double weight(double distance) {
      return Math.max(0, 1 - Math.abs(distance));
    }
  },
  /** Keys' cubic with a = -1/2. {@link AffineMap} uses a = -1, as Pillow does. */
  BICUBIC(2) {
    @Override
    double weight(double distance) {
      double x = Math.abs(distance);
      if (x < 1) {
        return (1.5 * x - 2.5) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
    }
  };

  private final double support;

  Resample(double support) {
    this.support = support;
  }

  /** Distance in pixels beyond which weights are zero. */
  double support() {
    return support;
  }

  /** Weight of a pixel at a distance, not normalised. */
  abstract double weight(double distance);
}

package alphadistill.augment.image.mixing;

import alphadistill.augment.Draws;

/**
 * The part of a picture that shows its partner: rows [top, bottom), columns [left, right). It may be empty.
 */
record CutmixBox(int top, int bottom, int left, int right) {

  /**
   * A box of about {@code 1 - share} of the picture around a uniform centre, cut at the borders. Its sides are twice half
   * of {@code int(side * sqrt(1 - share))}: an odd one loses a pixel, as in the reference.
   */
  static CutmixBox around(double share, int height, int width, Draws draws) {
    double ratio = Math.sqrt(1 - share);
    int halfHeight = (int) (height * ratio) / 2;
    int halfWidth = (int) (width * ratio) / 2;
    int y = draws.below(height);
    int x = draws.below(width);
    return new CutmixBox(
        Math.max(0, y - halfHeight),
        Math.min(height, y + halfHeight),
        Math.max(0, x - halfWidth),
        Math.min(width, x + halfWidth));
  }

  /** A box inside the picture whose sides are uniform whole numbers in [int(side * least), int(side * most)). */
  static CutmixBox between(MixupCutmix.Sides sides, int height, int width, Draws draws) {
    int boxHeight = uniform((int) (height * sides.least()), (int) (height * sides.most()), draws);
    int boxWidth = uniform((int) (width * sides.least()), (int) (width * sides.most()), draws);
    int top = draws.below(height - boxHeight);
    int left = draws.below(width - boxWidth);
    return new CutmixBox(top, top + boxHeight, left, left + boxWidth);
  }

  private static int uniform(int from, int to, Draws draws) {
    return from
        + draws.below(Math.max(1, to - from)); // one size where pictures are too small for a choice
  }

  /** What is left of the picture itself. */
  double share(int height, int width) {
    return 1 - (bottom - top) * (right - left) / ((double) height * width);
  }

  /** Copies the box from one picture (3, H, W) into another. */
  void paste(float[] from, int source, float[] into, int target, int height, int width) {
    for (int channel = 0; channel < 3; channel++) {
      for (int y = top; y < bottom; y++) {
        int at = (channel * height + y) * width + left;
        System.arraycopy(from, source + at, into, target + at, right - left);
      }
    }
  }
}

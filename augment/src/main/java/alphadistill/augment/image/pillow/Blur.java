package alphadistill.augment.image.pillow;

import alphadistill.augment.image.Image;

/**
 * A Gaussian blur made of three box blurs along rows and three along columns, each rounded to bytes. The box has
 * a fractional radius: its two outermost pixels count in part. Pixels beyond the border are the border's.
 *
 * <p>Gwosdek et al. 2011, "Theoretical foundations of Gaussian convolution by extended box filtering".
 */
public final class Blur {
  private static final int PASSES = 3;

  private Blur() {}

  /**
   * A blurred picture.
   *
   * @param radius standard deviation in pixels, not negative
   */
  public static Image gaussian(Image image, double radius) {
    if (!(radius >= 0)) {
      throw new IllegalArgumentException("the radius of a blur cannot be negative, was " + radius);
    }
    float box = boxRadius((float) radius);
    int width = image.width();
    int height = image.height();
    byte[] rgb = image.rgb().clone();
    for (int y = 0; y < height; y++) {
      lines(rgb, 3 * width * y, width, 3, 3, box);
    }
    lines(rgb, 0, height, 3 * width, 3 * width, box);
    return new Image(width, height, rgb);
  }

  /** The radius of boxes whose variances add up to the Gaussian's; float as in the original, which fixes its bits. */
  private static float boxRadius(float radius) {
    float variance = radius * radius / PASSES;
    float length = (float) Math.sqrt(12.0 * variance + 1.0);
    float whole = (float) Math.floor((length - 1.0) / 2.0);
    float part = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance);
    part /= 6 * (variance - (whole + 1) * (whole + 1));
    return whole + part;
  }

  /**
   * Blurs lines that lie beside each other: value {@code i} of line {@code j} is at {@code start + i * step + j}. Sums
   * of all lines move together, so that memory is read in its order.
   */
  private static void lines(byte[] rgb, int start, int length, int step, int lines, float radius) {
    int whole = (int) radius;
    int inner = (int) (16777216f / (radius * 2 + 1)); // weight of a pixel inside the box, in 2^-24
    int outer = ((1 << 24) - (whole * 2 + 1) * inner) / 2;
    byte[] old = new byte[length * lines];
    int[] sums = new int[lines];
    for (int pass = 0; pass < PASSES; pass++) {
      for (int i = 0; i < length; i++) {
        System.arraycopy(rgb, start + i * step, old, i * lines, lines);
      }
      java.util.Arrays.fill(sums, 0);
      for (int i = -whole - 1; i < whole; i++) { // the box around the place before the first
        int at = lines * clip(i, length);
        for (int j = 0; j < lines; j++) {
          sums[j] += old[at + j] & 0xFF;
        }
      }
      for (int i = 0; i < length; i++) {
        int leaving = lines * clip(i - whole - 1, length);
        int entering = lines * clip(i + whole, length);
        int beyond = lines * clip(i + whole + 1, length);
        int to = start + i * step;
        for (int j = 0; j < lines; j++) {
          int left = old[leaving + j] & 0xFF;
          int sum = sums[j] + (old[entering + j] & 0xFF) - left;
          sums[j] = sum;
          // unsigned: 255 * 2^24 + 2^23 needs the 32nd bit
          rgb[to + j] =
              (byte) ((sum * inner + (left + (old[beyond + j] & 0xFF)) * outer + (1 << 23)) >>> 24);
        }
      }
    }
  }

  private static int clip(int i, int length) {
    return Math.max(0, Math.min(length - 1, i));
  }
}

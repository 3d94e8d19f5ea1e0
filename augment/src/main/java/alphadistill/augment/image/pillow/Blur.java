package alphadistill.augment.image.pillow;

import alphadistill.augment.image.Image;
import java.util.Arrays;

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
    byte[] rgb = image.rgb();
    int[] columns = new int[rgb.length]; // (W, H, 3)
    for (int y = 0, from = 0; y < height; y++) {
      for (int x = 0; x < width; x++, from += 3) {
        int to = 3 * (x * height + y);
        columns[to] = rgb[from] & 0xFF;
        columns[to + 1] = rgb[from + 1] & 0xFF;
        columns[to + 2] = rgb[from + 2] & 0xFF;
      }
    }
    columns = passes(columns, width, 3 * height, box);
    int[] rows = new int[rgb.length]; // (H, W, 3)
    for (int y = 0, to = 0; y < height; y++) {
      for (int x = 0; x < width; x++, to += 3) {
        int from = 3 * (x * height + y);
        rows[to] = columns[from];
        rows[to + 1] = columns[from + 1];
        rows[to + 2] = columns[from + 2];
      }
    }
    rows = passes(rows, height, 3 * width, box);
    byte[] blurred = new byte[rgb.length];
    for (int i = 0; i < blurred.length; i++) {
      blurred[i] = (byte) rows[i];
    }
    return new Image(width, height, blurred);
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
   * Three box blurs of lines that lie beside each other: value {@code i} of line {@code j} is at {@code i * lines + j}.
   * The sums of all lines move together, in loops over plain arrays that the compiler makes vectors of.
   */
  private static int[] passes(int[] values, int length, int lines, float radius) {
    int whole = (int) radius;
    int inner = (int) (16777216f / (radius * 2 + 1)); // weight of a pixel inside the box, in 2^-24
    int outer = ((1 << 24) - (whole * 2 + 1) * inner) / 2;
    int[] from = values;
    int[] into = new int[values.length];
    int[] sums = new int[lines];
    for (int pass = 0; pass < PASSES; pass++) {
      Arrays.fill(sums, 0);
      for (int i = -whole - 1; i < whole; i++) { // the box around the place before the first
        add(from, lines * clip(i, length), sums);
      }
      for (int i = 0; i < length; i++) {
        int leaving = lines * clip(i - whole - 1, length);
        int entering = lines * clip(i + whole, length);
        int beyond = lines * clip(i + whole + 1, length);
        move(from, leaving, entering, sums);
        weigh(from, leaving, beyond, sums, inner, outer, into, lines * i);
      }
      int[] old = from;
      from = into;
      into = old;
    }
    return from;
  }

  private static void add(int[] from, int at, int[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += from[at + j];
    }
  }

  private static void move(int[] from, int leaving, int entering, int[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += from[entering + j] - from[leaving + j];
    }
  }

  /** Unsigned: 255 * 2^24 + 2^23 needs the 32nd bit. */
  private static void weigh(
      int[] from, int left, int right, int[] sums, int inner, int outer, int[] into, int at) {
    for (int j = 0; j < sums.length; j++) {
      int beside = from[left + j] + from[right + j];
      into[at + j] = (sums[j] * inner + beside * outer + (1 << 23)) >>> 24;
    }
  }

  private static int clip(int i, int length) {
    return Math.max(0, Math.min(length - 1, i));
  }
}

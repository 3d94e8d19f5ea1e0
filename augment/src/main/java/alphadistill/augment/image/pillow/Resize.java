package alphadistill.augment.image.pillow;

import alphadistill.augment.image.Image;

/**
 * Pictures of another size: rows first, then columns, each rounded to bytes; antialiased where it shrinks.
 *
 * <pre>{@code
 * Image small = Resize.box(photo, new Box(40, 20, 300, 260), 224, 224, Resample.BICUBIC);
 * }</pre>
 *
 * <p>A box is resized where it lies, without a copy, and as if it were the whole picture: nothing outside it is read.
 * Rows are resampled when a new row first needs them and kept in a ring as long as one does.
 */
public final class Resize {
  private static final int HALF = 1 << (ResizeWeights.BITS - 1);
  private static final long HALVES = HALF + ((long) HALF << 32);

  private Resize() {}

  /** A whole picture at another size. */
  public static Image whole(Image image, int width, int height, Resample resample) {
    return box(image, Box.whole(image), width, height, resample);
  }

  /**
   * The shorter side at a size, the longer one in proportion (its fraction dropped), as torchvision does.
   *
   * @param shorter pixels of the shorter side
   */
  public static Image shorterSide(Image image, int shorter, Resample resample) {
    int width = image.width();
    int height = image.height();
    int longer =
        (int) ((double) ((long) shorter * Math.max(width, height)) / Math.min(width, height));
    return width <= height
        ? whole(image, shorter, longer, resample)
        : whole(image, longer, shorter, resample);
  }

  /** A part of a picture at another size. */
  public static Image box(Image image, Box box, int width, int height, Resample resample) {
    box.requireInside(image);
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a picture has at least one pixel, was to become %d x %d".formatted(width, height));
    }
    if (width == box.width() && height == box.height()) {
      return Cuts.crop(image, box);
    }
    return resample == Resample.NEAREST
        ? nearest(image, box, width, height)
        : weighted(image, box, width, height, resample);
  }

  private static Image weighted(Image image, Box box, int width, int height, Resample resample) {
    ResizeWeights across = ResizeWeights.of(box.width(), width, resample);
    ResizeWeights down = ResizeWeights.of(box.height(), height, resample);
    byte[] rgb = new byte[3 * width * height];
    int[][] ring = new int[down.taps() + 1][3 * width]; // one more: rows are resampled in pairs
    long[] pair = new long[3 * box.width()];
    int[] sums = new int[3 * width];
    int done = down.first()[0]; // rows of the box before this one are resampled or not needed
    for (int y = 0; y < height; y++) {
      int first = down.first()[y];
      int end = first + down.count()[y];
      for (; done < end; done += 2) {
        int other = Math.min(done + 1, box.height() - 1);
        pair(image, box, done, other, pair);
        across(pair, across, ring[done % ring.length], ring[other % ring.length]);
      }
      down(ring, first, end, down.weights(), y * down.taps(), sums);
      narrow(sums, rgb, 3 * width * y);
    }
    return new Image(width, height, rgb);
  }

  /** Two rows of a box, one in the lower and one in the upper half of each number. */
  private static void pair(Image image, Box box, int lower, int upper, long[] pair) {
    byte[] rgb = image.rgb();
    int low = 3 * ((box.top() + lower) * image.width() + box.left());
    int high = 3 * ((box.top() + upper) * image.width() + box.left());
    for (int i = 0; i < pair.length; i++) {
      pair[i] = (rgb[low + i] & 0xFF) | (long) (rgb[high + i] & 0xFF) << 32;
    }
  }

  /**
   * Two rows at their new width, as whole colours. One multiplication serves both: what the lower sum carries into the
   * upper one is taken out at the end, and a sum of bytes weighed in 2^-22 fits into its half.
   */
  private static void across(long[] pair, ResizeWeights across, int[] lower, int[] upper) {
    int[] first = across.first();
    int[] count = across.count();
    int[] weights = across.weights();
    int taps = across.taps();
    for (int x = 0, to = 0; x < first.length; x++, to += 3) {
      int from = 3 * first[x];
      long red = HALVES;
      long green = HALVES;
      long blue = HALVES;
      for (int k = x * taps, end = k + count[x]; k < end; k++, from += 3) {
        long weight = weights[k];
        red += weight * pair[from];
        green += weight * pair[from + 1];
        blue += weight * pair[from + 2];
      }
      upper[to] = clip(upper(red)); // before the lower: the last row of an odd number is both
      upper[to + 1] = clip(upper(green));
      upper[to + 2] = clip(upper(blue));
      lower[to] = clip((int) red);
      lower[to + 1] = clip((int) green);
      lower[to + 2] = clip((int) blue);
    }
  }

  private static int upper(long sums) {
    return (int) ((sums - (int) sums) >> 32);
  }

  /** The weighted sum of rows [first, end); whole loops over plain arrays, so that the compiler makes vectors of them. */
  private static void down(int[][] ring, int first, int end, int[] weights, int at, int[] sums) {
    java.util.Arrays.fill(sums, HALF);
    int row = first;
    int k = at;
    for (; row + 1 < end; row += 2, k += 2) {
      int[] a = ring[row % ring.length];
      int[] b = ring[(row + 1) % ring.length];
      int ofA = weights[k];
      int ofB = weights[k + 1];
      for (int i = 0; i < sums.length; i++) {
        sums[i] += ofA * a[i] + ofB * b[i];
      }
    }
    if (row < end) {
      int[] a = ring[row % ring.length];
      int ofA = weights[k];
      for (int i = 0; i < sums.length; i++) {
        sums[i] += ofA * a[i];
      }
    }
  }

  private static void narrow(int[] sums, byte[] rgb, int at) {
    for (int i = 0; i < sums.length; i++) {
      rgb[at + i] = (byte) clip(sums[i]);
    }
  }

  private static int clip(int sum) {
    return Math.max(0, Math.min(255, sum >> ResizeWeights.BITS));
  }

  private static Image nearest(Image image, Box box, int width, int height) {
    int[] columns = nearest(box.width(), width);
    int[] rows = nearest(box.height(), height);
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0, to = 0; y < height; y++) {
      int at = 3 * ((box.top() + rows[y]) * image.width() + box.left());
      for (int x = 0; x < width; x++, to += 3) {
        System.arraycopy(image.rgb(), at + 3 * columns[x], rgb, to, 3);
      }
    }
    return new Image(width, height, rgb);
  }

  /** Positions are summed up step by step; their rounding decides which pixel is nearest. */
  private static int[] nearest(int oldSize, int newSize) {
    double step = (double) oldSize / newSize;
    double position = step * 0.5;
    int[] from = new int[newSize];
    for (int i = 0; i < newSize; i++, position += step) {
      from[i] = Math.min(oldSize - 1, (int) position); // the last sum may round up to the size
    }
    return from;
  }
}

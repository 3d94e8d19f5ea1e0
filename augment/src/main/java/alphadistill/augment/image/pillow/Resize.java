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
    ResizeWeights across =
        box.width() == width ? null : ResizeWeights.of(box.width(), width, resample);
    ResizeWeights down = ResizeWeights.of(box.height(), height, resample);
    byte[] old = image.rgb();
    byte[] rgb = new byte[3 * width * height];
    int[][] ring = new int[down.taps()][3 * width];
    int[] sums = new int[3 * width];
    int done = down.first()[0]; // rows of the box before this one are resampled or not needed
    for (int y = 0; y < height; y++) {
      int first = down.first()[y];
      int end = first + down.count()[y];
      for (; done < end; done++) {
        int at = 3 * ((box.top() + done) * image.width() + box.left());
        int[] row = ring[done % ring.length];
        if (across == null) {
          widen(old, at, row);
        } else {
          across(old, at, across, row);
        }
      }
      down(ring, first, end, down.weights(), y * down.taps(), sums);
      narrow(sums, rgb, 3 * width * y);
    }
    return new Image(width, height, rgb);
  }

  /** One row at its new width, as whole colours. */
  private static void across(byte[] old, int at, ResizeWeights across, int[] row) {
    int[] first = across.first();
    int[] count = across.count();
    int[] weights = across.weights();
    int taps = across.taps();
    for (int x = 0; x < first.length; x++) {
      int from = at + 3 * first[x];
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      for (int k = x * taps, end = k + count[x]; k < end; k++, from += 3) {
        int weight = weights[k];
        red += weight * (old[from] & 0xFF);
        green += weight * (old[from + 1] & 0xFF);
        blue += weight * (old[from + 2] & 0xFF);
      }
      row[3 * x] = clip(red);
      row[3 * x + 1] = clip(green);
      row[3 * x + 2] = clip(blue);
    }
  }

  private static void widen(byte[] old, int at, int[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = old[at + i] & 0xFF;
    }
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

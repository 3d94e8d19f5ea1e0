package alphadistill.augment.image.pillow;

import alphadistill.augment.image.Image;
import java.util.Arrays;

/** Parts, borders and mirror images: pixels move, none changes. */
public final class Cuts {
  private Cuts() {}

  /** A part of a picture; the picture itself where the part is all of it. */
  public static Image crop(Image image, Box box) {
    box.requireInside(image);
    if (box.equals(Box.whole(image))) {
      return image;
    }
    byte[] rgb = new byte[3 * box.width() * box.height()];
    for (int y = 0; y < box.height(); y++) {
      int from = 3 * ((box.top() + y) * image.width() + box.left());
      System.arraycopy(image.rgb(), from, rgb, 3 * box.width() * y, 3 * box.width());
    }
    return new Image(box.width(), box.height(), rgb);
  }

  /**
   * The middle of a picture; black is added around a picture that is too small. Half pixels are rounded to even, as
   * torchvision does.
   */
  public static Image centre(Image image, int width, int height) {
    int missingWidth = Math.max(0, width - image.width());
    int missingHeight = Math.max(0, height - image.height());
    Image whole = missingWidth + missingHeight == 0
        ? image
        : framed(
            image,
            missingWidth / 2,
            missingHeight / 2,
            image.width() + missingWidth,
            image.height() + missingHeight,
            Colour.BLACK);
    int left = (int) Math.rint((whole.width() - width) / 2.0);
    int top = (int) Math.rint((whole.height() - height) / 2.0);
    return crop(whole, new Box(left, top, width, height));
  }

  /** A border of one colour on each side. */
  public static Image pad(Image image, int border, Colour colour) {
    return framed(
        image, border, border, image.width() + 2 * border, image.height() + 2 * border, colour);
  }

  private static Image framed(
      Image image, int left, int top, int width, int height, Colour colour) {
    byte[] rgb = new byte[3 * width * height];
    colour.fill(rgb, 0, width * height);
    for (int y = 0; y < image.height(); y++) {
      int to = 3 * ((top + y) * width + left);
      System.arraycopy(image.rgb(), 3 * image.width() * y, rgb, to, 3 * image.width());
    }
    return new Image(width, height, rgb);
  }

  /** A border on each side that mirrors the picture; the edge pixel is not repeated. */
  public static Image padReflecting(Image image, int border) {
    int[] columns = reflected(image.width(), border);
    int[] rows = reflected(image.height(), border);
    byte[] rgb = new byte[3 * columns.length * rows.length];
    int to = 0;
    for (int row : rows) {
      for (int column : columns) {
        System.arraycopy(image.rgb(), 3 * (row * image.width() + column), rgb, to, 3);
        to += 3;
      }
    }
    return new Image(columns.length, rows.length, rgb);
  }

  /** Where each place of a bordered side comes from; back and forth where the border is wider than the side. */
  private static int[] reflected(int size, int border) {
    int[] from = new int[size + 2 * border];
    int period = Math.max(1, 2 * (size - 1));
    Arrays.setAll(from, i -> {
      int place = Math.floorMod(i - border, period);
      return Math.min(place, period - place) % size;
    });
    return from;
  }

  /** A border on each side that repeats the edge pixel. */
  static Image padRepeating(Image image, int border) {
    int width = image.width() + 2 * border;
    int height = image.height() + 2 * border;
    byte[] rgb = new byte[3 * width * height];
    int stride = 3 * width;
    for (int y = 0; y < height; y++) {
      int row = Math.max(0, Math.min(image.height() - 1, y - border));
      int start = y * stride + 3 * border;
      int end = start + 3 * image.width();
      System.arraycopy(image.rgb(), 3 * image.width() * row, rgb, start, 3 * image.width());
      for (int i = 0; i < 3 * border; i++) {
        rgb[start - 1 - i] = rgb[start + 2 - i % 3];
        rgb[end + i] = rgb[end - 3 + i % 3];
      }
    }
    return new Image(width, height, rgb);
  }

  /** Left and right exchanged. */
  public static Image flip(Image image) {
    byte[] old = image.rgb();
    byte[] rgb = new byte[old.length];
    int stride = 3 * image.width();
    for (int start = 0; start < old.length; start += stride) {
      for (int left = start, right = start + stride - 3; right >= start; left += 3, right -= 3) {
        rgb[left] = old[right];
        rgb[left + 1] = old[right + 1];
        rgb[left + 2] = old[right + 2];
      }
    }
    return new Image(image.width(), image.height(), rgb);
  }
}

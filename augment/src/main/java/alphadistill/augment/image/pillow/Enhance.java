package alphadistill.augment.image.pillow;

import alphadistill.augment.image.Image;

/**
 * A picture moved away from, or towards, a poorer one: {@code poorer + factor * (picture - poorer)} in float, the
 * fraction dropped. Factor 0 gives the poorer picture, 1 the picture, more than 1 exaggerates.
 */
public final class Enhance {
  private Enhance() {}

  /** Poorer: black. */
  public static Image brightness(Image image, double factor) {
    float share = (float) factor;
    return Tones.same(image, colour -> blend(0, colour, share));
  }

  /** Poorer: the mean grey everywhere. */
  public static Image contrast(Image image, double factor) {
    float share = (float) factor;
    byte[] rgb = image.rgb();
    long sum = 0;
    for (int i = 0; i < rgb.length; i += 3) {
      sum += grey(rgb, i);
    }
    int mean = (int) (sum / (double) (rgb.length / 3) + 0.5);
    return Tones.same(image, colour -> blend(mean, colour, share));
  }

  /** Saturation; poorer: the picture in grey. */
  public static Image colour(Image image, double factor) {
    float share = (float) factor;
    byte[] old = image.rgb();
    byte[] rgb = new byte[old.length];
    for (int i = 0; i < rgb.length; i += 3) {
      int grey = grey(old, i);
      rgb[i] = (byte) blend(grey, old[i] & 0xFF, share);
      rgb[i + 1] = (byte) blend(grey, old[i + 1] & 0xFF, share);
      rgb[i + 2] = (byte) blend(grey, old[i + 2] & 0xFF, share);
    }
    return new Image(image.width(), image.height(), rgb);
  }

  /**
   * Poorer: each pixel the mean of its 3 x 3 neighbourhood in which it counts five times; the border, and a picture
   * without an inside, stay.
   */
  public static Image sharpness(Image image, double factor) {
    int width = image.width();
    int height = image.height();
    float share = (float) factor;
    byte[] old = image.rgb();
    byte[] rgb = old.clone();
    int[] columns = new int[3 * width]; // sums of three rows
    for (int y = 1; y < height - 1; y++) {
      int at = 3 * width * y;
      int above = at - 3 * width;
      int below = at + 3 * width;
      for (int i = 0; i < columns.length; i++) {
        columns[i] = (old[above + i] & 0xFF) + (old[at + i] & 0xFF) + (old[below + i] & 0xFF);
      }
      for (int i = 3; i < columns.length - 3; i++) {
        int own = old[at + i] & 0xFF;
        int sum = columns[i - 3] + columns[i] + columns[i + 3] + 4 * own;
        int smooth = (2 * sum + 13) / 26; // thirteenths have no halves: never a tie
        rgb[at + i] = (byte) blend(smooth, own, share);
      }
    }
    return new Image(width, height, rgb);
  }

  /** The three channels all grey: 0.299 red + 0.587 green + 0.114 blue in 2^-16, rounded. */
  public static Image grey(Image image) {
    byte[] old = image.rgb();
    byte[] rgb = new byte[old.length];
    for (int i = 0; i < rgb.length; i += 3) {
      byte grey = (byte) grey(old, i);
      rgb[i] = grey;
      rgb[i + 1] = grey;
      rgb[i + 2] = grey;
    }
    return new Image(image.width(), image.height(), rgb);
  }

  private static int grey(byte[] rgb, int i) {
    return (19595 * (rgb[i] & 0xFF)
            + 38470 * (rgb[i + 1] & 0xFF)
            + 7471 * (rgb[i + 2] & 0xFF)
            + 0x8000)
        >> 16;
  }

  private static int blend(int poorer, int own, float factor) {
    int colour = (int) (poorer + factor * (own - poorer));
    return Math.max(0, Math.min(255, colour));
  }
}

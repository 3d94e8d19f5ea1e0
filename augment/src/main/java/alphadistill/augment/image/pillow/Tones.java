package alphadistill.augment.image.pillow;

import alphadistill.augment.image.Image;
import java.util.function.IntUnaryOperator;

/** Colours replaced by a table, one for all pixels of a channel. */
public final class Tones {
  private Tones() {}

  /** {@code 255 - colour}. */
  public static Image invert(Image image) {
    return same(image, colour -> 255 - colour);
  }

  /**
   * Colours from a threshold on inverted.
   *
   * @param threshold in [0, 256]; 256 changes nothing
   */
  public static Image solarize(Image image, int threshold) {
    return same(image, colour -> colour < threshold ? colour : 255 - colour);
  }

  /** Something added to the colours below a threshold, at most up to 255. */
  public static Image solarizeAdd(Image image, int add, int threshold) {
    return same(image, colour -> colour < threshold ? Math.min(255, colour + add) : colour);
  }

  /**
   * The first bits of each colour.
   *
   * @param bits that are kept, in [0, 8]; 0 gives black
   */
  public static Image posterize(Image image, int bits) {
    if (bits < 0 || bits > 8) {
      throw new IllegalArgumentException("a colour has 0 to 8 bits, was to keep " + bits);
    }
    int mask = -1 << (8 - bits);
    return same(image, colour -> colour & mask);
  }

  /** Each channel stretched to [0, 255]; a channel of one colour stays. */
  public static Image autoContrast(Image image) {
    return byChannel(image, histogram -> {
      int low = 0;
      int high = 255;
      while (histogram[low] == 0) {
        low++;
      }
      while (histogram[high] == 0) {
        high--;
      }
      if (high == low) {
        return colour -> colour;
      }
      double scale = 255.0 / (high - low);
      double offset = -low * scale;
      return colour -> (int) (colour * scale + offset);
    });
  }

  /** Each channel made as even as its steps allow; a channel of one colour, or with too few pixels, stays. */
  public static Image equalize(Image image) {
    return byChannel(image, histogram -> {
      int last = 255;
      while (histogram[last] == 0) {
        last--;
      }
      int step = (image.width() * image.height() - histogram[last]) / 255;
      if (step == 0) {
        return colour -> colour;
      }
      int[] table = new int[256];
      int below = step / 2;
      for (int colour = 0; colour < 256; colour++) {
        table[colour] = below / step;
        below += histogram[colour];
      }
      return colour -> table[colour];
    });
  }

  private interface Stretch {
    IntUnaryOperator of(int[] histogram);
  }

  private static Image byChannel(Image image, Stretch stretch) {
    int[] red = new int[256];
    int[] green = new int[256];
    int[] blue = new int[256];
    byte[] rgb = image.rgb();
    for (int i = 0; i < rgb.length; i += 3) {
      red[rgb[i] & 0xFF]++;
      green[rgb[i + 1] & 0xFF]++;
      blue[rgb[i + 2] & 0xFF]++;
    }
    return replaced(
        image, table(stretch.of(red)), table(stretch.of(green)), table(stretch.of(blue)));
  }

  /** One table for the three channels. */
  static Image same(Image image, IntUnaryOperator tone) {
    byte[] table = table(tone);
    return replaced(image, table, table, table);
  }

  private static byte[] table(IntUnaryOperator tone) {
    byte[] table = new byte[256];
    for (int colour = 0; colour < 256; colour++) {
      table[colour] = (byte) Math.max(0, Math.min(255, tone.applyAsInt(colour)));
    }
    return table;
  }

  private static Image replaced(Image image, byte[] red, byte[] green, byte[] blue) {
    byte[] old = image.rgb();
    byte[] rgb = new byte[old.length];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = red[old[i] & 0xFF];
      rgb[i + 1] = green[old[i + 1] & 0xFF];
      rgb[i + 2] = blue[old[i + 2] & 0xFF];
    }
    return new Image(image.width(), image.height(), rgb);
  }
}

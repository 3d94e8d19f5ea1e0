package alphadistill.vision.images;

/**
 * From stored colours to red, green and blue with libjpeg's and Pillow's whole-number formulas. Arrays hold unsigned
 * bytes, components beside each other.
 */
final class Colours {
  // Of the JFIF standard, times 2^16 and rounded (libjpeg, jdcolor.c).
  private static final int RED_OF_CR = 91881; // 1.40200
  private static final int GREEN_OF_CR = 46802; // 0.71414
  private static final int GREEN_OF_CB = 22554; // 0.34414
  private static final int BLUE_OF_CB = 116130; // 1.77200
  private static final int HALF = 1 << 15;

  private Colours() {}

  /** Grey three times. */
  static byte[] ofGrey(byte[] grey) {
    byte[] rgb = new byte[3 * grey.length];
    for (int i = 0, to = 0; i < grey.length; i++, to += 3) {
      byte value = grey[i];
      rgb[to] = value;
      rgb[to + 1] = value;
      rgb[to + 2] = value;
    }
    return rgb;
  }

  /** All red, then all green, then all blue. */
  static byte[] ofPlanes(byte[] planes) {
    byte[] rgb = new byte[planes.length];
    int plane = planes.length / 3;
    for (int i = 0, to = 0; i < plane; i++, to += 3) {
      rgb[to] = planes[i];
      rgb[to + 1] = planes[plane + i];
      rgb[to + 2] = planes[2 * plane + i];
    }
    return rgb;
  }

  /** As Adobe stores it, every ink inverted, whatever the file says: Pillow takes that for granted. */
  static byte[] ofInvertedCmyk(byte[] inverted) {
    byte[] rgb = new byte[inverted.length / 4 * 3];
    for (int from = 0, to = 0; from < inverted.length; from += 4, to += 3) {
      int white = inverted[from + 3] & 0xFF; // 255 - K
      for (int ink = 0; ink < 3; ink++) {
        int cyan = 255 - (inverted[from + ink] & 0xFF);
        int product = cyan * white + 128; // Pillow's rounded division by 255
        rgb[to + ink] = (byte) Math.max(0, white - ((product >> 8) + product >> 8));
      }
    }
    return rgb;
  }

  /** CMYK whose first three inks were stored as Y, Cb, Cr of their complement; changes its argument. */
  static byte[] ofInvertedYcck(byte[] ycck) {
    for (int i = 0; i < ycck.length; i += 4) {
      int y = ycck[i] & 0xFF;
      int cb = (ycck[i + 1] & 0xFF) - 128;
      int cr = (ycck[i + 2] & 0xFF) - 128;
      // libjpeg: C = 255 - R, and so on
      ycck[i] = (byte) (255 - clamp(y + (RED_OF_CR * cr + HALF >> 16)));
      ycck[i + 1] = (byte) (255 - clamp(y + (HALF - GREEN_OF_CB * cb - GREEN_OF_CR * cr >> 16)));
      ycck[i + 2] = (byte) (255 - clamp(y + (BLUE_OF_CB * cb + HALF >> 16)));
    }
    return ofInvertedCmyk(ycck);
  }

  private static int clamp(int value) {
    return Math.min(255, Math.max(0, value));
  }
}

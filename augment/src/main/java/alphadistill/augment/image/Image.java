package alphadistill.augment.image;

/**
 * One picture of whole-number colours, as decoders give and Pillow's operations take it.
 *
 * @param rgb unsigned bytes, row by row, red, green and blue beside each other (H, W, 3); shared, so nobody changes it
 */
public record Image(int width, int height, byte[] rgb) {

  public Image {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException("an image of %d x %d needs %d bytes, had %d"
          .formatted(width, height, 3L * width * height, rgb.length));
    }
  }

  /** A colour in [0, 255]. */
  public int at(int x, int y, int channel) {
    return rgb[(y * width + x) * 3 + channel] & 0xFF;
  }
}

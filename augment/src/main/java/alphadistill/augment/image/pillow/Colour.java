package alphadistill.augment.image.pillow;

/**
 * A colour of whole numbers in [0, 255].
 */
public record Colour(int red, int green, int blue) {
  /** What torchvision pads with. */
  public static final Colour BLACK = new Colour(0, 0, 0);

  /** The mean of ImageNet in bytes: what DeiT fills with where a rotated picture shows nothing (vision.md section 3). */
  public static final Colour IMAGENET_MEAN = new Colour(124, 116, 104);

  public Colour {
    if ((red | green | blue) < 0 || red > 255 || green > 255 || blue > 255) {
      throw new IllegalArgumentException(
          "colours are in [0, 255], were %d, %d, %d".formatted(red, green, blue));
    }
  }

  /** Fills the pixels [from, to) of rows of red, green and blue. */
  void fill(byte[] rgb, int from, int to) {
    for (int i = 3 * from; i < 3 * to; i += 3) {
      rgb[i] = (byte) red;
      rgb[i + 1] = (byte) green;
      rgb[i + 2] = (byte) blue;
    }
  }
}

package alphadistill.cli.device;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;
import alphadistill.vision.images.ImageSet;
import java.util.List;

/**
 * Noise with a tint, whose channel is its class: three classes that any network learns in a few steps.
 *
 * @param size number of pictures
 * @param side of each in pixels
 */
record TintedPictures(int size, int side, long seed) implements ImageSet {
  private static final int NOISE = 200;
  private static final int TINT = 50;

  @Override
  public List<String> classes() {
    return List.of("red", "green", "blue");
  }

  @Override
  public int label(int index) {
    return index % 3;
  }

  @Override
  public String origin(int index) {
    return "tinted picture " + index;
  }

  @Override
  public Image image(int index) {
    Draws draws = Draws.of(seed, "tinted picture", index);
    byte[] rgb = new byte[side * side * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (draws.below(NOISE) + (i % 3 == label(index) ? TINT : 0));
    }
    return new Image(side, side, rgb);
  }
}

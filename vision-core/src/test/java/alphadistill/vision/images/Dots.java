package alphadistill.vision.images;

import alphadistill.augment.image.Image;
import java.util.List;

/** A set of one-colour pictures in memory for tests: picture i has red {@code i % 256} and label {@code i % classes}. */
record Dots(int size, int side, List<String> classes) implements ImageSet {
  @Override
  public int label(int index) {
    return index % classes.size();
  }

  @Override
  public String origin(int index) {
    return "dot " + index;
  }

  @Override
  public Image image(int index) {
    byte[] rgb = new byte[3 * side * side];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) index;
    }
    return new Image(side, side, rgb);
  }
}

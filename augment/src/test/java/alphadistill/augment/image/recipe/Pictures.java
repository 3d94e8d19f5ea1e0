package alphadistill.augment.image.recipe;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Image;

/** Pictures for tests. */
final class Pictures {
  private Pictures() {}

  /** No two pixels near each other are alike, so every move and change shows. */
  static Image noise(int width, int height, long seed) {
    Draws draws = Draws.of(seed, "picture");
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) draws.bits();
    }
    return new Image(width, height, rgb);
  }
}

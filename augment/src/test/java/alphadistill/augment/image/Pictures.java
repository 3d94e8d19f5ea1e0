package alphadistill.augment.image;

import alphadistill.augment.Draws;

/** Pictures for the tests of this package and those below it. */
public final class Pictures {
  private Pictures() {}

  /** No two pixels near each other are alike, so every move and change shows. */
  public static Image noise(int width, int height, long seed) {
    Draws draws = Draws.of(seed, "picture");
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) draws.bits();
    }
    return new Image(width, height, rgb);
  }
}

package alphadistill.vision.inspect;

import alphadistill.augment.image.Image;
import java.util.Arrays;
import java.util.List;

/** Pictures of numbers, and of pictures. */
public final class Drawing {
  /** Red, green and blue from low to high, rising in lightness, so that grey prints and most eyes can order them. */
  private static final int[][] RAMP = {
    {8, 5, 30}, {82, 18, 110}, {170, 45, 100}, {230, 95, 45}, {250, 175, 40}, {252, 250, 180}
  };

  private static final double COLOUR_SHARE = 0.6;
  private static final int GROUND = 255;

  private Drawing() {}

  /**
   * A picture with a map laid over it, from dark for its smallest value to bright for its largest.
   *
   * @param scale times the picture is enlarged
   */
  public static Image overlay(Image picture, PatchMap map, int scale) {
    PatchMap stretched = map.stretched();
    Image large = enlarged(picture, scale);
    byte[] rgb = new byte[large.rgb().length];
    for (int y = 0; y < large.height(); y++) {
      for (int x = 0; x < large.width(); x++) {
        double value = stretched.at((x + 0.5) / large.width(), (y + 0.5) / large.height());
        for (int channel = 0; channel < 3; channel++) {
          double colour =
              COLOUR_SHARE * ramp(value, channel) + (1 - COLOUR_SHARE) * large.at(x, y, channel);
          rgb[(y * large.width() + x) * 3 + channel] = (byte) Math.round(colour);
        }
      }
    }
    return new Image(large.width(), large.height(), rgb);
  }

  /** Every pixel as a square of so many. */
  public static Image enlarged(Image picture, int scale) {
    int width = picture.width() * scale;
    int height = picture.height() * scale;
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < 3; channel++) {
          rgb[at++] = (byte) picture.at(x / scale, y / scale, channel);
        }
      }
    }
    return new Image(width, height, rgb);
  }

  /** Pictures of one size beside and below each other; rows may differ in length. */
  public static Image tiled(List<? extends List<Image>> rows, int gap) {
    int tileWidth = rows.get(0).get(0).width();
    int tileHeight = rows.get(0).get(0).height();
    int columns = rows.stream().mapToInt(List::size).max().orElseThrow();
    int width = columns * (tileWidth + gap) - gap;
    int height = rows.size() * (tileHeight + gap) - gap;
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) GROUND);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        Image tile = rows.get(row).get(column);
        if (tile.width() != tileWidth || tile.height() != tileHeight) {
          throw new IllegalArgumentException("tiles must have one size, had %d x %d and %d x %d"
              .formatted(tileWidth, tileHeight, tile.width(), tile.height()));
        }
        int left = column * (tileWidth + gap);
        int top = row * (tileHeight + gap);
        for (int y = 0; y < tileHeight; y++) {
          System.arraycopy(
              tile.rgb(), 3 * y * tileWidth, rgb, 3 * ((top + y) * width + left), 3 * tileWidth);
        }
      }
    }
    return new Image(width, height, rgb);
  }

  /** A map without a picture: one square for each patch. */
  static Image cells(PatchMap map, double low, double high, int scale) {
    byte[] rgb = new byte[3 * map.values().length];
    for (int i = 0; i < map.values().length; i++) {
      for (int channel = 0; channel < 3; channel++) {
        rgb[3 * i + channel] =
            (byte) Math.round(ramp((map.values()[i] - low) / (high - low), channel));
      }
    }
    return enlarged(new Image(map.columns(), map.rows(), rgb), scale);
  }

  /** A channel of the colour for a value in [0, 1]. */
  private static double ramp(double value, int channel) {
    double place = Math.max(0, Math.min(1, value)) * (RAMP.length - 1);
    int below = Math.min(RAMP.length - 2, (int) place);
    double share = place - below;
    return (1 - share) * RAMP[below][channel] + share * RAMP[below + 1][channel];
  }
}

package alphadistill.augment.image.pillow;

import alphadistill.augment.image.Image;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Where each pixel of a new picture looks in the old one: {@code (a x + b y + c, d x + e y + f)} from pixel centres to
 * pixel centres, in pixels. The new picture has the old one's size; what looks outside has the fill colour.
 *
 * <pre>{@code
 * Image turned = AffineMap.rotation(27, photo.width(), photo.height())
 *     .apply(photo, Resample.BICUBIC, Colour.IMAGENET_MEAN);
 * }</pre>
 */
public record AffineMap(double a, double b, double c, double d, double e, double f) {

  /** Counter-clockwise about the centre of a picture. */
  public static AffineMap rotation(double degrees, int width, int height) {
    double turn = degrees % 360;
    double angle = -Math.toRadians(turn < 0 ? turn + 360 : turn);
    double cos = to15Digits(StrictMath.cos(angle));
    double sin = to15Digits(StrictMath.sin(angle));
    double x = width / 2.0;
    double y = height / 2.0;
    return new AffineMap(cos, sin, cos * -x + sin * -y + x, -sin, cos, -sin * -x + cos * -y + y);
  }

  /** Each row moves left by {@code factor} times its distance from the upper edge. */
  public static AffineMap shearX(double factor) {
    return new AffineMap(1, factor, 0, 0, 1, 0);
  }

  /** Each column moves up by {@code factor} times its distance from the left edge. */
  public static AffineMap shearY(double factor) {
    return new AffineMap(1, 0, 0, factor, 1, 0);
  }

  /** The picture moves left by x and up by y pixels; fractions are kept. */
  public static AffineMap translation(double x, double y) {
    return new AffineMap(1, 0, x, 0, 1, y);
  }

  /** Decimal, half to even: makes a quarter turn exact. */
  private static double to15Digits(double value) {
    return new BigDecimal(value).setScale(15, RoundingMode.HALF_EVEN).doubleValue();
  }

  /**
   * The new picture.
   *
   * @param resample nearest, bilinear or bicubic: a box has no meaning at a point
   */
  public Image apply(Image image, Resample resample, Colour fill) {
    byte[] rgb = new byte[image.rgb().length];
    fill.fill(rgb, 0, image.width() * image.height());
    switch (resample) {
      case NEAREST -> nearest(image, rgb);
      case BILINEAR -> between(image, rgb, new Bilinear(image));
      case BICUBIC -> between(image, rgb, new Bicubic(image));
      default ->
        throw new IllegalArgumentException(
            "a point is read nearest, bilinear or bicubic, was to be " + resample);
    }
    return new Image(image.width(), image.height(), rgb);
  }

  private void between(Image image, byte[] rgb, PointReader reader) {
    int width = image.width();
    int height = image.height();
    for (int row = 0, to = 0; row < height; row++) {
      double y = row + 0.5;
      for (int column = 0; column < width; column++, to += 3) {
        double x = column + 0.5;
        double fromX = a * x + b * y + c;
        double fromY = d * x + e * y + f;
        if (fromX >= 0 && fromX < width && fromY >= 0 && fromY < height) {
          reader.read(fromX - 0.5, fromY - 0.5, rgb, to);
        }
      }
    }
  }

  /** Without shear positions are summed up in double, else in 2^-16 pixels: their rounding decides which is nearest. */
  private void nearest(Image image, byte[] rgb) {
    if (b == 0 && d == 0) {
      nearestScaled(image, rgb);
      return;
    }
    int width = image.width();
    int height = image.height();
    int stepX = fixed(a);
    int stepY = fixed(d);
    int rowX = fixed(c + a * 0.5 + b * 0.5);
    int rowY = fixed(f + d * 0.5 + e * 0.5);
    for (int row = 0, to = 0; row < height; row++, rowX += fixed(b), rowY += fixed(e)) {
      int x = rowX;
      int y = rowY;
      for (int column = 0; column < width; column++, to += 3, x += stepX, y += stepY) {
        copy(image, x >> 16, y >> 16, rgb, to);
      }
    }
  }

  private void nearestScaled(Image image, byte[] rgb) {
    double y = f + e * 0.5;
    for (int row = 0, to = 0; row < image.height(); row++, y += e) {
      double x = c + a * 0.5;
      for (int column = 0; column < image.width(); column++, to += 3, x += a) {
        copy(image, floor(x), floor(y), rgb, to);
      }
    }
  }

  private static void copy(Image image, int x, int y, byte[] rgb, int to) {
    if (x >= 0 && x < image.width() && y >= 0 && y < image.height()) {
      System.arraycopy(image.rgb(), 3 * (y * image.width() + x), rgb, to, 3);
    }
  }

  private static int fixed(double value) {
    return floor(value * 65536 + 0.5);
  }

  /** Reads the three colours at a place between pixel centres. */
  private interface PointReader {
    /** @param x in (-1/2, W - 1/2), 0 being the first pixel's centre */
    void read(double x, double y, byte[] rgb, int to);
  }

  /** Between the two nearest pixels of each direction; the fraction of a colour is dropped. */
  private record Bilinear(byte[] old, int width, int height) implements PointReader {
    Bilinear(Image image) {
      this(image.rgb(), image.width(), image.height());
    }

    @Override
    public void read(double x, double y, byte[] rgb, int to) {
      int column = floor(x);
      int row = floor(y);
      double right = x - column;
      double below = y - row;
      int left = 3 * Math.max(0, column);
      int beside = 3 * Math.min(width - 1, column + 1);
      int here = 3 * width * Math.max(0, row);
      int under = 3 * width * Math.min(height - 1, row + 1);
      for (int channel = 0; channel < 3; channel++) {
        double upper = mix(here + left + channel, here + beside + channel, right);
        double lower = mix(under + left + channel, under + beside + channel, right);
        rgb[to + channel] = (byte) (int) (upper + (lower - upper) * below);
      }
    }

    private double mix(int first, int second, double share) {
      int from = old[first] & 0xFF;
      return from + ((old[second] & 0xFF) - from) * share;
    }
  }

  /**
   * A cubic (a = -1) through four rows of cubics through four pixels. Where a place lies on a row or column of centres,
   * the cubic is the centre's value itself, so that direction is left out.
   *
   * @param old with a border of two repeated pixels around the picture, so that four are always there
   * @param stride numbers of one row
   */
  private record Bicubic(byte[] old, int stride) implements PointReader {
    Bicubic(Image image) {
      this(Cuts.padRepeating(image, 2).rgb(), 3 * (image.width() + 4));
    }

    @Override
    public void read(double x, double y, byte[] rgb, int to) {
      int column = floor(x);
      int row = floor(y);
      double right = x - column;
      double below = y - row;
      int corner = (row + 1) * stride + 3 * (column + 1); // one up and left, two for the border
      for (int channel = 0; channel < 3; channel++) {
        int at = corner + channel;
        double value;
        if (below == 0) {
          value = cubic(at + stride, 3, right);
        } else if (right == 0) {
          value = cubic(at + 3, stride, below);
        } else {
          value = cubic(
              cubic(at, 3, right),
              cubic(at + stride, 3, right),
              cubic(at + 2 * stride, 3, right),
              cubic(at + 3 * stride, 3, right),
              below);
        }
        rgb[to + channel] = (byte) Math.max(0, Math.min(255, (int) value));
      }
    }

    /** Whole sums are exact whatever their order. */
    private double cubic(int at, int step, double share) {
      int v0 = old[at] & 0xFF;
      int v1 = old[at + step] & 0xFF;
      int v2 = old[at + 2 * step] & 0xFF;
      int v3 = old[at + 3 * step] & 0xFF;
      int linear = v2 - v0;
      int square = 2 * (v0 - v1) + v2 - v3;
      int cube = v1 - v0 + v3 - v2;
      return v1 + share * (linear + share * (square + share * cube));
    }

    private static double cubic(double v0, double v1, double v2, double v3, double share) {
      double linear = -v0 + v2;
      double square = 2 * (v0 - v1) + v2 - v3;
      double cube = -v0 + v1 - v2 + v3; // in this order: the sums are rounded
      return v1 + share * (linear + share * (square + share * cube));
    }
  }

  /** Quicker than {@link Math#floor} where the number fits. */
  private static int floor(double value) {
    int whole = (int) value;
    return whole > value ? whole - 1 : whole;
  }
}

package alphadistill.vision.images;

import alphadistill.augment.image.Image;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;

/**
 * The eight ways a camera may have been held, as EXIF numbers them: which stored pixel is seen at (x, y) of the upright
 * picture.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  UPSIDE_DOWN(false, true, true),
  MIRRORED_UPSIDE_DOWN(false, false, true),
  TRANSPOSED(true, false, false),
  QUARTER_LEFT(true, false, true),
  TRANSVERSED(true, true, true),
  QUARTER_RIGHT(true, true, false);

  private final boolean swapped; // columns of the upright picture are rows of the stored one
  private final boolean fromRight; // the stored column counts from the right
  private final boolean fromBelow; // the stored row counts from below

  Orientation(boolean swapped, boolean fromRight, boolean fromBelow) {
    this.swapped = swapped;
    this.fromRight = fromRight;
    this.fromBelow = fromBelow;
  }

  /**
   * What an EXIF block says; upright where it says nothing, nonsense, or is damaged, as the reference takes it.
   *
   * @param start where the block's TIFF header begins
   */
  static Orientation ofExif(byte[] block, int start) {
    Metadata metadata = new Metadata();
    new ExifReader().extract(new ByteArrayReader(block), metadata, start);
    ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer value =
        directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
    return value == null || value < 1 || value > 8 ? UPRIGHT : values()[value - 1];
  }

  /** The picture as it should be seen. */
  Image apply(Image stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int storedWidth = stored.width();
    int storedHeight = stored.height();
    int width = swapped ? storedHeight : storedWidth;
    int height = swapped ? storedWidth : storedHeight;
    byte[] from = stored.rgb();
    byte[] rgb = new byte[from.length];
    for (int y = 0, to = 0; y < height; y++) {
      for (int x = 0; x < width; x++, to += 3) {
        int column = swapped ? y : x;
        int row = swapped ? x : y;
        column = fromRight ? storedWidth - 1 - column : column;
        row = fromBelow ? storedHeight - 1 - row : row;
        System.arraycopy(from, (row * storedWidth + column) * 3, rgb, to, 3);
      }
    }
    return new Image(width, height, rgb);
  }
}

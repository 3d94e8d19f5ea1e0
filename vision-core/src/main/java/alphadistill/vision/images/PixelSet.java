package alphadistill.vision.images;

import alphadistill.augment.image.Image;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Pictures of one size whose pixels lie in memory as their file had them. */
final class PixelSet extends ListedSet {

  /** How the bytes of one picture are ordered. */
  enum Layout {
    GREY(1),
    /** All red, then all green, then all blue. */
    PLANES(3),
    /** Red, green and blue beside each other. */
    RGB(3);

    private final int bytes;

    Layout(int bytes) {
      this.bytes = bytes;
    }
  }

  private final Path file;
  private final int width;
  private final int height;
  private final Layout layout;
  private final byte[] pixels;

  /** @throws ImageException if a label is none of the classes */
  PixelSet(
      Path file,
      List<String> classes,
      int[] labels,
      int width,
      int height,
      Layout layout,
      byte[] pixels) {
    super(classes, labels);
    ClassNames.require(file, classes, labels);
    this.file = file;
    this.width = width;
    this.height = height;
    this.layout = layout;
    this.pixels = pixels;
  }

  @Override
  public String origin(int index) {
    return "%s, picture %d".formatted(file, index);
  }

  @Override
  public Image image(int index) {
    int plane = width * height;
    int from = index * plane * layout.bytes;
    byte[] own = Arrays.copyOfRange(pixels, from, from + plane * layout.bytes);
    return new Image(
        width,
        height,
        switch (layout) {
          case GREY -> Colours.ofGrey(own);
          case PLANES -> Colours.ofPlanes(own);
          case RGB -> own;
        });
  }
}

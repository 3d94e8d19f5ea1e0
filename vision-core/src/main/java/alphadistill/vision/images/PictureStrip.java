package alphadistill.vision.images;

import alphadistill.augment.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Many square pictures in one PNG file: each row of it is a picture, its pixels row by row. */
final class PictureStrip {
  static final String SUFFIX = ".png";

  private PictureStrip() {}

  static ImageSet open(Path file, List<String> classes, ImageDecoder decoder) throws IOException {
    String name = file.getFileName().toString();
    Path labels =
        file.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + ".labels.csv");
    LabelTable table = new LabelTable(labels);
    Image strip = decoder.decode(Files.readAllBytes(file), file.toString());
    int side = (int) Math.round(Math.sqrt(strip.width()));
    if (side * side != strip.width()) {
      throw new ImageException(
          "%s: its rows of %d pixels are no square pictures: an ordinary picture? A set of those is a folder"
              .formatted(file, strip.width()));
    }
    if (table.size() != strip.height()) {
      throw new ImageException(
          "%s has %,d labels, but %s has %,d pictures: files of two different sets?"
              .formatted(labels, table.size(), file, strip.height()));
    }
    return new PixelSet(
        file, table.classes(classes), table.labels(), side, side, PixelSet.Layout.RGB, strip.rgb());
  }
}

package alphadistill.vision.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** JPEG files one after another in one gzip file, found by a table of offsets and lengths. */
final class JpegStream {
  static final String SUFFIX = ".jpegs.gz";

  private JpegStream() {}

  static ImageSet open(Path file, List<String> classes, ImageDecoder decoder) throws IOException {
    String name = file.getFileName().toString();
    Path index =
        file.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + ".index.csv");
    LabelTable table = new LabelTable(index);
    int[] starts = new int[table.size()];
    int[] lengths = new int[table.size()];
    long end = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = table.number(i, "offset");
      lengths[i] = table.number(i, "length");
      end = Math.max(end, (long) starts[i] + lengths[i]);
      if (starts[i] < 0 || lengths[i] < 0 || end > Integer.MAX_VALUE - 8) {
        throw new ImageException("%s: row %d has offset %d and length %d, which cannot be"
            .formatted(index, i, starts[i], lengths[i]));
      }
    }
    byte[] all;
    try (PackedFile in = new PackedFile(file)) {
      all = in.next((int) end);
    }
    EncodedSet.Source source = new EncodedSet.Source() {
      @Override
      public String origin(int i) {
        return "%s, picture %d".formatted(file, i);
      }

      @Override
      public byte[] read(int i) {
        return Arrays.copyOfRange(all, starts[i], starts[i] + lengths[i]);
      }
    };
    return new EncodedSet(table.classes(classes), table.labels(), source, decoder);
  }
}

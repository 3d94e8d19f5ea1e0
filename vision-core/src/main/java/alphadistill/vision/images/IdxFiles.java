package alphadistill.vision.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** MNIST's format: big-endian header (magic number, counts), then bytes; pictures and labels in a file each. */
final class IdxFiles {
  private static final int PICTURES = 0x803;
  private static final int LABELS = 0x801;

  private IdxFiles() {}

  static ImageSet open(Path file, List<String> classes) throws IOException {
    Path labelFile =
        file.resolveSibling(file.getFileName().toString().replace("images-idx3", "labels-idx1"));
    int[] labels = labels(labelFile);
    try (PackedFile in = new PackedFile(file)) {
      requireMagic(file, in.nextNumber(), PICTURES, "pictures (unsigned bytes, 3 dimensions)");
      int count = in.nextNumber();
      int height = in.nextNumber();
      int width = in.nextNumber();
      if (count < 1
          || height < 1
          || width < 1
          || (double) count * height * width > Integer.MAX_VALUE - 8) {
        throw new ImageException(
            "%s: declares %d pictures of %d x %d, which cannot be; fetch it again"
                .formatted(file, count, width, height));
      }
      if (count != labels.length) {
        throw new ImageException(
            "%s has %,d labels, but %s has %,d pictures: files of two different sets?"
                .formatted(labelFile, labels.length, file, count));
      }
      byte[] pixels = in.next(count * height * width);
      in.requireEnd();
      int most = Arrays.stream(labels).max().getAsInt();
      return new PixelSet(
          file,
          ClassNames.ofNumbers(classes, null, most + 1),
          labels,
          width,
          height,
          PixelSet.Layout.GREY,
          pixels);
    }
  }

  private static int[] labels(Path file) throws IOException {
    try (PackedFile in = new PackedFile(file)) {
      requireMagic(file, in.nextNumber(), LABELS, "labels (unsigned bytes, 1 dimension)");
      int count = in.nextNumber();
      if (count < 1) {
        throw new ImageException("%s: declares %d labels; fetch it again".formatted(file, count));
      }
      byte[] bytes = in.next(count);
      in.requireEnd();
      int[] labels = new int[count];
      Arrays.setAll(labels, i -> bytes[i] & 0xFF);
      return labels;
    }
  }

  private static void requireMagic(Path file, int found, int expected, String what) {
    if (found != expected) {
      throw new ImageException(
          "%s: begins with the number 0x%08x; %s begin with 0x%08x: another kind of file, or packed without .gz in its name?"
              .formatted(file, found, what, expected));
    }
  }
}

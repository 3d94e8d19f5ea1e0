package alphadistill.vision.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CIFAR's binary records: one label byte (CIFAR-10), or a coarse and a fine one (CIFAR-100), then 32 x 32 pixels in three
 * planes.
 */
final class CifarFile {
  private static final int SIDE = 32;
  private static final int PIXELS = 3 * SIDE * SIDE;

  private CifarFile() {}

  static ImageSet open(Path file, List<String> classes) throws IOException {
    boolean ten = file.getFileName().toString().contains("batch");
    int labelBytes = ten ? 1 : 2;
    int record = labelBytes + PIXELS;
    byte[] all = Files.readAllBytes(file);
    if (all.length == 0 || all.length % record != 0) {
      throw new ImageException(
          "%s: %,d bytes are no multiple of the %d of a CIFAR-%s record: truncated, or another kind of file"
              .formatted(file, all.length, record, ten ? "10" : "100"));
    }
    int count = all.length / record;
    int[] labels = new int[count];
    byte[] pixels = new byte[count * PIXELS];
    for (int i = 0; i < count; i++) {
      labels[i] = all[i * record + labelBytes - 1] & 0xFF;
      System.arraycopy(all, i * record + labelBytes, pixels, i * PIXELS, PIXELS);
    }
    Path names = file.resolveSibling(ten ? "batches.meta.txt" : "fine_label_names.txt");
    return new PixelSet(
        file,
        ClassNames.ofNumbers(classes, names, ten ? 10 : 100),
        labels,
        SIDE,
        SIDE,
        PixelSet.Layout.PLANES,
        pixels);
  }
}

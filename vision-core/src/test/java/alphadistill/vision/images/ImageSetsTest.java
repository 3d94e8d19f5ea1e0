package alphadistill.vision.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.augment.image.Image;
import alphadistill.data.testing.SharedFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSetsTest {
  private static final String VISION = "data/vision/";

  @TempDir
  Path folder;

  @Test
  void aFolderHasAClassForEachSubFolder() throws IOException {
    write("set/dog/b.png", dot(1));
    write("set/dog/a/z.PNG", dot(2));
    write("set/cat/1.png", dot(3));
    write("set/cat/notes.txt", new byte[1]);
    write("set/cat/.hidden.png", new byte[1]);
    write("set/outside.png", dot(9));

    ImageSet set = ImageSets.open(folder.resolve("set"), null);

    assertThat(set.classes()).containsExactly("cat", "dog");
    assertThat(reds(set)).containsExactly(3, 1, 2);
    assertThat(labels(set)).containsExactly(0, 1, 1);
    assertThat(set.origin(2)).isEqualTo(folder.resolve("set/dog/a/z.PNG").toString());
  }

  @Test
  void givenClassesSetTheOrderOfLabels() throws IOException {
    write("set/dog/b.png", dot(1));
    write("set/cat/1.png", dot(3));

    ImageSet set = ImageSets.open(folder.resolve("set"), List.of("dog", "cow", "cat"));

    assertThat(labels(set)).containsExactly(2, 0);
    assertThatThrownBy(() -> ImageSets.open(folder.resolve("set"), List.of("dog", "cow")))
        .isInstanceOf(ImageException.class)
        .hasMessage(folder.resolve("set") + ": folder 'cat' is none of the 2 classes (dog, cow)");
  }

  @Test
  void aZipIsAFolderBelowWhatAllEntriesShare() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("photos/train/dog/b.png", dot(1));
    entries.put("photos/train/cat/a.png", dot(2));
    entries.put("photos/train/cat/readme.txt", new byte[1]);
    entries.put("__MACOSX/photos/train/cat/a.png", new byte[1]);
    Path zip = zip("set.zip", entries);

    ImageSet set = ImageSets.open(zip, null);

    assertThat(set.classes()).containsExactly("cat", "dog");
    assertThat(reds(set)).containsExactly(2, 1);
    assertThat(set.origin(1)).isEqualTo(zip + ", entry photos/train/dog/b.png");
  }

  @Test
  void aZipOfOneClassKeepsIt() throws IOException {
    ImageSet set = ImageSets.open(zip("one.zip", Map.of("cat/a.png", dot(2))), null);

    assertThat(set.classes()).containsExactly("cat");
  }

  @Test
  void treesWithoutPicturesAndBrokenZipsAreExplained() throws IOException {
    write("empty/cat/readme.txt", new byte[1]);
    assertThatThrownBy(() -> ImageSets.open(folder.resolve("empty"), null))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining(
            "empty: no pictures in sub-folders; it must hold a folder for each class with pictures in it (bmp, jpeg, jpg, ");
    Path zip = write(
        "cut.zip", Arrays.copyOf(Files.readAllBytes(zip("x.zip", Map.of("a/b.png", dot(1)))), 40));
    assertThatThrownBy(() -> ImageSets.open(zip, null))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith(zip + ": not a zip file, or truncated (");
  }

  @Test
  void aPictureThatCannotBeDecodedNamesItself() throws IOException {
    Path webp = write("set/cat/a.webp", "RIFF1234WEBP".getBytes());

    ImageSet set = ImageSets.open(folder.resolve("set"), null);

    assertThat(set.size()).isEqualTo(1);
    assertThatThrownBy(() -> set.image(0))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith(webp + ": neither JPEG, PNG nor BMP");
  }

  @Test
  void greyIdxFilesPackedOrNot() throws IOException {
    for (String ending : List.of("", ".gz")) {
      Path pictures =
          idx("t10k-images-idx3-ubyte" + ending, 0x803, new int[] {2, 1, 3}, 1, 2, 3, 4, 5, 255);
      idx("t10k-labels-idx1-ubyte" + ending, 0x801, new int[] {2}, 4, 0);

      ImageSet set = ImageSets.open(pictures, null);

      assertThat(set.classes()).containsExactly("0", "1", "2", "3", "4");
      assertThat(labels(set)).containsExactly(4, 0);
      Image second = set.image(1);
      assertThat(second.width()).isEqualTo(3);
      assertThat(second.rgb()).containsExactly(4, 4, 4, 5, 5, 5, 255, 255, 255);
    }
  }

  @Test
  void wrongIdxFilesAreExplained() throws IOException {
    Path pictures = idx("a-images-idx3-ubyte", 0x803, new int[] {2, 1, 1}, 1, 2);
    Path labels = folder.resolve("a-labels-idx1-ubyte");
    refused(pictures, labels + ": no such file");
    idx("a-labels-idx1-ubyte", 0x801, new int[] {3}, 0, 1, 1);
    refused(
        pictures,
        labels + " has 3 labels, but " + pictures
            + " has 2 pictures: files of two different sets?");
    idx("a-labels-idx1-ubyte", 0x803, new int[] {2}, 0, 1);
    refused(
        pictures,
        labels
            + ": begins with the number 0x00000803; labels (unsigned bytes, 1 dimension) begin with 0x00000801: another kind of file, or packed without .gz in its name?");
    idx("a-labels-idx1-ubyte", 0x801, new int[] {2}, 0);
    refused(pictures, labels + ": ends 1 bytes too early: truncated; fetch it again");
    idx("a-labels-idx1-ubyte", 0x801, new int[] {2}, 0, 7, 7);
    refused(pictures, labels + ": has more bytes than its header declares; fetch it again");
    idx("a-labels-idx1-ubyte", 0x801, new int[] {2}, 0, 7);
    assertThatThrownBy(() -> ImageSets.open(pictures, List.of("shirt", "shoe")))
        .isInstanceOf(ImageException.class)
        .hasMessage(
            pictures
                + ": picture 1 has label 7, but there are 2 classes (shirt, shoe): another set's labels or names?");
    idx("a-images-idx3-ubyte", 0x803, new int[] {2, 60_000, 60_000}, 1, 2);
    refused(
        pictures,
        pictures + ": declares 2 pictures of 60000 x 60000, which cannot be; fetch it again");
  }

  @Test
  void damagedGzipIsExplained() throws IOException {
    Path pictures = idx("b-images-idx3-ubyte.gz", 0x803, new int[] {1, 1, 1}, 1);
    Path labels = idx("b-labels-idx1-ubyte.gz", 0x801, new int[] {1}, 0);
    byte[] whole = Files.readAllBytes(pictures);
    write(pictures.getFileName().toString(), Arrays.copyOf(whole, whole.length - 12));
    refused(pictures, pictures + ": truncated or damaged gzip (");
    write(labels.getFileName().toString(), new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 0, 0, 0});
    refused(
        pictures,
        labels + ": not a gzip file, as its name says it is (Not in GZIP format); fetch it again");
  }

  @Test
  void cifarRecordsAreReadByTheirPlanes() throws IOException {
    write("data_batch_2.bin", cifar(1, 8, 30));
    write("data_batch_1.bin", cifar(1, 3, 10), cifar(1, 9, 20));
    write("train.bin", cifar(2, 99, 40));

    ImageSet ten = ImageSets.open(folder.resolve("data_batch_*.bin"), null);
    ImageSet hundred = ImageSets.open(folder.resolve("train.bin"), null);

    assertThat(labels(ten)).containsExactly(3, 9, 8);
    assertThat(reds(ten)).containsExactly(10, 20, 30);
    assertThat(ten.image(2).at(31, 31, 1)).isEqualTo(31);
    assertThat(ten.image(2).at(0, 0, 2)).isEqualTo(32);
    assertThat(ten.origin(2)).isEqualTo(folder.resolve("data_batch_2.bin") + ", picture 0");
    assertThat(ten.classes()).hasSize(10);
    assertThat(labels(hundred)).containsExactly(99);
    assertThat(hundred.classes()).hasSize(100);
    Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
    assertThat(ImageSets.open(folder.resolve("data_batch_2.bin"), null).classes())
        .startsWith("a", "b")
        .hasSize(10);
  }

  @Test
  void wrongCifarFilesAreExplained() throws IOException {
    Path cut = write("test_batch.bin", Arrays.copyOf(cifar(1, 3, 10), 3000));
    refused(
        cut,
        cut
            + ": 3,000 bytes are no multiple of the 3073 of a CIFAR-10 record: truncated, or another kind of file");
    Path label = write("test_batch.bin", cifar(1, 10, 10));
    refused(
        label,
        label
            + ": picture 0 has label 10, but there are 10 classes (0, 1, 2, 3, 4, ...): another set's labels or names?");
  }

  @Test
  void jpegStreamsAndStripsOfCifarAreOneSetOfClasses() {
    Path jpegs = SharedFolder.require(VISION + "cifar10-jpeg/test.jpegs.gz");
    Path strips = SharedFolder.require(VISION + "cifar10-lossless");

    ImageSet lossy = ImageSets.open(jpegs, null);
    ImageSet lossless = ImageSets.open(strips.resolve("train-*.png"), lossy.classes());

    assertThat(lossy.size()).isEqualTo(2_000);
    assertThat(lossy.classes()).hasSize(10).startsWith("airplane", "automobile").endsWith("truck");
    assertThat(Arrays.stream(labels(lossy)).filter(label -> label == 5).count()).isEqualTo(200);
    assertThat(lossy.image(1_999).width()).isEqualTo(32);
    assertThat(lossless.size()).isEqualTo(2_000);
    assertThat(lossless.label(0)).isEqualTo(6);
    assertThat(lossless.image(1_000).height()).isEqualTo(32);
    assertThat(lossless.origin(1_000)).endsWith("train-1.png, picture 0");
  }

  @Test
  void fashionMnistIsRead() {
    ImageSet set = ImageSets.open(
        SharedFolder.require(VISION + "fashion-mnist/train-images-idx3-ubyte.gz"), null);

    assertThat(set.size()).isEqualTo(10_000);
    assertThat(set.classes()).hasSize(10);
    assertThat(set.image(9_999).width()).isEqualTo(28);
  }

  @Test
  void wrongTablesAreExplained() throws IOException {
    Path strip = write("s.png", Pngs.rgb(4, 2, new byte[24]));
    Path table = folder.resolve("s.labels.csv");
    refused(strip, table + ": no such file; it must hold the label of each picture");
    Files.writeString(table, "index,label,class\n0,0,cat\n");
    refused(
        strip,
        table + " has 1 labels, but " + strip + " has 2 pictures: files of two different sets?");
    Files.writeString(table, "index,label,class\n0,0,cat\n2,1,dog\n");
    refused(strip, table + ": row 1 has index 2: rows are missing or out of order");
    Files.writeString(table, "index,label,class\n0,0,cat\n1,0,dog\n");
    refused(strip, table + ": row 1: label 0 is called 'dog' here, but 'cat' in a row before");
    Files.writeString(table, "index,label,class\n0,0,cat\n1,x,dog\n");
    refused(strip, table + ": row 1: label must be a whole number, was 'x'");
    Files.writeString(table, "index,label,class\n0,0,cat\n1,-1,dog\n");
    refused(strip, table + ": row 1 has label -1, which is none of the classes");
    Files.writeString(table, "index,label\n0,0\n1,1\n");
    refused(strip, table + ": has no column 'class'; its columns are [index, label]");
    Files.writeString(table, "index,label,class\n0,0\n1,1\n");
    refused(strip, table + ": line 2 has 2 cells, the header has 3");
    Files.writeString(table, "index,label,class\n0,2,cat\n1,0,dog\n");
    assertThat(ImageSets.open(strip, null).classes()).containsExactly("dog", "1", "cat");
    assertThatThrownBy(() -> ImageSets.open(strip, List.of("dog", "cow")))
        .hasMessage(table + ": row 0 has label 2, which is none of the classes dog, cow");
    Path picture = write("p.png", Pngs.rgb(3, 1, new byte[9]));
    Files.writeString(folder.resolve("p.labels.csv"), "index,label,class\n0,0,cat\n");
    refused(
        picture,
        picture
            + ": its rows of 3 pixels are no square pictures: an ordinary picture? A set of those is a folder");
  }

  @Test
  void anIndexOfAnotherStreamIsExplained() throws IOException {
    Path stream = folder.resolve("x.jpegs.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(stream))) {
      out.write(new byte[10]);
    }
    Path index = folder.resolve("x.index.csv");
    Files.writeString(index, "index,label,class,offset,length\n0,0,cat,4,7\n");
    refused(stream, stream + ": ends 1 bytes too early: truncated; fetch it again");
    Files.writeString(index, "index,label,class,offset,length\n0,0,cat,-4,7\n");
    refused(stream, index + ": row 0 has offset -4 and length 7, which cannot be");
  }

  @Test
  void unknownNamesAreExplained() throws IOException {
    Path text = write("labels.txt", new byte[1]);
    refused(text, text + ": not a kind of set that is known; a folder, or a name that ends in ");
    refused(folder.resolve("absent"), folder.resolve("absent") + ": no such file or folder");
    refused(folder.resolve("no-*.png"), folder.resolve("no-*.png") + ": no file matches");
  }

  @Test
  void partsOfDifferentSetsAreNotJoined() throws IOException {
    write("a-1.png", Pngs.rgb(1, 1, new byte[3]));
    Files.writeString(folder.resolve("a-1.labels.csv"), "index,label,class\n0,0,cat\n");
    write("a-2.png", Pngs.rgb(1, 1, new byte[3]));
    Files.writeString(folder.resolve("a-2.labels.csv"), "index,label,class\n0,0,dog\n");

    refused(
        folder.resolve("a-*.png"),
        folder.resolve("a-2.png")
            + ", picture 0 has the classes dog, but the files before it have cat: they are not parts of one set");
  }

  private static void refused(Path path, String message) {
    assertThatThrownBy(() -> ImageSets.open(path, null))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("\n");
  }

  private static int[] reds(ImageSet set) {
    return IntStream.range(0, set.size()).map(i -> set.image(i).at(0, 0, 0)).toArray();
  }

  private static int[] labels(ImageSet set) {
    return IntStream.range(0, set.size()).map(set::label).toArray();
  }

  private static byte[] dot(int red) {
    return Pngs.rgb(1, 1, new byte[] {(byte) red, 0, 0});
  }

  private static byte[] cifar(int labelBytes, int label, int red) {
    byte[] record = new byte[labelBytes + 3072];
    record[labelBytes - 1] = (byte) label;
    for (int plane = 0; plane < 3; plane++) {
      int start = labelBytes + 1024 * plane;
      Arrays.fill(record, start, start + 1024, (byte) (red + plane));
    }
    return record;
  }

  private Path idx(String name, int magic, int[] sizes, int... values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + values.length).putInt(magic);
    Arrays.stream(sizes).forEach(bytes::putInt);
    Arrays.stream(values).forEach(value -> bytes.put((byte) value));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes.array());
    }
    return write(name, name.endsWith(".gz") ? packed.toByteArray() : bytes.array());
  }

  private Path zip(String name, Map<String, byte[]> entries) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return file;
  }

  private Path write(String name, byte[]... parts) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return Files.write(file, all.toByteArray());
  }
}

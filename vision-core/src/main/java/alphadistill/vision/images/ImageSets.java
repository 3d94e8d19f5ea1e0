package alphadistill.vision.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens sets of labelled pictures; the kind is read off the name.
 *
 * <table>
 * <caption>kinds</caption>
 * <tr><th>name</th><th>content</th><th>class</th></tr>
 * <tr><td>a folder</td><td>JPEG, PNG and BMP files at any depth</td><td>sub-folder of the first level, sorted</td></tr>
 * <tr><td>{@code *.zip}</td><td>the same, below any folders that all entries share</td><td>the same</td></tr>
 * <tr><td>{@code *images-idx3-ubyte}, also {@code .gz}</td><td>grey pictures, as MNIST has them</td><td>the file of the
 * same name with {@code labels-idx1}</td></tr>
 * <tr><td>{@code *batch*.bin}</td><td>CIFAR-10's binary records</td><td>the first byte; names from {@code
 * batches.meta.txt} beside it</td></tr>
 * <tr><td>other {@code *.bin}</td><td>CIFAR-100's binary records</td><td>the second byte, the fine label; names from
 * {@code fine_label_names.txt}</td></tr>
 * <tr><td>{@code *.jpegs.gz}</td><td>JPEG files one after another</td><td>{@code *.index.csv} with label, class, offset
 * and length</td></tr>
 * <tr><td>{@code *.png}</td><td>one square picture a row, pixels row by row</td><td>{@code *.labels.csv} with index,
 * label and class</td></tr>
 * </table>
 *
 * <p>The last part of a name may hold {@code *}: the files it matches are joined in the order of their names.
 *
 * <pre>{@code
 * ImageSet train = ImageSets.open(Path.of("cifar-10/data_batch_*.bin"), null);
 * ImageSet few = Subset.firstOfEachClass(train, 100);
 * }</pre>
 */
public final class ImageSets {
  private ImageSets() {}

  /**
   * Opens a set with the usual decoder.
   *
   * @param classes names in the order of labels, when they must be these; null to take what the set says
   * @throws ImageException if something is missing, damaged or does not belong together; the message names the file
   */
  public static ImageSet open(Path path, List<String> classes) {
    return open(path, classes, ImageDecoder.USUAL);
  }

  /** The same with another limit on a picture's size. */
  public static ImageSet open(Path path, List<String> classes, ImageDecoder decoder) {
    try {
      List<ImageSet> parts = new ArrayList<>();
      for (Path file : matches(path)) {
        parts.add(openOne(file, classes, decoder));
      }
      return parts.size() == 1 ? parts.get(0) : new JoinedSet(parts);
    } catch (IOException | UncheckedIOException e) {
      throw new ImageException("%s: cannot be read (%s)".formatted(path, e), e);
    }
  }

  private static ImageSet openOne(Path file, List<String> classes, ImageDecoder decoder)
      throws IOException {
    String name = file.getFileName().toString();
    if (Files.isDirectory(file)) {
      return PictureTree.folder(file, classes, decoder);
    }
    if (name.endsWith(".zip")) {
      return PictureTree.zip(file, classes, decoder);
    }
    if (name.contains("images-idx3")) {
      return IdxFiles.open(file, classes);
    }
    if (name.endsWith(".bin")) {
      return CifarFile.open(file, classes);
    }
    if (name.endsWith(JpegStream.SUFFIX)) {
      return JpegStream.open(file, classes, decoder);
    }
    if (name.endsWith(PictureStrip.SUFFIX)) {
      return PictureStrip.open(file, classes, decoder);
    }
    throw new ImageException(
        "%s: not a kind of set that is known; a folder, or a name that ends in .zip, images-idx3-ubyte, images-idx3-ubyte.gz, .bin, .jpegs.gz or .png"
            .formatted(file));
  }

  private static List<Path> matches(Path path) throws IOException {
    String name = path.getFileName().toString();
    if (!name.contains("*")) {
      if (!Files.exists(path)) {
        throw new ImageException("%s: no such file or folder".formatted(path));
      }
      return List.of(path);
    }
    Path folder = path.getParent() == null ? Path.of("") : path.getParent();
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name)) {
        found.forEach(files::add);
      }
    }
    if (files.isEmpty()) {
      throw new ImageException("%s: no file matches".formatted(path));
    }
    files.sort(null);
    return files;
  }
}

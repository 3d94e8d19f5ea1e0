package alphadistill.vision.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Picture files in folders named after their class, on disk or in a zip file. A file is a picture by its ending, with
 * the reference loader's list; those among them that are not decoded here (WebP, TIFF ...) so come up as broken and do
 * not vanish.
 */
final class PictureTree {
  private static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "png", "ppm", "bmp", "pgm", "tif", "tiff", "webp");

  /** No picture that may be decoded is larger packed; an entry of a zip file may unfold to anything. */
  private static final int LARGEST_FILE = 1 << 28;

  /** By folder, then by name: the reference's order. */
  private static final Comparator<String> ORDER = Comparator.comparing(
          (String path) -> path.substring(0, path.lastIndexOf('/')))
      .thenComparing(Comparator.naturalOrder());

  private PictureTree() {}

  static ImageSet folder(Path folder, List<String> classes, ImageDecoder decoder)
      throws IOException {
    List<String> files;
    try (Stream<Path> found = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      files = found
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(PictureTree::isPicture)
          .sorted(ORDER)
          .toList();
    }
    EncodedSet.Source source = new EncodedSet.Source() {
      @Override
      public String origin(int index) {
        return folder.resolve(files.get(index)).toString();
      }

      @Override
      public byte[] read(int index) throws IOException {
        return Files.readAllBytes(folder.resolve(files.get(index)));
      }
    };
    return set(folder, files, 0, classes, source, decoder);
  }

  static ImageSet zip(Path file, List<String> classes, ImageDecoder decoder) throws IOException {
    ZipFile zip = open(file); // stays open as long as the set lives; the JDK closes it after that
    List<String> entries = new ArrayList<>();
    zip.stream().map(ZipEntry::getName).filter(PictureTree::isPicture).forEach(entries::add);
    entries.sort(ORDER);
    EncodedSet.Source source = new EncodedSet.Source() {
      @Override
      public String origin(int index) {
        return "%s, entry %s".formatted(file, entries.get(index));
      }

      @Override
      public byte[] read(int index) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(entries.get(index)))) {
          byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
          if (bytes.length > LARGEST_FILE) {
            throw new IOException(
                "it unfolds to more than %,d bytes: a bomb?".formatted(LARGEST_FILE));
          }
          return bytes;
        }
      }
    };
    return set(file, entries, sharedFolders(entries), classes, source, decoder);
  }

  private static ZipFile open(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new ImageException(
          "%s: not a zip file, or truncated (%s); fetch it again".formatted(file, e.getMessage()),
          e);
    }
  }

  /** @param depth folders that stand before the class in a path */
  private static ImageSet set(
      Path where,
      List<String> paths,
      int depth,
      List<String> expected,
      EncodedSet.Source source,
      ImageDecoder decoder) {
    if (paths.isEmpty()) {
      throw new ImageException(
          "%s: no pictures in sub-folders; it must hold a folder for each class with pictures in it (%s)"
              .formatted(where, String.join(", ", ENDINGS.stream().sorted().toList())));
    }
    List<String> folders = paths.stream().map(path -> path.split("/")[depth]).toList();
    List<String> classes =
        expected != null ? expected : folders.stream().distinct().sorted().toList();
    Map<String, Integer> labelOf = new HashMap<>();
    classes.forEach(name -> labelOf.put(name, labelOf.size()));
    int[] labels = new int[paths.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = labelOf.getOrDefault(folders.get(i), -1);
      if (labels[i] < 0) {
        throw new ImageException("%s: folder '%s' is none of the %d classes (%s)"
            .formatted(where, folders.get(i), classes.size(), ClassNames.some(classes)));
      }
    }
    return new EncodedSet(classes, labels, source, decoder);
  }

  /** Number of leading folders that are the same for every picture, the one that holds it not counted. */
  private static int sharedFolders(List<String> paths) {
    int shared = 0;
    while (!paths.isEmpty()) {
      int depth = shared;
      String first = paths.get(0).split("/")[depth];
      if (!paths.stream()
          .allMatch(
              path -> path.split("/").length > depth + 2 && path.split("/")[depth].equals(first))) {
        break;
      }
      shared++;
    }
    return shared;
  }

  /** Not what file managers hide, and not what lies outside every class. */
  private static boolean isPicture(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return path.indexOf('/') > 0
        && !path.startsWith("__MACOSX/")
        && !name.startsWith(".")
        && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }
}

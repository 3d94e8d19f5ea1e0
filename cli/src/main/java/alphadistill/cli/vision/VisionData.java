package alphadistill.cli.vision;

import alphadistill.cli.config.InputPath;
import alphadistill.cli.run.Provenance;
import alphadistill.vision.images.ImageException;
import alphadistill.vision.images.ImageSet;
import alphadistill.vision.images.ImageSets;
import alphadistill.vision.images.Subset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The pictures of a run.
 *
 * @param train what is learned from
 * @param heldOut training pictures that are not learned from, for choices
 * @param test looked at once, at the end
 * @param hashes of what was read, by name
 */
record VisionData(ImageSet train, ImageSet heldOut, ImageSet test, Map<String, String> hashes) {
  /** The same pictures are held out whatever the seeds, so that trainings can be compared. */
  private static final long SPLIT_SEED = 0;

  /** @throws ImageException if a set cannot be opened, or training and test do not have the same classes */
  static VisionData open(VisionConfig.Data spec) {
    ImageSet all = open(spec.train(), null, spec.limit());
    ImageSet test = open(spec.test(), all.classes(), spec.limit());
    Subset.Split split = Subset.holdOut(all, spec.validation(), SPLIT_SEED);
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put("train " + spec.train().getFileName(), hash(spec.train(), all));
    hashes.put("test " + spec.test().getFileName(), hash(spec.test(), test));
    return new VisionData(split.kept(), split.heldOut(), test, hashes);
  }

  /**
   * Opens one set.
   *
   * @param classes names that it must have; null for its own
   * @param limit first pictures that are used; 0 for all
   */
  static ImageSet open(Path written, List<String> classes, int limit) {
    ImageSet set = ImageSets.open(find(written), classes);
    return limit == 0 || limit >= set.size() ? set : Subset.first(set, limit);
  }

  /** A name with {@code *} is found by its folder. */
  private static Path find(Path written) {
    return written.getParent() == null
        ? InputPath.find(written)
        : InputPath.find(written.getParent()).resolve(written.getFileName());
  }

  /** SHA-256 of labels and files; of a folder's files the names and sizes stand for the content. */
  private static String hash(Path written, ImageSet set) {
    String labels = IntStream.range(0, set.size())
        .mapToObj(i -> Integer.toString(set.label(i)))
        .collect(Collectors.joining(" "));
    Path path = find(written);
    try {
      return Provenance.fingerprint(
          String.join("\n", set.classes()),
          labels,
          Files.isDirectory(path) ? namesAndSizes(path) : contents(path));
    } catch (IOException e) {
      throw new ImageException("%s: cannot be read (%s)".formatted(path, e), e);
    }
  }

  private static String namesAndSizes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .map(file -> folder.relativize(file) + " " + size(file))
          .collect(Collectors.joining("\n"));
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String contents(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    PathMatcher wanted = FileSystems.getDefault().getPathMatcher("glob:" + path.getFileName());
    StringBuilder sums = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> wanted.matches(f.getFileName())).sorted().toList()) {
        sums.append(Provenance.fingerprint(Files.readAllBytes(file))).append('\n');
      }
    }
    return sums.toString();
  }
}

package alphadistill.data.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder with reference numbers and real data that fixture tests read: {@code -Dalphadistill.shared=DIR}.
 * Where it is absent those tests are skipped and say so.
 */
public final class SharedFolder {
  private static final String PROPERTY = "alphadistill.shared";

  private SharedFolder() {}

  /** A file or folder below the shared folder; skips the calling test when it is absent. */
  public static Path require(String relative) {
    Path path = root().resolve(relative);
    assumeTrue(Files.exists(path), () -> "skipped: no %s; set -D%s=DIR".formatted(path, PROPERTY));
    return path;
  }

  /** Files directly below a folder whose names match a glob such as {@code deit-*.safetensors}, sorted. */
  public static List<Path> files(String folder, String glob) {
    try (Stream<Path> files = Files.list(require(folder))) {
      var matcher = root().getFileSystem().getPathMatcher("glob:" + glob);
      return files.filter(file -> matcher.matches(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    return Path.of(System.getProperty(PROPERTY, "../../shared"))
        .toAbsolutePath()
        .normalize();
  }
}

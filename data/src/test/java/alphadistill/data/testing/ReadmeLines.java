package alphadistill.data.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Holds the examples of a module's README to the lines that its tests compile and run. */
public final class ReadmeLines {
  private ReadmeLines() {}

  /**
   * Fails unless a java block of {@code README.md} is what the test runs between {@code // begin} and {@code // end},
   * spaces aside.
   */
  public static void requireShown(Class<?> test) {
    String source = read("src/test/java/" + test.getName().replace('.', '/') + ".java");
    String run = words(source.substring(source.indexOf("// begin") + 8, source.indexOf("// end")));
    List<String> shown = Arrays.stream(read("README.md").split("```java\n"))
        .skip(1)
        .map(block -> words(block.substring(0, block.indexOf("```"))))
        .toList();
    if (!shown.contains(run)) {
      throw new AssertionError("no java block of README.md is what %s runs:%n%s%nthere is:%n%s"
          .formatted(test.getSimpleName(), run, String.join("\n", shown)));
    }
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String words(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining()).replace(" ", "");
  }
}

package alphadistill.engine;

import alphadistill.data.testing.SharedFolder;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every file of the reference folder is tested somewhere; an unknown one fails. */
class GoldenFilesTest {
  /** Read by the golden tests of this module, and of augment. */
  private static final List<String> TESTED = List.of(
      "modules*.safetensors",
      "losses*.safetensors",
      "optim*.safetensors",
      "alpha-student*.safetensors",
      "cnn-blocks*.safetensors",
      "deit-*.safetensors",
      "pos-embed-resize*.safetensors",
      "formula-check*.json",
      "augment-ops*.json");

  /** Words and the generator's own precision: nothing to test. */
  private static final List<String> NOTES = List.of("README.md", "precision*.json");

  @TestFactory
  Stream<DynamicTest> everyFileHasItsTest() {
    return SharedFolder.files("reference/golden", "*").stream()
        .filter(file -> !matches(TESTED, file) && !matches(NOTES, file))
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
          throw new AssertionError("no test knows the kind of " + file.getFileName());
        }));
  }

  private static boolean matches(List<String> globs, Path file) {
    return globs.stream()
        .anyMatch(glob ->
            FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(file.getFileName()));
  }
}

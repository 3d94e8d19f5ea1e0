package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example as its first lines say, with this build's classes in place of the jars. */
class ExampleScriptTest {
  @TempDir
  Path folder;

  @Test
  void theScriptTeachesAStudentAndPrintsBothCoefficients() throws Exception {
    String printed = run(Path.of("..", "docs", "examples", "Distil.java"));

    assertThat(printed).containsPattern("(?m)^\\d{4,} training samples, 150 test days$");
    for (String model : List.of("teacher", "student")) {
      assertThat(printed)
          .containsPattern(
              "(?m)^%s: IC 0\\.0\\d{3}, rank IC 0\\.[01]\\d{3} with HAC t \\d+\\.\\d\\d, net Sharpe -?\\d+\\.\\d\\d$"
                  .formatted(model));
    }
  }

  private String run(Path script) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Duser.language=" + Locale.ENGLISH.getLanguage(),
        "-Xmx1g"));
    command.addAll(List.of(
        "--add-modules=jdk.incubator.vector", "--add-opens=java.base/java.nio=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), script.toString()));
    Process process = new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}

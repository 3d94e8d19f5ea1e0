package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @Test
  void aProblemIsPrintedWithItsRemedyAndEndsWithExitCodeTwo(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    CommandRun run = CommandRun.of("doctor", "--out", file.resolve("runs").toString());

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.out()).containsPattern("(?m)^ok +java ");
    assertThat(run.out()).containsPattern("(?m)^problem +runs folder .*\n +remedy: choose another");
  }
}

package alphadistill.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckupTest {
  @TempDir
  Path folder;

  @Test
  void aMachineThatRunsTheTestsIsFit() {
    List<Checkup.Finding> findings =
        new Checkup(folder.resolve("runs"), Map.of("OPENBLAS_NUM_THREADS", "1")).findings();

    assertThat(findings).filteredOn(finding -> !finding.ok()).isEmpty();
    assertThat(findings)
        .extracting(Checkup.Finding::what)
        .contains("java", "OpenBLAS", "ND4J", "DuckDB", "runs folder", "code");
    assertThat(folder).as("nothing is left behind").isEmptyDirectory();
  }

  @Test
  void settingsThatChangeResultsAreProblemsWithTheirRemedy() {
    assertThat(
            new Checkup(folder, Map.of("OPENBLAS_NUM_THREADS", "1", "OPENBLAS_CORETYPE", "Nehalem"))
                .findings())
        .filteredOn(finding -> !finding.ok())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.found()).contains("OPENBLAS_CORETYPE=Nehalem");
          assertThat(finding.remedy()).contains("launcher");
        });
  }

  @Test
  void aFolderThatCannotBeWrittenIsAProblem() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(new Checkup(file.resolve("runs"), Map.of("OPENBLAS_NUM_THREADS", "1")).findings())
        .filteredOn(finding -> !finding.ok())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.what()).isEqualTo("runs folder");
          assertThat(finding.remedy()).contains("--out");
        });
  }

  @Test
  void aLibraryThatKillsItsProcessIsReported() {
    assertThat(Checkup.nativeLibraries("# SIGILL in libopenblas", "exit code 134", "remedy"))
        .allSatisfy(finding -> {
          assertThat(finding.ok()).isFalse();
          assertThat(finding.found()).contains("exit code 134", "SIGILL");
        });
    assertThat(Checkup.nativeLibraries(
            "Core: Zen\nlargest error 0.5 by CpuBackend", "exit code 0", "remedy"))
        .extracting(Checkup.Finding::ok)
        .containsExactly(true, false);
  }
}

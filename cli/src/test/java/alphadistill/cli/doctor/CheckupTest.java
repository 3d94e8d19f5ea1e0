package alphadistill.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.engine.device.Backend;
import alphadistill.engine.device.Gpu;
import alphadistill.engine.device.NvidiaDriver;
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

  private static NvidiaDriver driver(String name, int major, int minor) {
    return new NvidiaDriver(
        "535.104.05", List.of(new Gpu(0, name, major, minor, 40L << 30, 39L << 30)), "");
  }

  @Test
  void saysBeforeAnyTrainingWhetherTheGpuHasCode() {
    assertThat(Checkup.gpus(Backend.CUDA, driver("NVIDIA A100", 8, 0)))
        .containsExactly(new Checkup.Finding(
            "GPU cuda:0",
            true,
            "NVIDIA A100 (compute capability 8.0, 40.0 GiB), driver 535.104.05",
            ""));
    assertThat(Checkup.gpus(Backend.CUDA, driver("NVIDIA B200", 10, 0)))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.ok()).isFalse();
          assertThat(finding.found())
              .startsWith("NVIDIA B200 (compute capability 10.0, 40.0 GiB) cannot be used: ND4J's");
          assertThat(finding.remedy())
              .isEqualTo("compute with --device cpu, or on a GPU from Maxwell to Ada");
        });
    assertThat(Checkup.gpus(Backend.CPU, driver("NVIDIA A100", 8, 0)))
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.found()).endsWith("; ALPHADISTILL_BACKEND=cuda uses it"));
    NvidiaDriver none = new NvidiaDriver("", List.of(), "this machine has no NVIDIA driver");
    assertThat(Checkup.gpus(Backend.CPU, none)).allMatch(Checkup.Finding::ok);
    assertThat(Checkup.gpus(Backend.CUDA, none)).noneMatch(Checkup.Finding::ok);
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

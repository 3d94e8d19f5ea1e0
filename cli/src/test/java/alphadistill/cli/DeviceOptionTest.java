package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceOptionTest {
  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "distill any.yaml",
        "predict --run any --asof 2020-01-02",
        "study teachers",
        "verify leak",
        "vision train any.yaml",
        "vision evaluate --weights any --images any",
        "vision predict --weights any --inputs any --out any.csv",
        "vision inspect --weights any --image any --out any",
        "vision export --weights any --out any.onnx"
      })
  void everyCommandWithANetworkTakesADevice(String command) {
    CommandRun run =
        CommandRun.of(Stream.concat(Stream.of(command.split(" ")), Stream.of("--device", "tpu"))
            .toArray(String[]::new));

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err())
        .contains("'tpu' is no device: it is auto, cpu, cuda, or cuda:1 for the second GPU");
  }

  @Test
  void theCpuBuildSaysHowToHaveAGpuAndTrainsNothing() {
    CommandRun run = CommandRun.of("demo", "--device", "cuda:1", "--out", folder.toString());

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().strip())
        .isEqualTo(
            "alphadistill: --device cuda: this build has no CUDA backend: start ./alphadistill with ALPHADISTILL_BACKEND=cuda, which fetches one");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTrainingThatDoesNotFitIsRefusedBeforeItBegins() {
    CommandRun run = CommandRun.of(
        "demo", "--device", "cpu", "--out", folder.toString(), "--set", "training.batch=50000000");

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err())
        .containsPattern(
            "trainings beside each other need about [\\d.]+ GiB each, this machine has [\\d.]+ GiB free: make batches smaller, or set training.recompute=true or workers=1");
    assertThat(folder).isEmptyDirectory();
  }
}

package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.checkpoint.SafeTensors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class VerifyDeviceTest {
  @TempDir
  private Path folder;

  @Test
  void theCpuComputesWhatItShould() throws Exception {
    Path golden = SharedFolder.require("reference/golden");
    Path kept = folder.resolve("cpu.safetensors");
    Path json = folder.resolve("check.json");
    assertThat(CommandRun.of("verify", "device", "--device", "cpu", "--keep", kept.toString())
            .code())
        .isEqualTo(Main.DONE);

    CommandRun run = verify("--golden", golden, "--against", kept, "--json", json);

    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(Main.DONE);
    assertThat(run.out())
        .containsPattern("(?m)^ok +kernels: 5\\d compared, largest gap ")
        .containsPattern("(?m)^ok +kernels against cpu: 5\\d compared, largest gap 0.0e")
        .containsPattern("(?m)^ok +golden: 4\\d compared, largest gap ")
        .containsPattern("(?m)^ok +training: loss ");
    JsonNode record = new ObjectMapper().readTree(json.toFile());
    assertThat(record.path("holds").asBoolean()).isTrue();
    assertThat(record.path("losses")).hasSize(3);
    assertThat(record.path("findings").path(0).path("gaps").path("gelu").asDouble())
        .isBetween(0.0, 2e-5);
  }

  @Test
  void oneWrongNumberOfOneKernelIsRefused() {
    Path kept = folder.resolve("cpu.safetensors");
    CommandRun.of("verify", "device", "--device", "cpu", "--keep", kept.toString());
    SafeTensors right = SafeTensors.read(kept);
    Map<String, INDArray> wrong = new LinkedHashMap<>();
    right.names().forEach(name -> wrong.put(name, right.array(name, DataType.FLOAT)));
    wrong.get("gelu").putScalar(5, wrong.get("gelu").getDouble(5) + 1e-2);
    Path other = folder.resolve("wrong.safetensors");
    SafeTensors.write(other, wrong, right.metadata());

    CommandRun run = verify("--against", other);

    assertThat(run.code()).isEqualTo(Main.REFUSED);
    assertThat(run.out())
        .containsPattern(
            "(?m)^REFUSED +kernels against cpu: 5\\d compared, largest gap .* in 'gelu'");
  }

  private static CommandRun verify(Object... options) {
    String[] words = {
      "verify", "device", "--device", "cpu", "--batch", "1", "--steps", "3", "--runs", "0"
    };
    return CommandRun.of(java.util.stream.Stream.concat(
            java.util.Arrays.stream(words), java.util.Arrays.stream(options).map(Object::toString))
        .toArray(String[]::new));
  }
}

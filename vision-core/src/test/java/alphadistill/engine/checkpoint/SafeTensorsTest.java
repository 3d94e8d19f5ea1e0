package alphadistill.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SafeTensorsTest {
  @TempDir
  private Path folder;

  private Path file;
  private final Map<String, INDArray> tensors = new LinkedHashMap<>();

  @BeforeEach
  void write() {
    file = folder.resolve("model.safetensors");
    tensors.put("narrow", Nd4j.createFromArray(new float[][] {{1, -2.5f, 3}, {0, 1e-30f, 7}}));
    tensors.put("wide", Nd4j.createFromArray(0.1, -1e300));
    SafeTensors.write(file, tensors, Map.of("epoch", "3", "a", "b"));
  }

  @Test
  void readsBackWhatWasWritten() {
    SafeTensors read = SafeTensors.read(file);
    assertThat(read.names()).containsExactly("narrow", "wide");
    assertThat(read.metadata()).containsEntry("epoch", "3").containsEntry("a", "b");
    assertThat(read.shape("narrow")).containsExactly(2, 3);
    assertThat(read.doubles("narrow")).containsExactly(1, -2.5, 3, 0, 1e-30f, 7);
    assertThat(read.doubles("wide")).containsExactly(0.1, -1e300);
  }

  @Test
  void equalContentHasEqualBytesAndNothingElseIsLeft() throws IOException {
    Path twin = folder.resolve("twin.safetensors");
    SafeTensors.write(twin, tensors, Map.of("a", "b", "epoch", "3"));
    assertThat(twin).hasSameBinaryContentAs(file);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, twin);
    }
  }

  @Test
  void namesTheFileAndTheTensorThatIsMissing() {
    assertThatThrownBy(() -> SafeTensors.read(file).doubles("head_dist.weight"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll("model.safetensors", "no tensor 'head_dist.weight'");
  }

  /** Cut anywhere, the file is refused in one line that names it. */
  @Test
  void refusesAFileThatWasCutOff() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SafeTensors.read(file))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("model.safetensors")
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void refusesHeadersThatContradictThemselves() throws IOException {
    assertRefused(
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", "does not fill");
    assertRefused("{\"x\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}}", "type 'F16'");
    assertRefused(
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", "does not fill");
    assertRefused("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", "cut off");
    assertRefused("{\"x\":{\"dtype\":\"F32\"}}", "no shape or offsets");
    assertRefused("not json at all", "not JSON");
  }

  private void assertRefused(String header, String why) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[8 + text.length + 8];
    bytes[0] = (byte) text.length;
    System.arraycopy(text, 0, bytes, 8, text.length);
    Files.write(file, bytes);
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll("model.safetensors", why);
  }
}

package alphadistill.vision.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import alphadistill.engine.checkpoint.CheckpointException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Files that make_files.py wrote, in both formats, and pickles that no torch would write. */
class TorchFileTest {

  private static Path resource(String name) {
    try {
      return Path.of(TorchFileTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"state.pth", "state-before.pth"})
  void everyTypeAndStrideIsRead(String name) {
    TorchFile file = TorchFile.read(resource(name));

    assertThat(file.names())
        .containsExactly(
            "float32",
            "turned",
            "part",
            "float64",
            "half",
            "bfloat16",
            "parameter",
            "num_batches_tracked",
            "empty");
    assertThat(file.shape("float32")).containsExactly(2, 3);
    assertThat(file.floats("float32")).containsExactly(-1, -0.5f, 0, 0.5f, 1, 1.5f);
    assertThat(file.shape("turned")).containsExactly(2, 3);
    assertThat(file.floats("turned")).containsExactly(-1, 0, 1, -0.5f, 0.5f, 1.5f);
    assertThat(file.floats("part")).containsExactly(1, 2, 3, 4);
    for (String floats : new String[] {"float64", "half", "bfloat16"}) {
      assertThat(file.floats(floats)).as(floats).containsExactly(-1, -0.5f, 0);
    }
    assertThat(file.floats("parameter")).containsExactly(-1, -0.5f);
    assertThat(file.shape("num_batches_tracked")).isEmpty();
    assertThat(file.floats("num_batches_tracked")).containsExactly(7);
    assertThat(file.shape("empty")).containsExactly(0, 5);
    assertThat(file.array("turned", DataType.DOUBLE).getDouble(1, 0)).isEqualTo(-0.5);
  }

  @ParameterizedTest
  @CsvSource({"model.pth, w", "model-before.pth, w", "nested.pth, w b", "nested-before.pth, w b"})
  void theEntryWithTheWeightsIsFound(String name, String tensors) {
    TorchFile file = TorchFile.read(resource(name));
    assertThat(String.join(" ", file.names())).isEqualTo(tensors);
    assertThat(file.floats("w")).containsExactly(-1, -0.5f);
  }

  @ParameterizedTest
  @CsvSource({
    "runs-system.pth, posix.system",
    "runs-system-before.pth, posix.system",
    "runs-eval.pth, builtins.eval",
    "runs-eval-before.pth, builtins.eval"
  })
  void codeIsRefusedByNameAndNotRun(String name, String function) {
    String plain = function.replace("builtins", "__builtin__"); // the name in Python 2's pickles
    assertThatThrownBy(() -> TorchFile.read(resource(name)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(name + " is not a usable torch file: it names '")
        .hasMessageMatching(".*'(%s|%s)'.*".formatted(function, plain))
        .hasMessageContaining("nothing was run")
        .hasMessageNotContaining("\n");
    assertThat(Path.of("ran")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-tensors.pth", "no-tensors-before.pth"})
  void aFileWithoutTensorsIsRefusedWithWhatItHas(String name) {
    assertThatThrownBy(() -> TorchFile.read(resource(name)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("holds no tensors by name")
        .hasMessageContaining("[epoch]");
  }

  @Test
  void anUnknownTensorIsNamed() {
    assertThatThrownBy(() -> TorchFile.read(resource("model.pth")).floats("v"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("has no tensor 'v' among its 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"state.pth", "state-before.pth"})
  void aFileCutOffAnywhereIsRefused(String name, @TempDir Path folder) throws IOException {
    byte[] whole = Files.readAllBytes(resource(name));
    Path file = folder.resolve("cut.pth");
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      Throwable failure = catchThrowable(() -> TorchFile.read(file));
      assertThat(failure)
          .as("cut to %d bytes of %d", length, whole.length)
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("cut.pth is not a usable torch file");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"state.pth", "state-before.pth"})
  void aDamagedByteIsReadOrRefusedButNoFault(String name, @TempDir Path folder) throws IOException {
    byte[] whole = Files.readAllBytes(resource(name));
    Path file = folder.resolve("damaged.pth");
    for (int at = 0; at < whole.length; at += 5) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      Files.write(file, damaged);
      Throwable failure = catchThrowable(() -> {
        TorchFile read = TorchFile.read(file);
        read.names().forEach(read::floats);
      });
      assertThat(failure)
          .as("byte %d", at)
          .satisfiesAnyOf(
              f -> assertThat(f).isNull(),
              f -> assertThat(f).isInstanceOf(CheckpointException.class));
    }
  }

  // ---- pickles and views that no torch would write ----

  private static Object unpickle(byte... program) {
    return new Unpickler(ByteBuffer.wrap(program), Map.of(), reference -> reference).read();
  }

  @Test
  void lengthsBeyondTheFileTakeNoMemory() {
    byte[] text = {(byte) 0x8d, -1, -1, -1, -1, -1, -1, -1, 0x7f, '.'}; // 2^63 - 1 bytes
    byte[] number = {(byte) 0x8b, -1, -1, -1, 0x7f, '.'}; // 2^31 - 1 bytes
    for (byte[] program : new byte[][] {text, number}) {
      assertThatThrownBy(() -> unpickle(program))
          .isInstanceOf(Unpickler.Refused.class)
          .hasMessageContaining("1 are left");
    }
  }

  @Test
  void nestingCostsNoStack() {
    byte[] lists = new byte[2_000_001]; // ] ] ] ... a a a ... . with one list left
    Arrays.fill(lists, 0, 1_000_001, (byte) ']');
    Arrays.fill(lists, 1_000_001, 2_000_000, (byte) 'a');
    lists[2_000_000] = '.';
    assertThatThrownBy(() -> {
          Object deep = unpickle(lists);
          assertThat((java.util.List<?>) deep).hasSize(1);
          throw new Unpickler.Refused("read");
        })
        .hasMessage("read");
  }

  @Test
  void keysThatNestAreRefused() {
    byte[] program = "})Ns.".getBytes(StandardCharsets.US_ASCII); // {(): None}
    assertThatThrownBy(() -> unpickle(program))
        .isInstanceOf(Unpickler.Refused.class)
        .hasMessageContaining("neither a string nor a number");
  }

  @Test
  void operationsThatWeightsDoNotNeedAreRefused() {
    byte[] program = "(i__main__\nx\n.".getBytes(StandardCharsets.US_ASCII); // INST calls a class
    assertThatThrownBy(() -> unpickle(program))
        .isInstanceOf(Unpickler.Refused.class)
        .hasMessageContaining("operation 0x69");
    for (String torn : new String[] {"a.", "t.", "u.", "R.", "h\1.", ".", "2.", ")}R."}) {
      assertThatThrownBy(() -> unpickle(torn.getBytes(StandardCharsets.US_ASCII)))
          .as(torn)
          .isInstanceOf(Unpickler.Refused.class)
          .hasMessageContaining("do not fit together");
    }
  }

  private static StoredTensor view(long offset, long[] shape, long[] stride) {
    return new StoredTensor("0", StorageType.FLOAT, 6, offset, shape, stride);
  }

  @Test
  void viewsBeyondTheirStorageAreRefused() {
    assertThatThrownBy(() -> view(1, new long[] {2, 3}, new long[] {3, 1}))
        .hasMessage("a tensor reaches number 6 of a storage of 6");
    assertThatThrownBy(() -> view(0, new long[] {2, -3}, new long[] {3, 1}))
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> view(0, new long[] {2, 3}, new long[] {3}))
        .hasMessageContaining("2 sizes and 1 strides");
    assertThatThrownBy(() -> view(0, new long[] {1L << 40, 1L << 40}, new long[] {0, 0}))
        .hasMessageContaining("beyond all memory");
    assertThatThrownBy(() -> view(0, new long[] {1 << 30}, new long[] {0}))
        .hasMessageContaining("1073741824 numbers");
    assertThatThrownBy(() -> view(0, new long[] {3}, new long[] {1L << 62}))
        .hasMessageContaining("beyond all memory");
    assertThat(view(2, new long[] {4}, new long[] {0}).length()).isEqualTo(4);
  }
}

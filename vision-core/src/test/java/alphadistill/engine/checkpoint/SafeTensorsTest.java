package alphadistill.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
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

  /** Each with 8 bytes of data behind the header. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'x':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | does not fill its 8 bytes",
        "{'x':{'dtype':'F8','shape':[8],'data_offsets':[0,8]}} | type 'F8'; known are [F64, F32",
        "{'x':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | the shape of tensor 'x' hold -2",
        "{'x':{'dtype':'F32','shape':[2.5],'data_offsets':[0,8]}} | the shape of tensor 'x' hold 2.5",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}} | the offsets of tensor 'x' hold -8",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | lies at bytes 8 to 0",
        "{'x':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}} | bytes 0 to 16 of 8: the file is cut",
        "{'x':{'dtype':'F32','shape':[3037000500,3037000500],'data_offsets':[0,8]}} | does not fill",
        "{'x':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}} | does not fill",
        "{'x':{'dtype':'F32'}} | no shape or offsets",
        "{'x':7} | no shape or offsets",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | bytes 4 to 8 behind its header belong to no",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | bytes 0 to 4 behind its header belong to no",
        "{} | bytes 0 to 8 behind its header belong to no tensor",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'y':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | tensors 'x' and 'y' share bytes",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | has the name 'x' twice",
        "{'__metadata__':{'a':1},'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | metadata 'a' is no text",
        "[1] | no JSON object",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}} | not JSON",
        "not json at all | not JSON",
      })
  void refusesHeadersThatContradictThemselves(String header, String why) throws IOException {
    assertRefused(header.replace('\'', '"').getBytes(StandardCharsets.UTF_8), why);
  }

  @Test
  void refusesAHeaderThatIsNotText() throws IOException {
    byte[] header = "{\"x?\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
        .getBytes(StandardCharsets.UTF_8);
    header[3] = (byte) 0xFF;
    assertRefused(header, "not UTF-8");
  }

  @Test
  void refusesAHeaderThatCannotBe() throws IOException {
    for (long length : new long[] {Long.MAX_VALUE, -1, 0, 1, 1L << 32}) {
      writeHeader(length, new byte[64]);
      assertThatThrownBy(() -> SafeTensors.read(file))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("announces a header of %d bytes and has 72", length);
    }
  }

  /** A sparse file: its header could be read, and would fill the heap as text and as a tree. */
  @Test
  void refusesAHeaderBeyondTheFormatsLimit() throws IOException {
    writeHeader(300_000_000, new byte[0]);
    try (RandomAccessFile long300 = new RandomAccessFile(file.toFile(), "rw")) {
      long300.setLength(300_000_100);
    }
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("300000000 bytes; at most 100000000 are read");
  }

  @Test
  void readsHalfPrecisionAndWholeNumbers() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(29).order(ByteOrder.LITTLE_ENDIAN);
    for (int half : new int[] {0x3C00, 0xC000, 0x0001, 0x7BFF, 0x7C00, 0xFC00, 0x8000, 0x3555}) {
      data.putShort((short) half);
    }
    data.putShort((short) 0x3F80).putShort((short) 0xC049); // BF16
    data.putInt(-7).putShort((short) -300).put((byte) -1).put((byte) -1).put((byte) 1);
    String header = "{"
        + entry("half", "F16", 8, 0, 16)
        + "," + entry("brain", "BF16", 2, 16, 20)
        + "," + entry("int", "I32", 1, 20, 24)
        + "," + entry("short", "I16", 1, 24, 26)
        + "," + entry("byte", "I8", 1, 26, 27)
        + "," + entry("pixel", "U8", 1, 27, 28)
        + "," + entry("flag", "BOOL", 1, 28, 29)
        + "}";
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(text, text.length + 29);
    System.arraycopy(data.array(), 0, bytes, text.length, 29);
    writeHeader(text.length, bytes);

    SafeTensors read = SafeTensors.read(file);
    assertThat(read.doubles("half"))
        .containsExactly(
            1,
            -2,
            0x1p-24,
            65504,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            0.333251953125);
    assertThat(read.floats("brain")).containsExactly(1, -3.140625f);
    assertThat(read.doubles("int")).containsExactly(-7);
    assertThat(read.doubles("short")).containsExactly(-300);
    assertThat(read.doubles("byte")).containsExactly(-1);
    assertThat(read.doubles("pixel")).containsExactly(255);
    assertThat(read.doubles("flag")).containsExactly(1);
  }

  /** Only what is asked for is read: three gigabytes of holes on disk cost nothing. */
  @Test
  void readsFromAFileLargerThanAnArray() throws IOException {
    long gap = 3_000_000_000L;
    String header =
        "{" + entry("gap", "U8", gap, 0, gap) + "," + entry("last", "F32", 2, gap, gap + 8) + "}";
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    writeHeader(text.length, text);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.seek(8 + text.length + gap);
      sparse.write(new byte[] {0, 0, (byte) 0x80, 0x3F, 0, 0, 0, 0x40});
    }
    SafeTensors read = SafeTensors.read(file);
    assertThat(read.floats("last")).containsExactly(1, 2);
    assertThatThrownBy(() -> read.floats("gap"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("'gap' has 3000000000 numbers");
  }

  @Test
  void readsAndWritesTensorsOfSeveralSlices() {
    float[] values = new float[(1 << 22) + 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    SafeTensors.write(file, Map.of("long", Nd4j.createFromArray(values)), Map.of());
    SafeTensors read = SafeTensors.read(file);
    assertThat(read.floats("long")).isEqualTo(values);
    assertThat(read.doubles("long")[values.length - 1]).isEqualTo(values.length - 1);
  }

  @Test
  void refusesAFileThatChangedAfterItsHeaderWasRead() throws IOException {
    SafeTensors read = SafeTensors.read(file);
    Files.setLastModifiedTime(file, FileTime.fromMillis(12_345_678));
    assertThatThrownBy(() -> read.floats("narrow"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("changed after its header was read");
  }

  @Test
  void arraysHaveTheTypeAndShapeAskedFor() throws IOException {
    SafeTensors read = SafeTensors.read(file);
    assertThat(read.array("narrow", DataType.DOUBLE))
        .isEqualTo(tensors.get("narrow").castTo(DataType.DOUBLE));
    assertThat(read.array("wide", DataType.DOUBLE)).isEqualTo(tensors.get("wide"));
    assertThat(read.array("narrow", DataType.FLOAT)).isEqualTo(tensors.get("narrow"));
    SafeTensors.write(file, Map.of("scalar", Nd4j.scalar(3f)), Map.of());
    assertThat(SafeTensors.read(file).array("scalar", DataType.FLOAT).getFloat(0))
        .isEqualTo(3);
  }

  private static String entry(String name, String type, long length, long from, long to) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[%d,%d]}"
        .formatted(name, type, length, from, to);
  }

  private void assertRefused(byte[] header, String why) throws IOException {
    writeHeader(header.length, Arrays.copyOf(header, header.length + 8));
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll("model.safetensors", why)
        .message()
        .doesNotContain("\n");
  }

  private void writeHeader(long length, byte[] rest) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 + rest.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(length).put(rest).array());
  }
}

package alphadistill.engine.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Named tensors in one safetensors file: 8 bytes of little-endian header length, a JSON header (name to dtype, shape
 * and offsets; {@code __metadata__} holds strings), then little-endian row-major data. Types F32, F64, I64 and U8.
 *
 * <p>A header that does not fit its file is refused before anything is read, and a file is written beside its target,
 * synced and renamed, so a reader sees the old file or the new one.
 */
public final class SafeTensors implements TensorSource {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String METADATA = "__metadata__";
  private static final int LARGEST_HEADER = 100_000_000;

  private final Path file;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(String type, long[] shape, byte[] bytes) {
    private ByteBuffer data() {
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private SafeTensors(Path file) {
    this.file = file;
  }

  /** @throws CheckpointException if the file is no safetensors file, is cut off, or contradicts itself */
  public static SafeTensors read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SafeTensors tensors = new SafeTensors(file);
      long size = channel.size();
      tensors.require(size >= 8, "it has %d bytes, too few for a header".formatted(size));
      long headerLength = read(channel, 0, 8).getLong();
      tensors.require(
          headerLength > 1 && headerLength <= Math.min(size - 8, LARGEST_HEADER),
          "it announces a header of %d bytes and has %d".formatted(headerLength, size));
      byte[] header = read(channel, 8, (int) headerLength).array();
      tensors.readEntries(channel, tensors.parse(header), 8 + headerLength, size);
      return tensors;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private JsonNode parse(byte[] header) {
    try {
      return JSON.readTree(new String(header, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw corrupt("its header is not JSON");
    }
  }

  private void readEntries(FileChannel channel, JsonNode header, long dataStart, long size)
      throws IOException {
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals(METADATA)) {
        field
            .getValue()
            .properties()
            .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
        continue;
      }
      String name = field.getKey();
      JsonNode entry = field.getValue();
      String type = entry.path("dtype").asText();
      JsonNode offsets = entry.path("data_offsets");
      require(
          offsets.size() == 2 && entry.path("shape").isArray(),
          "tensor '%s' has no shape or offsets".formatted(name));
      long[] shape = LongStream.range(0, entry.get("shape").size())
          .map(i -> entry.get("shape").get((int) i).asLong(-1))
          .toArray();
      long from = offsets.get(0).asLong(-1);
      long to = offsets.get(1).asLong(-1);
      require(
          from >= 0 && to >= from && dataStart + to <= size,
          "tensor '%s' lies at bytes %d to %d of %d: the file is cut off"
              .formatted(name, from, to, size - dataStart));
      require(
          LongStream.of(shape).allMatch(n -> n >= 0)
              && length(shape) * width(type, name) == to - from,
          "tensor '%s' of shape %s and type %s does not fill its %d bytes"
              .formatted(name, Arrays.toString(shape), type, to - from));
      entries.put(
          name,
          new Entry(
              type,
              shape,
              read(channel, dataStart + from, Math.toIntExact(to - from)).array()));
    }
  }

  @Override
  public String origin() {
    return file.toString();
  }

  @Override
  public Set<String> names() {
    return entries.keySet();
  }

  @Override
  public boolean has(String name) {
    return entries.containsKey(name);
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public long[] shape(String name) {
    return entry(name).shape().clone();
  }

  @Override
  public float[] floats(String name) {
    double[] wide = doubles(name);
    float[] values = new float[wide.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) wide[i];
    }
    return values;
  }

  @Override
  public INDArray array(String name, DataType type) {
    double[] values = doubles(name);
    return Nd4j.createFromArray(values).castTo(type).reshape('c', entry(name).shape());
  }

  /** All elements of a tensor of any type, row-major. */
  public double[] doubles(String name) {
    Entry entry = entry(name);
    ByteBuffer data = entry.data();
    double[] values = new double[Math.toIntExact(length(entry.shape()))];
    for (int i = 0; i < values.length; i++) {
      values[i] = switch (entry.type()) {
        case "F32" -> data.getFloat();
        case "F64" -> data.getDouble();
        case "U8" -> data.get() & 0xFF;
        default -> data.getLong();
      };
    }
    return values;
  }

  /** Elements of a whole-number tensor. */
  public long[] longs(String name) {
    Entry entry = entry(name);
    require(entry.type().equals("I64"), "tensor '%s' is %s, not I64".formatted(name, entry.type()));
    long[] values = new long[Math.toIntExact(length(entry.shape()))];
    entry.data().asLongBuffer().get(values);
    return values;
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw corrupt("it has no tensor '%s' among its %d".formatted(name, entries.size()));
    }
    return entry;
  }

  /**
   * Writes float32 or double arrays; the same content gives the same bytes.
   *
   * @param tensors in the order they are to have in the file
   */
  public static void write(Path file, Map<String, INDArray> tensors, Map<String, String> metadata) {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      header.set(METADATA, JSON.valueToTree(new TreeMap<>(metadata)));
    }
    long offset = 0;
    for (Map.Entry<String, INDArray> tensor : tensors.entrySet()) {
      boolean wide = tensor.getValue().dataType() == DataType.DOUBLE;
      long bytes = tensor.getValue().length() * (wide ? Double.BYTES : Float.BYTES);
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", wide ? "F64" : "F32");
      LongStream.of(tensor.getValue().shape()).forEach(entry.withArray("shape")::add);
      entry.putArray("data_offsets").add(offset).add(offset + bytes);
      offset += bytes;
    }
    byte[] text = pad(header.toString().getBytes(StandardCharsets.UTF_8));
    try {
      WholeFile.write(file, channel -> {
        WholeFile.writeFully(channel, little(8).putLong(text.length).flip());
        WholeFile.writeFully(channel, ByteBuffer.wrap(text));
        for (INDArray tensor : tensors.values()) {
          WholeFile.writeFully(channel, bytes(tensor));
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static ByteBuffer bytes(INDArray tensor) {
    if (tensor.dataType() == DataType.DOUBLE) {
      ByteBuffer data = little(Math.toIntExact(tensor.length() * Double.BYTES));
      for (double value : tensor.reshape('c', new long[] {tensor.length()}).toDoubleVector()) {
        data.putDouble(value);
      }
      return data.flip();
    }
    ByteBuffer data = little(Math.toIntExact(tensor.length() * Float.BYTES));
    for (float value : tensor.reshape('c', new long[] {tensor.length()}).toFloatVector()) {
      data.putFloat(value);
    }
    return data.flip();
  }

  /** Header lengths are multiples of 8 so that data is aligned. */
  private static byte[] pad(byte[] text) {
    byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  private static ByteBuffer read(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer data = little(length);
    while (data.hasRemaining()) {
      if (channel.read(data, position + data.position()) < 0) {
        throw new IOException("the file ended while it was read");
      }
    }
    return data.flip();
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private int width(String type, String name) {
    return switch (type) {
      case "F32" -> 4;
      case "F64", "I64" -> 8;
      case "U8" -> 1;
      default ->
        throw corrupt(
            "tensor '%s' has type '%s'; F32, F64, I64 and U8 are known".formatted(name, type));
    };
  }

  private static long length(long[] shape) {
    return LongStream.of(shape).reduce(1, Math::multiplyExact);
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw corrupt(problem);
    }
  }

  private CheckpointException corrupt(String problem) {
    return new CheckpointException(
        "%s is not a usable safetensors file: %s".formatted(file, problem));
  }
}

package alphadistill.engine.checkpoint;

import alphadistill.engine.kernels.HostCopy;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Named tensors in one safetensors file: 8 bytes of little-endian header length, a JSON header (name to dtype, shape
 * and offsets; {@code __metadata__} holds strings), then little-endian row-major data. Reads floating point of 16, 32
 * and 64 bits and whole numbers; writes F32 and F64.
 *
 * <p>The header is checked against the file before anything is read; values are read when they are asked for, in
 * slices, so that a file may be larger than memory. A file is written beside its target, synced and renamed, so a reader
 * sees the old file or the new one.
 */
public final class SafeTensors implements TensorSource {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int SLICE = 1 << 22; // numbers read or written at a time

  private final Path file;
  private final Stamp stamp;
  private final SafeTensorsHeader header;

  /** What tells a file from one that took its place. */
  private record Stamp(long size, FileTime modified) {
    static Stamp of(Path file) throws IOException {
      return new Stamp(Files.size(file), Files.getLastModifiedTime(file));
    }
  }

  private SafeTensors(Path file, Stamp stamp, SafeTensorsHeader header) {
    this.file = file;
    this.stamp = stamp;
    this.header = header;
  }

  /**
   * Reads the header.
   *
   * @throws CheckpointException if the file is no safetensors file, is cut off, or contradicts itself
   */
  public static SafeTensors read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Stamp stamp = Stamp.of(file);
      return new SafeTensors(file, stamp, SafeTensorsHeader.read(file, channel));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public String origin() {
    return file.toString();
  }

  @Override
  public Set<String> names() {
    return header.entries().keySet();
  }

  @Override
  public boolean has(String name) {
    return header.entries().containsKey(name);
  }

  @Override
  public Map<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public long[] shape(String name) {
    return entry(name).shape().clone();
  }

  @Override
  public float[] floats(String name) {
    SafeTensorsHeader.Entry entry = entry(name);
    float[] values = new float[elements(name, entry)];
    forSlices(entry, (data, first, count) -> {
      if (entry.type() == ElementType.F32) {
        data.asFloatBuffer().get(values, first, count);
        return;
      }
      for (int i = first; i < first + count; i++) {
        values[i] = (float) entry.type().next(data);
      }
    });
    return values;
  }

  @Override
  public INDArray array(String name, DataType type) {
    INDArray flat = type == DataType.DOUBLE
        ? Nd4j.createFromArray(doubles(name))
        : Nd4j.createFromArray(floats(name)).castTo(type);
    return flat.reshape('c', entry(name).shape());
  }

  /** All elements of a tensor of any type, row-major. */
  public double[] doubles(String name) {
    SafeTensorsHeader.Entry entry = entry(name);
    double[] values = new double[elements(name, entry)];
    forSlices(entry, (data, first, count) -> {
      for (int i = first; i < first + count; i++) {
        values[i] = entry.type().next(data);
      }
    });
    return values;
  }

  /** Elements of a tensor of 64-bit whole numbers. */
  public long[] longs(String name) {
    SafeTensorsHeader.Entry entry = entry(name);
    if (entry.type() != ElementType.I64) {
      throw corrupt("tensor '%s' is %s, not I64".formatted(name, entry.type()));
    }
    long[] values = new long[elements(name, entry)];
    forSlices(entry, (data, first, count) -> data.asLongBuffer().get(values, first, count));
    return values;
  }

  private SafeTensorsHeader.Entry entry(String name) {
    SafeTensorsHeader.Entry entry = header.entries().get(name);
    if (entry == null) {
      throw corrupt(
          "it has no tensor '%s' among its %d".formatted(name, header.entries().size()));
    }
    return entry;
  }

  private int elements(String name, SafeTensorsHeader.Entry entry) {
    if (entry.elements() > Integer.MAX_VALUE - 8) {
      throw corrupt("tensor '%s' has %d numbers, more than an array of the JVM holds"
          .formatted(name, entry.elements()));
    }
    return (int) entry.elements();
  }

  @FunctionalInterface
  private interface Slice {
    void accept(ByteBuffer data, int first, int count);
  }

  private void forSlices(SafeTensorsHeader.Entry entry, Slice slice) {
    int width = entry.type().width();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (!Stamp.of(file).equals(stamp)) {
        throw corrupt("it was changed after its header was read");
      }
      ByteBuffer data = little((int) Math.min(SLICE, entry.elements()) * width);
      for (long first = 0; first < entry.elements(); first += SLICE) {
        int count = (int) Math.min(SLICE, entry.elements() - first);
        readFully(channel, entry.from() + first * width, data.clear().limit(count * width));
        slice.accept(data.flip(), (int) first, count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Writes float32 or double arrays; the same content gives the same bytes.
   *
   * @param tensors in the order they are to have in the file
   */
  public static void write(Path file, Map<String, INDArray> tensors, Map<String, String> metadata) {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      header.set(SafeTensorsHeader.METADATA, JSON.valueToTree(new TreeMap<>(metadata)));
    }
    long offset = 0;
    for (Map.Entry<String, INDArray> tensor : tensors.entrySet()) {
      ElementType type = typeOf(tensor.getValue());
      long bytes = tensor.getValue().length() * type.width();
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", type.name());
      entry.putArray("shape");
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
          writeNumbers(channel, tensor);
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static ElementType typeOf(INDArray tensor) {
    return tensor.dataType() == DataType.DOUBLE ? ElementType.F64 : ElementType.F32;
  }

  private static void writeNumbers(FileChannel channel, INDArray tensor) throws IOException {
    int length = Math.toIntExact(tensor.length());
    ElementType type = typeOf(tensor);
    ByteBuffer data = little(Math.min(SLICE, length) * type.width());
    double[] wide = type == ElementType.F64 ? HostCopy.doubles(tensor) : null;
    float[] narrow = wide == null ? HostCopy.floats(tensor) : null;
    for (int first = 0; first < length; first += SLICE) {
      int count = Math.min(SLICE, length - first);
      if (wide == null) {
        data.clear().asFloatBuffer().put(narrow, first, count);
      } else {
        data.clear().asDoubleBuffer().put(wide, first, count);
      }
      WholeFile.writeFully(channel, data.limit(count * type.width()));
    }
  }

  /** Header lengths are multiples of 8 so that data is aligned. */
  private static byte[] pad(byte[] text) {
    byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  /** Fills a buffer up to its limit. */
  static void readFully(FileChannel channel, long position, ByteBuffer data) throws IOException {
    while (data.hasRemaining()) {
      if (channel.read(data, position + data.position()) < 0) {
        throw new IOException("the file ended while it was read");
      }
    }
  }

  static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private CheckpointException corrupt(String problem) {
    return SafeTensorsHeader.corrupt(file, problem);
  }
}

package alphadistill.engine.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a safetensors file says of its tensors, checked: every name once, every tensor as many bytes as its shape and
 * type need, and the tensors together all bytes behind the header, none of them twice.
 */
final class SafeTensorsHeader {
  static final String METADATA = "__metadata__";

  /** As the format's own library has it; a header of ten thousand tensors has one megabyte. */
  private static final int LARGEST = 100_000_000;

  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private final Path file;
  private final long dataStart;
  private final long dataLength;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * One tensor.
   *
   * @param from first byte in the file
   * @param elements numbers in it
   */
  record Entry(ElementType type, long[] shape, long from, long elements) {
    long end() {
      return from + elements * type.width();
    }
  }

  private SafeTensorsHeader(Path file, long dataStart, long dataLength) {
    this.file = file;
    this.dataStart = dataStart;
    this.dataLength = dataLength;
  }

  static SafeTensorsHeader read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < 8) {
      throw corrupt(file, "it has %d bytes, too few for a header".formatted(size));
    }
    ByteBuffer first = SafeTensors.little(8);
    SafeTensors.readFully(channel, 0, first);
    long length = first.flip().getLong();
    if (length < 2 || length > size - 8) {
      throw corrupt(file, "it announces a header of %d bytes and has %d".formatted(length, size));
    }
    if (length > LARGEST) {
      throw corrupt(
          file, "its header has %d bytes; at most %d are read".formatted(length, LARGEST));
    }
    ByteBuffer text = ByteBuffer.allocate((int) length);
    SafeTensorsHeader header = new SafeTensorsHeader(file, 8 + length, size - 8 - length);
    for (int done = 0; done < length; done = text.position()) {
      if (channel.read(text, 8L + done) < 0) {
        throw corrupt(file, "it ended while it was read");
      }
    }
    header.parse(text.flip());
    header.requireEveryByteOnce();
    return header;
  }

  Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /** By name, in the order of the header. */
  Map<String, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  private void parse(ByteBuffer bytes) {
    JsonNode json;
    try {
      json = JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      throw corrupt("its header is not UTF-8 text");
    } catch (JsonProcessingException e) {
      String problem = e.getOriginalMessage();
      throw corrupt(
          problem.startsWith("Duplicate field")
              ? "its header has the name %s twice"
                  .formatted(problem.replace("Duplicate field ", ""))
              : "its header is not JSON");
    }
    require(json.isObject(), "its header is no JSON object");
    json.properties().forEach(field -> {
      if (field.getKey().equals(METADATA)) {
        field.getValue().properties().forEach(e -> {
          require(e.getValue().isTextual(), "metadata '%s' is no text".formatted(e.getKey()));
          metadata.put(e.getKey(), e.getValue().textValue());
        });
      } else {
        entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
      }
    });
  }

  private Entry entry(String name, JsonNode json) {
    JsonNode offsets = json.path("data_offsets");
    require(
        offsets.isArray() && offsets.size() == 2 && json.path("shape").isArray(),
        "tensor '%s' has no shape or offsets".formatted(name));
    String typeName = json.path("dtype").asText();
    ElementType type = ElementType.named(typeName)
        .orElseThrow(() -> corrupt("tensor '%s' has type '%s'; known are %s"
            .formatted(name, typeName, Arrays.toString(ElementType.values()))));
    long[] shape = whole(name, "shape", json.get("shape"));
    long[] bytes = whole(name, "offsets", offsets);
    require(
        bytes[1] >= bytes[0] && bytes[1] <= dataLength,
        "tensor '%s' lies at bytes %d to %d of %d: the file is cut off, or its header is wrong"
            .formatted(name, bytes[0], bytes[1], dataLength));
    long elements = elements(shape);
    require(
        elements <= dataLength && elements * type.width() == bytes[1] - bytes[0],
        "tensor '%s' of shape %s and type %s does not fill its %d bytes"
            .formatted(name, Arrays.toString(shape), type, bytes[1] - bytes[0]));
    return new Entry(type, shape, dataStart + bytes[0], elements);
  }

  /** Whole numbers that are not negative. */
  private long[] whole(String name, String what, JsonNode json) {
    long[] values = new long[json.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = json.get(i);
      require(
          value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0,
          "the %s of tensor '%s' hold %s".formatted(what, name, value));
      values[i] = value.longValue();
    }
    return values;
  }

  /** Product of a shape; more than any file holds where it overflows. */
  private static long elements(long[] shape) {
    long elements = 1;
    for (long size : shape) {
      if (size != 0 && elements > Long.MAX_VALUE / size) {
        return Long.MAX_VALUE;
      }
      elements *= size;
    }
    return elements;
  }

  private void requireEveryByteOnce() {
    List<Map.Entry<String, Entry>> inOrder = new ArrayList<>(entries.entrySet());
    inOrder.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().from())
            .thenComparingLong(e -> e.getValue().end()));
    long covered = dataStart;
    String before = "";
    for (Map.Entry<String, Entry> tensor : inOrder) {
      Entry entry = tensor.getValue();
      if (entry.from() < covered) {
        throw corrupt("tensors '%s' and '%s' share bytes".formatted(before, tensor.getKey()));
      }
      requireNoHole(covered, entry.from());
      covered = entry.end();
      before = tensor.getKey();
    }
    requireNoHole(covered, dataStart + dataLength);
  }

  private void requireNoHole(long from, long to) {
    require(
        from == to,
        "bytes %d to %d behind its header belong to no tensor"
            .formatted(from - dataStart, to - dataStart));
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw corrupt(problem);
    }
  }

  private CheckpointException corrupt(String problem) {
    return corrupt(file, problem);
  }

  static CheckpointException corrupt(Path file, String problem) {
    return new CheckpointException(
        "%s is not a usable safetensors file: %s".formatted(file, problem));
  }
}

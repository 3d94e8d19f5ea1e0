package alphadistill.engine.protobuf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One message in the wire format of protocol buffers: fields in the order they are added, numbered as its definition
 * numbers them. A field added again is the next element of a repeated field. Large contents are kept as what writes
 * them, so a message of gigabytes costs a few objects until it is written.
 *
 * <pre>{@code
 * ProtoMessage value = new ProtoMessage().text(1, "loss").real32(2, 0.5f);
 * byte[] event = new ProtoMessage().real64(1, seconds).whole(2, step).message(5, value).toBytes();
 * }</pre>
 */
public final class ProtoMessage implements MessageContent {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private final List<MessageContent> parts = new ArrayList<>();

  /** A field of type int32, int64 or an enumeration. */
  public ProtoMessage whole(int field, long value) {
    return add(tag(field, VARINT), varint(value));
  }

  /** A field of type float. */
  public ProtoMessage real32(int field, float value) {
    return add(tag(field, FIXED32), little(Float.BYTES).putFloat(value).array());
  }

  /** A field of type double. */
  public ProtoMessage real64(int field, double value) {
    return add(tag(field, FIXED64), little(Double.BYTES).putDouble(value).array());
  }

  /** A field of type string. */
  public ProtoMessage text(int field, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return add(tag(field, LENGTH), varint(bytes.length), bytes);
  }

  /** A field of type bytes, or of another message, to which nothing is added any more. */
  public ProtoMessage message(int field, MessageContent content) {
    add(tag(field, LENGTH), varint(content.length()));
    parts.add(content);
    return this;
  }

  @Override
  public long length() {
    return parts.stream().mapToLong(MessageContent::length).sum();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (MessageContent part : parts) {
      part.writeTo(out);
    }
  }

  /** The whole message; for small ones. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(length()));
    try {
      writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private ProtoMessage add(byte[]... pieces) {
    for (byte[] piece : pieces) {
      parts.add(MessageContent.of(piece));
    }
    return this;
  }

  private static byte[] tag(int field, int wireType) {
    return varint((long) field << 3 | wireType);
  }

  /** Seven bits a byte, lowest first, the eighth bit set on all but the last; negative numbers take ten bytes. */
  private static byte[] varint(long value) {
    int length = value == 0 ? 1 : (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7;
    byte[] bytes = new byte[length];
    long rest = value;
    for (int i = 0; i < length; i++, rest >>>= 7) {
      bytes[i] = (byte) (rest & 0x7F | (i < length - 1 ? 0x80 : 0));
    }
    return bytes;
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}

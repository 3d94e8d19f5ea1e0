package alphadistill.engine.tensorboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * TensorFlow's file of records. Each is the length of its data (8 bytes, little-endian), the checksum of that length (4),
 * the data, and their checksum (4); so a record that was cut off, or that something else wrote, is known as such.
 */
final class Records {
  private static final int HEAD = Long.BYTES + Integer.BYTES;
  private static final int MASK = 0xa282ead8;

  private Records() {}

  /**
   * Where whole records end.
   *
   * @param records that were counted, no more than asked for
   * @param bytes they take from the start of the file
   */
  record Extent(int records, long bytes) {}

  static byte[] framed(byte[] data) {
    ByteBuffer record = little(HEAD + data.length + Integer.BYTES).putLong(data.length);
    record.putInt(masked(record.array(), 0, Long.BYTES)).put(data);
    return record.putInt(masked(data, 0, data.length)).array();
  }

  /** The first whole records of a file, up to the first that is none. */
  static Extent whole(FileChannel file, int most) throws IOException {
    long position = 0;
    int records = 0;
    while (records < most) {
      long length = wholeLength(file, position);
      if (length < 0) {
        break;
      }
      position += HEAD + length + Integer.BYTES;
      records++;
    }
    return new Extent(records, position);
  }

  /** Length of the data of the record at a position; negative where there is no whole one. */
  private static long wholeLength(FileChannel file, long position) throws IOException {
    long left = file.size() - position - HEAD - Integer.BYTES;
    if (left < 0) {
      return -1;
    }
    ByteBuffer head = read(file, position, HEAD);
    long length = head.getLong();
    if (length < 0 || length > left || head.getInt() != masked(head.array(), 0, Long.BYTES)) {
      return -1;
    }
    int size = Math.toIntExact(length);
    ByteBuffer data = read(file, position + HEAD, size + Integer.BYTES);
    return data.getInt(size) == masked(data.array(), 0, size) ? length : -1;
  }

  private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
    ByteBuffer bytes = little(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("the file ended while it was read");
      }
    }
    return bytes.flip();
  }

  /** CRC-32C, turned and shifted, because a checksum of data that holds checksums is weak. */
  private static int masked(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}

package alphadistill.vision.images;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file of bytes, unpacked on the way where its name ends in {@code .gz}; what goes wrong is said with its name. */
final class PackedFile implements AutoCloseable {
  private final Path file;
  private final InputStream in;

  /** @throws ImageException if there is no such file, or it is not packed as its name says */
  PackedFile(Path file) throws IOException {
    this.file = file;
    if (!Files.exists(file)) {
      throw new ImageException("%s: no such file".formatted(file));
    }
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
    } catch (ZipException | EOFException e) {
      raw.close();
      throw new ImageException(
          "%s: not a gzip file, as its name says it is (%s); fetch it again"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** The next bytes; what a header promises is believed only as far as there are bytes. */
  byte[] next(int count) throws IOException {
    byte[] bytes = read(count);
    if (bytes.length < count) {
      throw new ImageException("%s: ends %,d bytes too early: truncated; fetch it again"
          .formatted(file, count - bytes.length));
    }
    return bytes;
  }

  /** A big-endian number. */
  int nextNumber() throws IOException {
    return ByteBuffer.wrap(next(Integer.BYTES)).getInt();
  }

  /** @throws ImageException if there is more */
  void requireEnd() throws IOException {
    if (read(1).length > 0) {
      throw new ImageException(
          "%s: has more bytes than its header declares; fetch it again".formatted(file));
    }
  }

  private byte[] read(int count) throws IOException {
    try {
      return in.readNBytes(count);
    } catch (EOFException | ZipException e) {
      throw new ImageException(
          "%s: truncated or damaged gzip (%s); fetch it again".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

package alphadistill.engine.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file beside its place, syncs and renames it, so that a reader sees the old file or the new one. */
public final class WholeFile {
  private WholeFile() {}

  /** Fills a file from its start. */
  @FunctionalInterface
  public interface Content {
    void write(FileChannel channel) throws IOException;
  }

  /** @throws IOException if it cannot be written; what stood there before stays */
  public static void write(Path file, Content content) throws IOException {
    Path partial = file.resolveSibling("." + file.getFileName() + ".partial");
    try {
      try (FileChannel channel = FileChannel.open(
          partial,
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING)) {
        content.write(channel);
        channel.force(true);
      }
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Writes all of the data from where the channel stands. */
  public static void writeFully(FileChannel channel, ByteBuffer data) throws IOException {
    while (data.hasRemaining()) {
      channel.write(data);
    }
  }
}

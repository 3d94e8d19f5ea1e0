package alphadistill.data.table;

import alphadistill.data.DataException;
import alphadistill.data.duckdb.EmbeddedDatabase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;

/** Writes a file whole or not at all: beside its place first, then synced and renamed. */
public final class AtomicFile {
  private AtomicFile() {}

  /** Fills a file that is given. */
  public interface Content {
    void write(Path temporary) throws IOException, SQLException;
  }

  /**
   * Writes a text in UTF-8.
   *
   * @throws DataException if it cannot be written; what stood there before stays, and nothing half-written does
   */
  public static void writeText(Path file, String text) {
    write(file, temporary -> Files.writeString(temporary, text));
  }

  /** @throws DataException if it cannot be written; what stood there before stays, and nothing half-written does */
  public static void write(Path file, Content content) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw DataException.in(
          file,
          "cannot be written: there is no folder %s; create it or name another".formatted(folder));
    }
    if (Files.isDirectory(file)) {
      throw DataException.in(file, "cannot be written: it is a folder; name a file in it");
    }
    Path temporary = null;
    try {
      temporary = Files.createFile(folder.resolve(temporaryName(file)));
      content.write(temporary);
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      temporary = null;
    } catch (IOException | SQLException e) {
      throw DataException.in(
          file,
          "could not be written (%s); check permissions and free space of %s"
              .formatted(reason(e), folder),
          e);
    } finally {
      delete(temporary);
    }
  }

  /** Of its own for each process and thread; not a file of the library for such names, which nobody else may read. */
  private static String temporaryName(Path file) {
    return ".%s.%d-%d.part"
        .formatted(
            file.getFileName(),
            ProcessHandle.current().pid(),
            Thread.currentThread().getId());
  }

  private static String reason(Exception failure) {
    if (failure instanceof SQLException sql) {
      return EmbeddedDatabase.reason(sql);
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  private static void delete(Path temporary) {
    try {
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw DataException.in(temporary, "could not be deleted (%s)".formatted(e.getMessage()), e);
    }
  }
}

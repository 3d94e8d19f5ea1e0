package alphadistill.cli.run;

import alphadistill.cli.config.UsageException;
import alphadistill.data.DataException;
import alphadistill.engine.checkpoint.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One run on disk: {@code config.yaml}, {@code provenance.json}, {@code units/}, {@code signals.parquet}, {@code
 * metrics.json}, {@code report.html}. Every file appears in one piece or not at all. A folder belongs to one
 * configuration and data: another one is refused, the same one goes on where it stopped.
 */
public final class RunFolder implements AutoCloseable {
  private static final String FINGERPRINT = "fingerprint";
  private static final String PARTIAL = ".partial";

  private final Path folder;
  private final FileChannel lockFile;
  private final FileLock lock;

  private RunFolder(Path folder, FileChannel lockFile, FileLock lock) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Opens a run folder, made when absent, and keeps others out until closed.
   *
   * @param fingerprint of configuration and data
   * @throws UsageException if it cannot be written, is in use, or holds another configuration
   * @throws DataException if the disk is full
   */
  public static RunFolder open(Path folder, String fingerprint) {
    try {
      Files.createDirectories(folder);
      FileChannel channel = FileChannel.open(
          folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new UsageException(
            "%s is being written by another command; wait for it or choose another --set name="
                .formatted(folder));
      }
      RunFolder run = new RunFolder(folder, channel, lock);
      run.removePartial();
      run.claim(fingerprint);
      return run;
    } catch (IOException e) {
      if (reason(e).contains("No space left")) {
        throw notWritten(folder, e);
      }
      throw new UsageException(
          "cannot write into %s (%s): choose another folder with --out or --set out="
              .formatted(folder, reason(e)));
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void claim(String fingerprint) throws IOException {
    Path claim = folder.resolve(FINGERPRINT);
    if (!Files.exists(claim)) {
      write(FINGERPRINT, fingerprint + "\n");
      return;
    }
    String there = Files.readString(claim).trim();
    if (!there.equals(fingerprint)) {
      close();
      throw new UsageException(
          "%s holds a run of another configuration or other data: choose another name (--set name=...), or remove that folder"
              .formatted(folder));
    }
  }

  public Path path() {
    return folder;
  }

  public Path units() {
    return folder.resolve("units");
  }

  /**
   * Writes a text file in one piece.
   *
   * @throws DataException if it cannot be written, such as on a full disk; what stood there before stays
   */
  public void write(String name, String text) {
    try {
      WholeFile.write(
          folder.resolve(name),
          channel -> WholeFile.writeFully(channel, StandardCharsets.UTF_8.encode(text)));
    } catch (IOException e) {
      throw notWritten(folder.resolve(name), e);
    }
  }

  /** Files that were being written when a process was killed; nobody else writes here while the lock is held. */
  private void removePartial() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (name.startsWith(".") && (name.endsWith(PARTIAL) || name.endsWith(".part"))) {
          Files.delete(entry);
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The exception for a file or folder that could not be written, with the remedy. */
  static DataException notWritten(Path file, Exception failure) {
    return DataException.in(
        file,
        "could not be written (%s): free space or permissions there, then run the same command again; finished units are kept"
            .formatted(reason(failure)),
        failure);
  }

  /** The system's words for what went wrong, without the path. */
  static String reason(Exception failure) {
    Exception cause =
        failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : failure;
    String text = cause instanceof FileSystemException system
        ? Objects.requireNonNullElse(
            system.getReason(), cause.getClass().getSimpleName().replace("Exception", ""))
        : Objects.requireNonNullElse(cause.getMessage(), "");
    return text.isBlank() ? "not possible" : text;
  }
}

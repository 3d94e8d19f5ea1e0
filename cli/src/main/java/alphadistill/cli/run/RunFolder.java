package alphadistill.cli.run;

import alphadistill.cli.config.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * One run on disk: {@code config.yaml}, {@code provenance.json}, {@code units/}, {@code signals.parquet}, {@code
 * metrics.json}, {@code report.html}. Every file appears in one piece or not at all. A folder belongs to one
 * configuration and data: another one is refused, the same one goes on where it stopped.
 */
public final class RunFolder implements AutoCloseable {
  private static final String FINGERPRINT = "fingerprint";

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
      run.claim(fingerprint);
      return run;
    } catch (IOException e) {
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

  /** Writes a text file in one piece. */
  public void write(String name, String text) throws IOException {
    Path partial = folder.resolve("." + name + ".partial");
    try (FileChannel channel = FileChannel.open(
        partial,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(StandardCharsets.UTF_8.encode(text));
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(partial);
      throw e;
    }
    Files.move(
        partial,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
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

  /** The system's words for what went wrong, without the path. */
  static String reason(IOException e) {
    String text =
        e instanceof java.nio.file.FileSystemException system && system.getReason() != null
            ? system.getReason()
            : e.getClass().getSimpleName().replace("Exception", "");
    return text.isBlank() ? "not possible" : text;
  }
}

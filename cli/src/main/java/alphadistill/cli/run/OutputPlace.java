package alphadistill.cli.run;

import alphadistill.cli.config.UsageException;
import alphadistill.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether something can be written where the user wants it, said before long work rather than after it. */
public final class OutputPlace {
  private OutputPlace() {}

  /** @throws UsageException if no file can stand there */
  public static void requireWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new UsageException("%s is a folder: name a file in it".formatted(file));
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException("cannot write %s: there is no folder %s".formatted(file, folder));
    }
    if (!Files.isWritable(folder)) {
      throw new UsageException("cannot write %s: no permission in %s".formatted(file, folder));
    }
  }

  /** @throws UsageException if it is no folder, and none that {@link #make} could make */
  public static void requireFolder(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there)) {
      there = there.getParent(); // the root exists
    }
    if (!Files.isDirectory(there)) {
      throw new UsageException(
          "cannot write into %s: %s is a file, not a folder".formatted(folder, there));
    }
    if (!Files.isWritable(there)) {
      throw new UsageException(
          "cannot write into %s: no permission in %s".formatted(folder, there));
    }
  }

  /** @throws DataException if a missing folder cannot be made */
  public static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw DataException.in(folder, "cannot be made (%s)".formatted(e.getMessage()), e);
    }
  }
}

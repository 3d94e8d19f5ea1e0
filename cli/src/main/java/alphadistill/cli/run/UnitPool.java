package alphadistill.cli.run;

import alphadistill.data.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs units on a fixed number of threads. A unit's folder appears in one piece when it is finished, by a rename; a run
 * that was killed finds finished units and does only the others, so its files are the same as those of an unbroken run.
 * Each unit's folder holds the sums of its files.
 */
public final class UnitPool {
  private static final String PARTIAL = ".partial-";

  private final Path folder;
  private final int workers;
  private final Object gate = new Object();
  private boolean abandoned;

  /**
   * @param folder where each unit gets its own folder; made when absent
   * @param workers threads, at least 1
   */
  public UnitPool(Path folder, int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, was " + workers);
    }
    this.folder = folder;
    this.workers = workers;
  }

  /** Whether a unit was finished, in this run or an earlier one. */
  public boolean isFinished(Unit unit) {
    return Files.isDirectory(folder.resolve(unit.name()));
  }

  /**
   * Runs what is not finished yet, in order. When a unit fails, those that run beside it are interrupted and waited for.
   *
   * @param finished told of each unit as it ends, on the calling thread
   * @throws DataException if a file cannot be written, or a finished unit is damaged
   */
  public void run(List<Unit> units, Consumer<Unit> finished) throws InterruptedException {
    removePartial();
    requireIntact(units);
    List<Unit> open = units.stream().filter(unit -> !isFinished(unit)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      var done = new ExecutorCompletionService<Unit>(threads);
      for (Unit unit : open) {
        done.submit(() -> finish(unit));
      }
      for (int i = 0; i < open.size(); i++) {
        finished.accept(done.take().get());
      }
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    } finally {
      threads.shutdownNow();
      while (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        // Whatever ran beside a unit that failed must not write any more when this method has
        // ended.
      }
    }
  }

  /** @throws DataException if a file of a finished unit is not as it was written */
  public void requireIntact(List<Unit> units) {
    for (Unit unit : units) {
      if (isFinished(unit)) {
        Checksums.require(folder.resolve(unit.name()));
      }
    }
  }

  /**
   * Ends everything at once, for a process that is about to stop: from now on no unit begins or is finished, and what was
   * half done is removed.
   */
  public void abandon() {
    synchronized (gate) {
      abandoned = true;
    }
    for (int attempt = 0;
        attempt < 5;
        attempt++) { // a worker may write into a folder that is being removed
      try {
        removePartial();
        return;
      } catch (DataException e) {
        // Once more; the next start removes what is left even so.
      }
    }
  }

  private Unit finish(Unit unit) throws IOException {
    Path partial = folder.resolve(PARTIAL + unit.name());
    try {
      atTheGate(() -> Files.createDirectory(partial));
      unit.work().writeInto(partial);
      Checksums.write(partial);
      try (Stream<Path> files = Files.list(partial)) {
        for (Path file : files.toList()) {
          sync(file);
        }
      }
      atTheGate(
          () -> Files.move(partial, folder.resolve(unit.name()), StandardCopyOption.ATOMIC_MOVE));
      return unit;
    } catch (IOException | UncheckedIOException e) {
      remove(partial);
      throw RunFolder.notWritten(folder.resolve(unit.name()), e);
    } catch (RuntimeException e) {
      remove(partial);
      throw e;
    }
  }

  private interface Step {
    void take() throws IOException;
  }

  /** Takes a step that makes a folder appear, unless everything was abandoned. */
  private void atTheGate(Step step) throws IOException {
    synchronized (gate) {
      if (abandoned) {
        throw new IOException("the run was stopped");
      }
      step.take();
    }
  }

  /** The rename must not reach the disk before the bytes do. */
  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private void removePartial() {
    try {
      Files.createDirectories(folder);
      List<Path> left = new ArrayList<>();
      try (Stream<Path> entries = Files.list(folder)) {
        entries
            .filter(entry -> entry.getFileName().toString().startsWith(PARTIAL))
            .forEach(left::add);
      }
      for (Path partial : left) {
        remove(partial);
      }
    } catch (IOException e) {
      throw RunFolder.notWritten(folder, e);
    }
  }

  private static void remove(Path partial) throws IOException {
    if (!Files.exists(partial)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(partial)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof IOException io) {
      return new UncheckedIOException(io);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }
}

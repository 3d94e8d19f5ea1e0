package alphadistill.engine.train;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes the batch of the next step, as student and teacher will see it, while the step before it runs: a GPU need not
 * wait for the host. A batch depends on its epoch and step alone, so nothing else changes.
 *
 * @param <B> batch type
 */
final class BatchAhead<B> implements AutoCloseable {
  private final Trainer.Task<B> task;
  private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
    Thread thread = new Thread(work, "batch-ahead");
    thread.setDaemon(true);
    return thread;
  });
  private Future<B> next; // of the step after the one taken last; null for none

  BatchAhead(Trainer.Task<B> task) {
    this.task = task;
  }

  /**
   * The batch of a step; steps of an epoch are taken in order, from any first one on.
   *
   * @throws CancellationException if the calling thread is interrupted while it waits
   */
  B take(List<B> batches, int epoch, int step) {
    Future<B> wanted = next == null ? make(batches, epoch, step) : next;
    next = step + 1 < batches.size() ? make(batches, epoch, step + 1) : null;
    try {
      return wanted.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a batch");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("a batch throws what it may not", e.getCause());
    }
  }

  private Future<B> make(List<B> batches, int epoch, int step) {
    return worker.submit(() -> task.transform(batches.get(step), epoch, step));
  }

  /** Waits for no batch: one that is being made ends by itself, without an interrupt that would look like a fault. */
  @Override
  public void close() {
    worker.shutdown();
  }
}

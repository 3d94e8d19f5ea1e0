package alphadistill.engine.kernels;

import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Runs fixed pieces of work on a few persistent threads. What a piece is depends on the problem alone, never on the
 * number of threads, so results have the same bits on any number of them.
 */
final class Pieces {
  /** How long an idle thread looks out for work before it sleeps: to be woken takes as long as a small kernel. */
  private static final long PATIENCE_NANOS = 30_000;

  /** Work on one piece; {@code work} is private to the thread that runs it. */
  @FunctionalInterface
  interface Body {
    void run(int piece, Work work);
  }

  /** Arrays of one thread, reused from piece to piece and grown when needed. */
  static final class Work {
    private float[][] arrays = new float[12][0];
    private FloatPointer outside = new FloatPointer();

    /** Array number {@code which} with room for {@code length} values; contents are left from its last use. */
    float[] array(int which, int length) {
      if (arrays[which].length < length) {
        arrays[which] = new float[length];
      }
      return arrays[which];
    }

    /** Room for {@code length} values outside the heap, where BLAS reads; contents are left from its last use. */
    FloatPointer nativeArray(int length) {
      if (outside.capacity() < length) {
        outside.close();
        outside = new FloatPointer(length);
      }
      return outside;
    }
  }

  private final int threads;
  private final Work own = new Work();
  private final Object gate = new Object();
  private volatile Job job;
  private boolean started;

  private static final class Job {
    private final Body body;
    private final int count;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger open;
    private volatile Throwable failure;

    Job(Body body, int count) {
      this.body = body;
      this.count = count;
      this.open = new AtomicInteger(count);
    }

    /** Takes pieces until none is left. */
    void help(Work work) {
      for (int piece = next.getAndIncrement(); piece < count; piece = next.getAndIncrement()) {
        try {
          body.run(piece, work);
        } catch (RuntimeException | Error e) {
          failure = e;
        } finally {
          open.decrementAndGet();
        }
      }
    }
  }

  Pieces(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    this.threads = threads;
  }

  /** Runs pieces 0 .. count-1 and returns when all are done. Called by one thread at a time. */
  void run(int count, Body body) {
    if (threads == 1 || count == 1) {
      for (int piece = 0; piece < count; piece++) {
        body.run(piece, own);
      }
      return;
    }
    Job current = new Job(body, count);
    synchronized (gate) {
      if (!started) {
        start();
      }
      job = current;
      gate.notifyAll();
    }
    current.help(own);
    while (current.open.get() > 0) {
      Thread.onSpinWait(); // pieces are short: the others end within microseconds
    }
    if (current.failure instanceof Error error) {
      throw error;
    }
    if (current.failure != null) {
      throw (RuntimeException) current.failure;
    }
  }

  private void start() {
    started = true;
    for (int i = 1; i < threads; i++) {
      Thread thread = new Thread(this::serve, "kernels-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void serve() {
    Work work = new Work();
    Job last = null;
    while (true) {
      long patience = System.nanoTime() + PATIENCE_NANOS;
      while (job == last && System.nanoTime() < patience) {
        Thread.onSpinWait();
      }
      Job current;
      synchronized (gate) {
        while (job == last) {
          try {
            gate.wait();
          } catch (InterruptedException e) {
            return;
          }
        }
        current = job;
      }
      current.help(work);
      last = current;
    }
  }
}

package alphadistill.cli.run;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What happens on Ctrl-C and on a polite kill (SIGINT, SIGTERM) while a run works: one line that says how to go on, what
 * was half done is removed, and the process ends with exit code 130.
 *
 * <pre>{@code
 * try (Interruption guard = Interruption.guard(System.err, "run the same command again to go on")) {
 *   guard.onStop(pool::abandon);
 *   pool.run(units, finished);
 * }
 * }</pre>
 */
public final class Interruption implements AutoCloseable {
  /** As a shell reports a program that Ctrl-C ended. */
  public static final int EXIT_CODE = 130;

  private final Thread hook;
  private final AtomicReference<Runnable> onStop = new AtomicReference<>(() -> {});

  private Interruption(PrintStream out, String howToGoOn) {
    this.hook = new Thread(
        () -> {
          out.println();
          out.println("alphadistill: interrupted; " + howToGoOn);
          out.flush();
          onStop.get().run();
          Runtime.getRuntime()
              .halt(EXIT_CODE); // the JVM's own code would differ between the signals
        },
        "interruption");
  }

  /** Watches until closed. */
  public static Interruption guard(PrintStream out, String howToGoOn) {
    Interruption guard = new Interruption(out, howToGoOn);
    Runtime.getRuntime().addShutdownHook(guard.hook);
    return guard;
  }

  /** @param action taken when the process is stopped from now on; short, and safe beside working threads */
  public void onStop(Runnable action) {
    onStop.set(action);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is stopping already; the hook ends it.
    }
  }
}

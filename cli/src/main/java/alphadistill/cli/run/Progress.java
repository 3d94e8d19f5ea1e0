package alphadistill.cli.run;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * What a long command says while it works: a bar with the time left on a terminal, a line every tenth otherwise. Safe
 * for use by several threads.
 */
public final class Progress {
  private final PrintStream out;
  private final boolean terminal;
  private ProgressBar bar;
  private String task = "";
  private long steps;
  private long done;
  private long begun;
  private int tenth;

  /** @param terminal whether the lines go to a terminal, where a bar can be redrawn */
  public Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** To standard error, so that results can be piped. */
  public static Progress toConsole() {
    return new Progress(System.err, System.console() != null);
  }

  /** Says nothing. */
  public static Progress silent() {
    return new Progress(new PrintStream(java.io.OutputStream.nullOutputStream()), false);
  }

  public synchronized void say(String line) {
    out.println(line);
  }

  public synchronized void start(String task, long steps) {
    this.task = task;
    this.steps = steps;
    this.done = 0;
    this.tenth = 0;
    this.begun = System.nanoTime();
    if (terminal) {
      bar = new ProgressBarBuilder()
          .setTaskName(task)
          .setInitialMax(steps)
          .setStyle(ProgressBarStyle.ASCII)
          .setUpdateIntervalMillis(500)
          .build();
    }
  }

  public synchronized void step(long count) {
    done += count;
    if (bar != null) {
      bar.stepBy(count);
      return;
    }
    int reached = (int) (10 * done / Math.max(1, steps));
    if (reached > tenth && reached < 10) {
      tenth = reached;
      double seconds = (System.nanoTime() - begun) * 1e-9;
      out.printf(
          java.util.Locale.ROOT,
          "%s: %d %%, about %.0f s left%n",
          task,
          10 * reached,
          seconds * (steps - done) / done);
    }
  }

  public synchronized void end() {
    if (bar != null) {
      bar.stepTo(steps);
      bar.close();
      bar = null;
    }
  }
}

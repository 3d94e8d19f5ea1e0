package alphadistill.cli.run;

import java.util.List;
import java.util.function.Consumer;

/** Does the units of a run that are not finished yet, and says what it finds and how far it is. */
public final class UnitRun {
  private final UnitPool pool;
  private final Progress progress;
  private final Interruption guard;

  public UnitRun(UnitPool pool, Progress progress, Interruption guard) {
    this.pool = pool;
    this.progress = progress;
    this.guard = guard;
  }

  /**
   * @param steps that one unit moves the bar by
   * @param finished told of each unit as it ends
   * @throws alphadistill.data.DataException if a finished unit is damaged, or a file cannot be written
   */
  public void finish(List<Unit> units, long steps, Consumer<Unit> finished)
      throws InterruptedException {
    List<Unit> open = units.stream().filter(unit -> !pool.isFinished(unit)).toList();
    pool.requireIntact(units);
    if (open.isEmpty()) {
      progress.say("all %d units are finished already".formatted(units.size()));
      return;
    }
    if (open.size() < units.size()) {
      progress.say("going on: %d of %d units are finished already"
          .formatted(units.size() - open.size(), units.size()));
    }
    guard.onStop(pool::abandon);
    progress.start("training", open.size() * steps);
    pool.run(units, finished);
    guard.onStop(() -> {});
    progress.end();
  }
}

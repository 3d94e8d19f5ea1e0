package alphadistill.engine.train;

import java.util.List;

/** Is told how a training goes, on the training thread. */
@FunctionalInterface
public interface TrainingListener {
  void epochDone(Trainer.Epoch epoch);

  /**
   * Before anything else: where training begins, or goes on.
   *
   * @param step the next one of the epoch
   * @param done epochs of an earlier process
   */
  default void begins(int epoch, int step, List<Trainer.Epoch> done) {}

  /** After every step's update. */
  default void stepDone(Trainer.Step step) {}
}

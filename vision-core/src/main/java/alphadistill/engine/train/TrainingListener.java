package alphadistill.engine.train;

/** Is told how a training goes, on the training thread. */
@FunctionalInterface
public interface TrainingListener {
  void epochDone(Trainer.Epoch epoch);
}

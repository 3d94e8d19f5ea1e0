package alphadistill.engine.optim;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Changes parameters along their gradients. */
public interface Optimiser {
  /**
   * One step over all parameters.
   *
   * @param rate learning rate of this step
   */
  void step(double rate);

  /** Steps made so far. */
  long steps();

  /** State arrays by name, the live ones: what a checkpoint must hold beside the weights. */
  Map<String, INDArray> state();

  /** Sets the number of steps made, when state was restored. */
  void resumeAt(long steps);
}

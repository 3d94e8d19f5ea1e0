package alphadistill.student.learn;

import alphadistill.augment.window.WindowBatch;
import alphadistill.engine.Heads;
import alphadistill.engine.loss.Loss;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What an {@link Objective} asks of the heads in each step of a training. */
@FunctionalInterface
interface BatchLoss {
  /**
   * The loss of a batch, until the next one.
   *
   * @param answers of the teacher for the same batch (N, 1); null without a teacher
   */
  Loss of(Heads heads, WindowBatch batch, INDArray answers);
}

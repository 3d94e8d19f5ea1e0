package alphadistill.engine;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model that answers for a batch what the distillation head is to learn. It is handed the augmented, mixed batch
 * and nothing else, so teacher and student always see the same sample.
 *
 * @param <B> batch type
 */
@FunctionalInterface
public interface Teacher<B> {
  /** The teacher's answer (N, C): logits of a classifier, or one expected return a row. */
  INDArray answer(B batch);
}

package alphadistill.engine.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Softmax of each row, safe for large logits. */
public final class Softmax {
  private Softmax() {}

  /** Log of the softmax of each row, a fresh array (N, C). */
  public static INDArray log(INDArray logits) {
    INDArray shifted = logits.subColumnVector(logits.max(true, 1));
    return shifted.subiColumnVector(Transforms.log(Transforms.exp(shifted, true).sum(true, 1)));
  }
}

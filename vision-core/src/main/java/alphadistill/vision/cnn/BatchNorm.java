package alphadistill.vision.cnn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The values of one batch norm of C channels: {@code y = gamma * (x - mean) / sqrt(variance + epsilon) + beta}, which is
 * {@code scale * x + shift}.
 *
 * @param gamma (C), as all others
 * @param mean running mean
 * @param variance running variance
 */
record BatchNorm(INDArray gamma, INDArray beta, INDArray mean, INDArray variance, double epsilon) {

  /** {@code gamma / sqrt(variance + epsilon)} (C). */
  INDArray scale() {
    return gamma.div(Transforms.sqrt(variance.add(epsilon)));
  }

  /** {@code beta - mean * scale} (C). */
  INDArray shift() {
    return beta.sub(mean.mul(scale()));
  }

  /**
   * One batch as in training.
   *
   * @param y rows normalised by their own mean and variance
   * @param after the same norm with moved running values
   */
  record Training(INDArray y, BatchNorm after) {}

  /**
   * Normalises a batch by its own statistics, with divisor R, and moves the running values towards them; the running
   * variance moves towards the one with divisor R - 1, as in the reference.
   *
   * @param rows pixels of all pictures (R, C), left unchanged
   * @param momentum share of the batch in the running values, 0.1 in the reference
   */
  Training train(INDArray rows, double momentum) {
    long count = rows.size(0);
    INDArray ownMean = columnSums(rows).divi(count);
    INDArray centred = rows.subRowVector(ownMean.reshape(1, ownMean.length()));
    INDArray squares = columnSums(centred.mul(centred));
    BatchNorm own = new BatchNorm(gamma, beta, ownMean, squares.div(count), epsilon);
    BatchNorm after = new BatchNorm(
        gamma,
        beta,
        moved(mean, ownMean, momentum),
        moved(variance, squares.div(count - 1), momentum),
        epsilon);
    INDArray y = centred.mulRowVector(row(own.scale())).addiRowVector(row(beta));
    return new Training(y, after);
  }

  private static INDArray moved(INDArray from, INDArray to, double share) {
    return from.mul(1 - share).addi(to.mul(share));
  }

  /** By a product with ones: long float32 sums are not trusted. */
  private static INDArray columnSums(INDArray rows) {
    return Nd4j.ones(rows.dataType(), 1, rows.size(0)).mmul(rows).reshape(rows.size(1));
  }

  private static INDArray row(INDArray vector) {
    return vector.reshape(1, vector.length());
  }
}

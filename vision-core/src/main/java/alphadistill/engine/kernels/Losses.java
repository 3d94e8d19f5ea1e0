package alphadistill.engine.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of losses: each returns its value and writes the derivative by the output beside it, in one pass.
 * Values are sums in double in a fixed order, one copy to the host; gradients go into arrays the caller owns.
 *
 * <p>Shapes: outputs, targets, answers of a teacher and gradients are all (N, C), N samples of C outputs or classes;
 * everything but the gradient is left unchanged.
 */
public interface Losses {

  /**
   * Where a derivative goes, and how much of it. The value of a loss knows nothing of the factor.
   *
   * @param array (N, C), another one than output and target
   * @param factor what the derivative is multiplied by: the loss's share of a sum of losses
   * @param added whether the array holds the gradient of other losses already, which then stays
   */
  record Gradient(INDArray array, double factor, boolean added) {

    /** {@code array = factor * derivative}, whatever it held. */
    public static Gradient into(INDArray array, double factor) {
      return new Gradient(array, factor, false);
    }

    /** {@code array += factor * derivative}. */
    public static Gradient addedTo(INDArray array, double factor) {
      return new Gradient(array, factor, true);
    }
  }

  /** Mean over all N*C of {@code (output - target)^2}. */
  double squared(INDArray output, INDArray target, Gradient gradient);

  /**
   * Mean over all N*C of {@code gap^2} where {@code |gap| <= delta}, {@code delta * (2 |gap| - delta)} beyond.
   *
   * @param delta positive
   */
  double huber(INDArray output, INDArray target, double delta, Gradient gradient);

  /**
   * Mean over N of {@code -sum_c t_c log softmax(output)_c}.
   *
   * @param target t, not negative; a row need not sum to one
   */
  double crossEntropy(INDArray output, INDArray target, Gradient gradient);

  /**
   * Mean over N of {@code -log softmax(output)_k}, where k is the class of the row's largest answer, the first of equal
   * ones.
   */
  double hardCrossEntropy(INDArray output, INDArray answer, Gradient gradient);

  /**
   * Mean over all N*C of {@code log(1 + e^output) - target * output}, the logistic loss.
   *
   * @param target in [0, 1]
   */
  double binaryCrossEntropy(INDArray output, INDArray target, Gradient gradient);

  /**
   * Kullback-Leibler divergence of softened classes: {@code temperature^2 / divisor * sum_nc p log(p / q)} with
   * {@code p = softmax(answer / temperature)} and {@code q = softmax(output / temperature)}.
   *
   * @param temperature positive
   * @param divisor N for a mean over samples, N*C for one over elements
   */
  double divergence(
      INDArray output, INDArray answer, double temperature, double divisor, Gradient gradient);
}

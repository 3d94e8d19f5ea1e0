package alphadistill.engine.loss;

import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Losses;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How far an output is from what it should be. */
public interface Distance {

  /**
   * The value, beside the gradient by the output.
   *
   * @param kernels that made the output
   * @param output (N, C), left unchanged
   * @param target (N, C), left unchanged
   * @param gradient (N, C), written or added to
   */
  double of(Kernels kernels, INDArray output, INDArray target, Losses.Gradient gradient);

  /** Mean over all N*C of (output - target)^2. */
  record Squared() implements Distance {
    @Override
    public double of(Kernels kernels, INDArray output, INDArray target, Losses.Gradient gradient) {
      return kernels.losses().squared(output, target, gradient);
    }
  }

  /**
   * Huber: squares up to {@code delta}, linear beyond, with the same slope where they meet; {@code Squared} for a large
   * delta.
   *
   * @param delta where errors begin to count linearly; positive
   */
  record Huber(double delta) implements Distance {
    public Huber {
      if (!(delta > 0)) {
        throw new IllegalArgumentException(
            "delta of the Huber distance must be positive, was " + delta);
      }
    }

    @Override
    public double of(Kernels kernels, INDArray output, INDArray target, Losses.Gradient gradient) {
      return kernels.losses().huber(output, target, delta, gradient);
    }
  }

  /**
   * Cross entropy of soft targets: mean over N of {@code -sum_c t_c log softmax(output)_c}. One-hot, smoothed and
   * Mixup targets are the same formula (vision.md section 3).
   */
  record CrossEntropy() implements Distance {
    @Override
    public double of(Kernels kernels, INDArray output, INDArray target, Losses.Gradient gradient) {
      return kernels.losses().crossEntropy(output, target, gradient);
    }
  }

  /** Logistic loss of each output against a target in [0, 1], mean over all N*C (DeiT III). */
  record BinaryCrossEntropy() implements Distance {
    @Override
    public double of(Kernels kernels, INDArray output, INDArray target, Losses.Gradient gradient) {
      return kernels.losses().binaryCrossEntropy(output, target, gradient);
    }
  }
}

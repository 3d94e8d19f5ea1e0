package alphadistill.engine.loss;

import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Softmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** How far an output is from what it should be: value and gradient by the output. */
public interface Distance {

  /** Value and gradient of one term. */
  record Term(double value, INDArray gradient) {}

  /**
   * @param output (N, C), left unchanged
   * @param target (N, C), left unchanged
   */
  Term of(INDArray output, INDArray target);

  /** Mean over all N*C of (output - target)^2. */
  record Squared() implements Distance {
    @Override
    public Term of(INDArray output, INDArray target) {
      INDArray gap = output.sub(target);
      return new Term(Sums.of(gap.mul(gap)) / gap.length(), gap.mul(2.0 / gap.length()));
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
    public Term of(INDArray output, INDArray target) {
      INDArray gap = output.sub(target);
      INDArray inner =
          Transforms.max(Transforms.min(gap, delta), -delta); // gap cut to [-delta, delta]
      // gap^2 inside; delta * (2 |gap| - delta) outside: both are inner * (2 gap - inner)
      double value = Sums.of(inner.mul(gap.mul(2).subi(inner))) / gap.length();
      return new Term(value, inner.mul(2.0 / gap.length()));
    }
  }

  /**
   * Cross entropy of soft targets: mean over N of {@code -sum_c t_c log softmax(output)_c}. One-hot, smoothed and
   * Mixup targets are the same formula (vision.md section 3).
   */
  record CrossEntropy() implements Distance {
    @Override
    public Term of(INDArray output, INDArray target) {
      INDArray logs = Softmax.log(output);
      double n = output.size(0);
      INDArray share = target.sum(true, 1); // one, unless the target is not a distribution
      INDArray gradient =
          Transforms.exp(logs, true).muliColumnVector(share).subi(target).divi(n);
      return new Term(-Sums.of(logs.mul(target)) / n, gradient);
    }
  }

  /** Logistic loss of each output against a target in [0, 1], mean over all N*C (DeiT III). */
  record BinaryCrossEntropy() implements Distance {
    @Override
    public Term of(INDArray output, INDArray target) {
      // log(1 + e^x) - t x, with log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)
      INDArray soft = Transforms.max(output, 0.0)
          .add(Transforms.log(Transforms.exp(Transforms.abs(output).neg()).add(1)));
      double value = Sums.of(soft.sub(output.mul(target))) / output.length();
      return new Term(value, Transforms.sigmoid(output).sub(target).div(output.length()));
    }
  }

  /** Sums in double, whatever the arrays' type. */
  final class Sums {
    private Sums() {}

    static double of(INDArray x) {
      return HostCopy.number(x.castTo(DataType.DOUBLE).sum());
    }
  }
}

package alphadistill.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.engine.kernels.Losses.Gradient;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The fast losses against the plain ones in double, on the same float32 numbers and over awkward sizes, against
 * themselves on other numbers of threads, bit for bit; and the plain ones against central differences.
 */
class LossesTwinTest {
  /** Largest gap over the largest reference value, as of single layers. */
  private static final double ALLOWED = 3e-6;

  /** Samples and outputs: one, odd ones, more rows than a piece, rows longer than a piece. */
  private static final int[][] SIZES = {
    {1, 1}, {1, 7}, {5, 1}, {9, 3}, {4099, 1}, {701, 13}, {33, 1000}, {3, 5001}
  };

  /** Every loss, with targets that are distributions but for rows that do not sum to one. */
  private enum Case {
    SQUARED {
      @Override
      double of(Losses losses, INDArray x, INDArray t, Gradient gradient) {
        return losses.squared(x, t, gradient);
      }
    },
    HUBER {
      @Override
      double of(Losses losses, INDArray x, INDArray t, Gradient gradient) {
        return losses.huber(x, t, 1, gradient);
      }
    },
    CROSS_ENTROPY {
      @Override
      double of(Losses losses, INDArray x, INDArray t, Gradient gradient) {
        return losses.crossEntropy(x, t, gradient);
      }
    },
    HARD_CROSS_ENTROPY {
      @Override
      double of(Losses losses, INDArray x, INDArray t, Gradient gradient) {
        return losses.hardCrossEntropy(x, t, gradient);
      }
    },
    BINARY_CROSS_ENTROPY {
      @Override
      double of(Losses losses, INDArray x, INDArray t, Gradient gradient) {
        return losses.binaryCrossEntropy(x, t, gradient);
      }
    },
    DIVERGENCE {
      @Override
      double of(Losses losses, INDArray x, INDArray t, Gradient gradient) {
        return losses.divergence(x, t, 3, x.length(), gradient);
      }
    },
    DIVERGENCE_OF_SHARP_CLASSES {
      @Override
      double of(Losses losses, INDArray x, INDArray t, Gradient gradient) {
        return losses.divergence(x, t, 0.25, x.size(0), gradient);
      }
    };

    abstract double of(Losses losses, INDArray x, INDArray t, Gradient gradient);
  }

  @ParameterizedTest
  @EnumSource
  void fastLossesAgreeWithPlainOnes(Case loss) {
    for (int[] size : SIZES) {
      for (boolean added : new boolean[] {false, true}) {
        Made truth = Made.by(new Nd4jKernels(DataType.DOUBLE), loss, size, added);
        Made fast = Made.by(new CpuKernels(2), loss, size, added);
        String where = Arrays.toString(size);
        assertThat(Math.abs(fast.value() - truth.value()) / Math.max(0.1, truth.value()))
            .as("value of %s", where)
            .isLessThan(ALLOWED);
        assertThat(gap(truth.gradient(), fast.gradient()))
            .as("gradient of %s", where)
            .isLessThan(ALLOWED);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void threadsChangeNoBit(Case loss) {
    for (int[] size : SIZES) {
      Made alone = Made.by(new CpuKernels(1), loss, size, true);
      for (int threads : new int[] {2, 3}) {
        Made together = Made.by(new CpuKernels(threads), loss, size, true);
        assertThat(together.value()).isEqualTo(alone.value());
        assertThat(together.gradient()).isEqualTo(alone.gradient());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAgreeWithCentralDifferences(Case loss) {
    INDArray x = Nd4j.createFromArray(new double[][] {{0.3, -1.2, 2.5}, {-4, 0.1, 0.7}});
    INDArray t = Nd4j.createFromArray(new double[][] {{0.2, 0.6, 0.3}, {1, 0, 0}});
    Losses losses = new Nd4jKernels(DataType.DOUBLE).losses();
    INDArray gradient = x.like();
    INDArray unused = x.like();
    loss.of(losses, x, t, Gradient.into(gradient, 0.3));
    double h = 1e-6;
    for (int i = 0; i < x.length(); i++) {
      INDArray up = x.dup();
      INDArray down = x.dup();
      up.putScalar(i, up.getDouble(i) + h);
      down.putScalar(i, down.getDouble(i) - h);
      double rise = loss.of(losses, up, t, Gradient.into(unused, 1))
          - loss.of(losses, down, t, Gradient.into(unused, 1));
      assertThat(gradient.getDouble(i)).isCloseTo(0.3 * rise / (2 * h), within(1e-8));
    }
  }

  @Test
  void ofEqualAnswersTheFirstIsTheClass() {
    for (Kernels kernels : new Kernels[] {new Nd4jKernels(DataType.DOUBLE), new CpuKernels(1)}) {
      INDArray x = array(kernels, new float[] {1, 2, 3}, 1, 3);
      INDArray answer = array(kernels, new float[] {-5, 4, 4}, 1, 3);
      INDArray gradient = kernels.allocate(1, 3);
      kernels.losses().hardCrossEntropy(x, answer, Gradient.into(gradient, 1));
      assertThat(gradient.getDouble(0, 1)).isNegative();
      assertThat(gradient.getDouble(0, 2)).isPositive();
    }
  }

  /** Logits that a diverging network says: nothing overflows, and no number is lost. */
  @Test
  void largeLogitsKeepTheirLoss() {
    for (Kernels kernels : new Kernels[] {new Nd4jKernels(DataType.DOUBLE), new CpuKernels(1)}) {
      INDArray x = array(kernels, new float[] {900, -900}, 1, 2);
      INDArray t = array(kernels, new float[] {0, 1}, 1, 2);
      Gradient gradient = Gradient.into(kernels.allocate(1, 2), 1);
      Losses losses = kernels.losses();
      assertThat(losses.crossEntropy(x, t, gradient)).isEqualTo(1800);
      assertThat(losses.hardCrossEntropy(x, t, gradient)).isEqualTo(1800);
      assertThat(losses.binaryCrossEntropy(x, t, gradient)).isEqualTo(900);
      assertThat(losses.divergence(x, t.mul(1000), 1, 1, gradient)).isEqualTo(1800);
      assertThat(gradient.array().toDoubleVector()).containsExactly(1, -1);
    }
  }

  /** The trainer stops at such a loss; were it a number, weights would be ruined. */
  @ParameterizedTest
  @EnumSource
  void whatIsNoNumberStaysNone(Case loss) {
    for (Kernels kernels : new Kernels[] {new Nd4jKernels(DataType.DOUBLE), new CpuKernels(1)}) {
      INDArray x = array(kernels, new float[] {1, Float.NaN, 0, 1, 2, 3}, 2, 3);
      INDArray t = array(kernels, new float[] {1, 0, 0, 0, 1, 0}, 2, 3);
      Gradient gradient = Gradient.into(kernels.allocate(2, 3), 1);
      assertThat(loss.of(kernels.losses(), x, t, gradient)).isNaN();
    }
  }

  /** What a loss of drawn numbers is, on the heap. */
  private record Made(double value, double[] gradient) {
    static Made by(Kernels kernels, Case loss, int[] size, boolean added) {
      Random random = new Random(7);
      int length = size[0] * size[1];
      float[] outputs = new float[length];
      float[] targets = new float[length];
      float[] before = new float[length];
      for (int i = 0; i < length; i++) {
        outputs[i] = (float) (2 * random.nextGaussian());
        targets[i] = random.nextInt(3) == 0 ? 0 : random.nextFloat() * 2 / size[1];
        before[i] = added ? (float) (random.nextGaussian() / length) : -77;
      }
      INDArray gradient = array(kernels, before, size[0], size[1]);
      double value = loss.of(
          kernels.losses(),
          array(kernels, outputs, size[0], size[1]),
          array(kernels, targets, size[0], size[1]),
          added ? Gradient.addedTo(gradient, 0.3) : Gradient.into(gradient, 0.3));
      return new Made(value, HostCopy.doubles(gradient));
    }
  }

  private static INDArray array(Kernels kernels, float[] values, long... shape) {
    return kernels
        .allocate(shape)
        .assign(Nd4j.createFromArray(values).castTo(kernels.type()).reshape('c', shape));
  }

  private static double gap(double[] expected, double[] found) {
    double scale = 1e-30;
    double gap = 0;
    for (int i = 0; i < expected.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      gap = Math.max(gap, Math.abs(expected[i] - found[i]));
    }
    return gap / scale;
  }
}

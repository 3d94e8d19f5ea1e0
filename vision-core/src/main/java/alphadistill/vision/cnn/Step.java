package alphadistill.vision.cnn;

import alphadistill.engine.kernels.Activation;
import alphadistill.engine.kernels.Convolutions;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One call of a kernel: a convolution with its norm and activation folded in, a sum, a pool or a gate. */
abstract class Step {
  /** Positions of the inputs among all values; 0 is the picture. */
  final int[] inputs;

  Step(int... inputs) {
    this.inputs = inputs.clone();
  }

  /** @param x shape of the first input (N, H, W, C) */
  abstract long[] shape(long[] x);

  abstract void run(Convolutions convolutions, INDArray[] x, INDArray y);

  /** Whether an activation can still be folded in. */
  boolean takesActivation() {
    return false;
  }

  void activate(Activation activation) {
    throw new IllegalStateException("this step has no activation");
  }

  /** A convolution, or a norm or linear layer written as one. */
  static final class Product extends Step {
    private final Window window;
    private final int groups;
    private final long[] kernelShape; // (O, C / groups, height, width)
    private double[] kernel; // row-major, while norms are folded in
    private double[] shifts; // (O), or null
    private INDArray weight;
    private INDArray bias;
    private Activation activation = Activation.NONE;

    /**
     * @param kernel (O, C / groups, height, width), in double
     * @param bias (O), or null
     */
    Product(int input, INDArray kernel, INDArray bias, Window window, int groups) {
      super(input);
      this.window = window;
      this.groups = groups;
      this.kernelShape = kernel.shape();
      this.kernel = values(kernel);
      this.shifts = bias == null ? null : values(bias);
    }

    private static double[] values(INDArray array) {
      return HostCopy.doubles(array);
    }

    /** Folds a norm in: {@code w *= scale, b = b * scale + shift} of each output, in double precision. */
    void fold(BatchNorm norm) {
      double[] scale = values(norm.scale());
      double[] shift = values(norm.shift());
      int row = kernel.length / scale.length;
      for (int o = 0; o < scale.length; o++) {
        for (int i = o * row; i < (o + 1) * row; i++) {
          kernel[i] *= scale[o];
        }
      }
      for (int o = 0; shifts != null && o < shift.length; o++) {
        shift[o] += shifts[o] * scale[o];
      }
      shifts = shift;
    }

    boolean takesNorm() {
      return activation == Activation.NONE;
    }

    @Override
    boolean takesActivation() {
      return activation == Activation.NONE;
    }

    @Override
    void activate(Activation next) {
      activation = next;
    }

    /** Brings the weights into the kernels' order and type; after this nothing more is folded in. */
    void finish(Kernels kernels) {
      int outputs = (int) kernelShape[0];
      int channels = (int) kernelShape[1];
      int pixels = (int) (kernelShape[2] * kernelShape[3]);
      double[] channelLast = new double[kernel.length];
      for (int o = 0, from = 0; o < outputs; o++) {
        for (int c = 0; c < channels; c++) {
          for (int p = 0; p < pixels; p++) {
            channelLast[(o * pixels + p) * channels + c] = kernel[from++];
          }
        }
      }
      weight = array(kernels, channelLast, outputs, (long) pixels * channels);
      bias = shifts == null ? null : array(kernels, shifts, outputs);
      kernel = null;
      shifts = null;
    }

    private static INDArray array(Kernels kernels, double[] values, long... shape) {
      INDArray array = kernels.allocate(shape);
      if (kernels.type() == DataType.DOUBLE) {
        return array.assign(Nd4j.createFromArray(values).reshape(shape));
      }
      float[] rounded = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        rounded[i] = (float) values[i];
      }
      return array.assign(Nd4j.createFromArray(rounded).reshape(shape));
    }

    @Override
    long[] shape(long[] x) {
      return new long[] {
        x[0], window.outputHeight((int) x[1]), window.outputWidth((int) x[2]), kernelShape[0]
      };
    }

    @Override
    void run(Convolutions convolutions, INDArray[] x, INDArray y) {
      convolutions.convolve(x[0], weight, bias, window, groups, activation, y);
    }
  }

  /** A sum and an activation. */
  static final class Sum extends Step {
    private Activation activation = Activation.NONE;

    Sum(int first, int second) {
      super(first, second);
    }

    @Override
    boolean takesActivation() {
      return activation == Activation.NONE;
    }

    @Override
    void activate(Activation next) {
      activation = next;
    }

    @Override
    long[] shape(long[] x) {
      return x;
    }

    @Override
    void run(Convolutions convolutions, INDArray[] x, INDArray y) {
      convolutions.add(x[0], x[1], activation, y);
    }
  }

  /** An activation that nothing before it could take. */
  static final class Activated extends Step {
    private final Activation activation;

    Activated(int input, Activation activation) {
      super(input);
      this.activation = activation;
    }

    @Override
    long[] shape(long[] x) {
      return x;
    }

    @Override
    void run(Convolutions convolutions, INDArray[] x, INDArray y) {
      convolutions.activate(x[0], activation, y);
    }
  }

  static final class Largest extends Step {
    private final Window window;

    Largest(int input, Window window) {
      super(input);
      this.window = window;
    }

    @Override
    long[] shape(long[] x) {
      return new long[] {x[0], window.outputHeight((int) x[1]), window.outputWidth((int) x[2]), x[3]
      };
    }

    @Override
    void run(Convolutions convolutions, INDArray[] x, INDArray y) {
      convolutions.maxPool(x[0], window, y);
    }
  }

  static final class Mean extends Step {
    Mean(int input) {
      super(input);
    }

    @Override
    long[] shape(long[] x) {
      return new long[] {x[0], 1, 1, x[3]};
    }

    @Override
    void run(Convolutions convolutions, INDArray[] x, INDArray y) {
      convolutions.globalAverage(x[0], y);
    }
  }

  static final class Gated extends Step {
    Gated(int input, int gate) {
      super(input, gate);
    }

    @Override
    long[] shape(long[] x) {
      return x;
    }

    @Override
    void run(Convolutions convolutions, INDArray[] x, INDArray y) {
      convolutions.gate(x[0], x[1], y);
    }
  }
}

package alphadistill.vision.cnn;

import alphadistill.engine.kernels.Activation;
import alphadistill.engine.kernels.Convolutions;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

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
    private INDArray wide; // (O, C / groups * height * width) in double, while norms are folded in
    private INDArray wideBias; // (O)
    private final long[] kernelShape; // (O, C / groups, height, width)
    private INDArray weight;
    private INDArray bias;
    private Activation activation = Activation.NONE;

    /** @param kernel (O, C / groups, height, width), in double */
    Product(int input, INDArray kernel, INDArray bias, Window window, int groups) {
      super(input);
      this.window = window;
      this.groups = groups;
      this.kernelShape = kernel.shape();
      this.wide = kernel.reshape('c', kernel.size(0), kernel.length() / kernel.size(0));
      this.wideBias = bias;
    }

    /** Folds a norm in: {@code w *= scale, b = b * scale + shift} of each output, in double precision. */
    void fold(BatchNorm norm) {
      INDArray scale = norm.scale();
      wide = wide.mulColumnVector(scale.reshape(scale.length(), 1));
      wideBias = wideBias == null ? norm.shift() : wideBias.mul(scale).addi(norm.shift());
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
      INDArray channelLast = wide.reshape('c', kernelShape).permute(0, 2, 3, 1).dup('c');
      weight = kernels.allocate(wide.shape());
      weight.assign(channelLast.reshape('c', wide.shape()).castTo(kernels.type()));
      if (wideBias != null) {
        bias = kernels.allocate(wideBias.length());
        bias.assign(wideBias.castTo(kernels.type()));
      }
      wide = null;
      wideBias = null;
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

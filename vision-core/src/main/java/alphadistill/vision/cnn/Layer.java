package alphadistill.vision.cnn;

import alphadistill.engine.kernels.Activation;
import alphadistill.engine.kernels.Window;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One step of a convolutional network: what it reads, by name, and which tensors it needs. No values. */
public sealed interface Layer {
  /** Name of this layer's output. */
  String name();

  /** Names of the outputs it reads. */
  List<String> inputs();

  /** Tensors it needs, in checkpoint order. */
  default List<Tensor> tensors() {
    return List.of();
  }

  /**
   * Channels of its output.
   *
   * @param known channels of all outputs before
   * @throws IllegalArgumentException if its inputs do not have the channels it wants
   */
  int channels(Map<String, Integer> known);

  /** A layer that reads one output; unless it says otherwise, it has as many channels. */
  sealed interface OneInput extends Layer {
    String input();

    @Override
    default List<String> inputs() {
      return List.of(input());
    }

    @Override
    default int channels(Map<String, Integer> known) {
      return known.get(input());
    }
  }

  /** What a tensor is to its layer. */
  enum Role {
    /** Trained. */
    PARAMETER,
    /** Mean or variance, estimated while training. */
    STATISTIC,
    /** Number of batches the statistics saw; answers do not depend on it. */
    COUNTER
  }

  /** @param shape as in checkpoints: (O, I, height, width) of a convolution, (O, I) of a linear layer */
  record Tensor(String name, Role role, List<Long> shape) {
    private static Tensor parameter(String name, long... shape) {
      return new Tensor(
          name,
          Role.PARAMETER,
          List.of(java.util.Arrays.stream(shape).boxed().toArray(Long[]::new)));
    }

    /** Number of values. */
    public long length() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  /**
   * @param groups into which inputs and outputs are cut; as many as there are channels is one filter a channel
   * @param bias null for none
   */
  record Convolution(
      String name,
      String input,
      int in,
      int out,
      Window window,
      int groups,
      String weight,
      String bias)
      implements OneInput {

    public Convolution {
      if (in < 1 || out < 1 || groups < 1 || in % groups != 0 || out % groups != 0) {
        throw new IllegalArgumentException(
            "convolution '%s' of %d to %d channels cannot be cut into %d groups"
                .formatted(name, in, out, groups));
      }
    }

    @Override
    public List<Tensor> tensors() {
      Tensor kernel = Tensor.parameter(weight, out, in / groups, window.height(), window.width());
      return bias == null ? List.of(kernel) : List.of(kernel, Tensor.parameter(bias, out));
    }

    @Override
    public int channels(Map<String, Integer> known) {
      return expect(this, known, input, in, out);
    }
  }

  /**
   * {@code y = gamma * (x - mean) / sqrt(variance + epsilon) + beta} of each channel.
   *
   * @param counter null where the file keeps none
   */
  record BatchNorm(
      String name,
      String input,
      int size,
      double epsilon,
      String gamma,
      String beta,
      String mean,
      String variance,
      String counter)
      implements OneInput {

    public BatchNorm {
      if (!(epsilon > 0)) {
        throw new IllegalArgumentException(
            "epsilon of batch norm '%s' must be positive, was %s".formatted(name, epsilon));
      }
    }

    @Override
    public List<Tensor> tensors() {
      List<Long> shape = List.of((long) size);
      Stream<Tensor> values = Stream.of(
          Tensor.parameter(gamma, size),
          Tensor.parameter(beta, size),
          new Tensor(mean, Role.STATISTIC, shape),
          new Tensor(variance, Role.STATISTIC, shape));
      return counter == null
          ? values.toList()
          : Stream.concat(values, Stream.of(new Tensor(counter, Role.COUNTER, List.of())))
              .toList();
    }

    @Override
    public int channels(Map<String, Integer> known) {
      return expect(this, known, input, size, size);
    }
  }

  /** An activation of each value. */
  record Activate(String name, String input, Activation activation) implements OneInput {}

  /** The sum of two outputs. */
  record Add(String name, String first, String second) implements Layer {
    @Override
    public List<String> inputs() {
      return List.of(first, second);
    }

    @Override
    public int channels(Map<String, Integer> known) {
      return expect(this, known, second, known.get(first), known.get(first));
    }
  }

  /** The largest value of each window. */
  record MaxPool(String name, String input, Window window) implements OneInput {}

  /** The mean over all pixels; its output has one pixel. */
  record GlobalAverage(String name, String input) implements OneInput {}

  /** {@code input * sigmoid(gate)}, the gate with one value a channel. */
  record Gate(String name, String input, String gate) implements Layer {
    @Override
    public List<String> inputs() {
      return List.of(input, gate);
    }

    @Override
    public int channels(Map<String, Integer> known) {
      return expect(this, known, gate, known.get(input), known.get(input));
    }
  }

  /** {@code y = w x + b} of a single pixel. */
  record Linear(String name, String input, int in, int out, String weight, String bias)
      implements OneInput {
    @Override
    public List<Tensor> tensors() {
      return List.of(Tensor.parameter(weight, out, in), Tensor.parameter(bias, out));
    }

    @Override
    public int channels(Map<String, Integer> known) {
      return expect(this, known, input, in, out);
    }
  }

  private static int expect(
      Layer layer, Map<String, Integer> known, String input, int wanted, int out) {
    if (known.get(input) != wanted) {
      throw new IllegalArgumentException("layer '%s' wants %d channels, but '%s' has %d"
          .formatted(layer.name(), wanted, input, known.get(input)));
    }
    return out;
  }
}

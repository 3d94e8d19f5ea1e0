package alphadistill.engine.layer;

import alphadistill.augment.Draws;
import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes the parameters of a network, in checkpoint order, with the reference's initial values (vision.md section 1).
 * A value depends on (seed, tensor name) alone, so adding a layer changes no other.
 */
public final class Weights {
  private static final double STD = 0.02;

  private final Kernels kernels;
  private final long seed;
  private final List<Parameter> parameters = new ArrayList<>();

  public Weights(Kernels kernels, long seed) {
    this.kernels = kernels;
    this.seed = seed;
  }

  /** All parameters made so far. */
  public List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  /** Normal with deviation 0.02, cut at -2 and 2, which never acts. */
  public Parameter normal(String name, boolean decayed, long... shape) {
    Draws draws = Draws.of(seed, name);
    double[] values = new double[length(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(-2, Math.min(2, STD * draws.normal()));
    }
    return add(name, values, decayed, shape);
  }

  /** Uniform in (-bound, bound): the convolution's default, with {@code bound = 1 / sqrt(fan in)}. */
  public Parameter uniform(String name, double bound, boolean decayed, long... shape) {
    Draws draws = Draws.of(seed, name);
    double[] values = new double[length(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = bound * (2 * draws.uniform() - 1);
    }
    return add(name, values, decayed, shape);
  }

  /** The same value everywhere; one-dimensional, so never decayed. */
  public Parameter constant(String name, double value, long length) {
    double[] values = new double[(int) length];
    java.util.Arrays.fill(values, value);
    return add(name, values, false, length);
  }

  private Parameter add(String name, double[] values, boolean decayed, long... shape) {
    INDArray value = kernels.allocate(shape);
    value.assign(Nd4j.createFromArray(values).castTo(kernels.type()).reshape(shape));
    Parameter parameter = new Parameter(name, value, kernels.allocate(shape), decayed);
    parameters.add(parameter);
    return parameter;
  }

  private static int length(long[] shape) {
    long length = 1;
    for (long size : shape) {
      length = Math.multiplyExact(length, size);
    }
    return Math.toIntExact(length);
  }
}

package alphadistill.engine.layer;

import alphadistill.augment.Draws;
import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes the parameters of a network, in checkpoint order, with the reference's initial values (vision.md section 1).
 * A value depends on (seed, tensor name) alone, so adding a layer changes no other.
 */
public final class Weights {
  private static final double STD = 0.02;

  private final Kernels kernels;
  private final boolean drawn;
  private final long seed;
  private final List<Parameter> parameters = new ArrayList<>();

  public Weights(Kernels kernels, long seed) {
    this(kernels, true, seed);
  }

  private Weights(Kernels kernels, boolean drawn, long seed) {
    this.kernels = kernels;
    this.drawn = drawn;
    this.seed = seed;
  }

  /** Makes every parameter zero, for a network whose values are loaded: drawing many millions takes seconds. */
  public static Weights zeros(Kernels kernels) {
    return new Weights(kernels, false, 0);
  }

  /** All parameters made so far. */
  public List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  /** Normal with deviation 0.02, cut at -2 and 2, which never acts. */
  public Parameter normal(String name, boolean decayed, long... shape) {
    Draws draws = Draws.of(seed, name);
    return add(name, () -> Math.max(-2, Math.min(2, STD * draws.normal())), decayed, shape);
  }

  /** Uniform in (-bound, bound): the convolution's default, with {@code bound = 1 / sqrt(fan in)}. */
  public Parameter uniform(String name, double bound, boolean decayed, long... shape) {
    Draws draws = Draws.of(seed, name);
    return add(name, () -> bound * (2 * draws.uniform() - 1), decayed, shape);
  }

  /** The same value everywhere; one-dimensional, so never decayed. */
  public Parameter constant(String name, double value, long length) {
    return add(name, () -> value, false, length);
  }

  private Parameter add(String name, DoubleSupplier values, boolean decayed, long... shape) {
    INDArray value = kernels.allocate(shape);
    if (drawn) {
      double[] initial = new double[length(shape)];
      Arrays.setAll(initial, i -> values.getAsDouble());
      value.assign(Nd4j.createFromArray(initial).castTo(kernels.type()).reshape(shape));
    }
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

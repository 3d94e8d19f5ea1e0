package alphadistill.engine.optim;

import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.Kernels;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * LAMB, the optimiser of DeiT III (vision.md section 3): Adam's direction with weight decay, made as long as the
 * parameter is times the rate. {@code p -= rate * ratio * u} with {@code ratio = |p| / |u|} of each decayed tensor, 1
 * where either is 0 and for all others.
 */
public final class Lamb implements Optimiser {
  private final Kernels kernels;
  private final List<Parameter> parameters;
  private final Spec spec;
  private final Map<String, INDArray> state = new LinkedHashMap<>();
  private final Map<String, Double> trustRatios = new LinkedHashMap<>();
  private final Map<String, INDArray> directions = new HashMap<>(); // views of one array
  private long steps;

  /**
   * @param decay weight decay of decayed parameters, added to the direction; 0 turns the ratios off too
   * @param beta1 memory of the first moment
   * @param beta2 memory of the second moment
   * @param epsilon added to the root of the second moment
   * @param largestNorm all gradients are divided by {@code max(1, norm / largestNorm)} first; 0 for no clipping
   */
  public record Spec(double decay, double beta1, double beta2, double epsilon, double largestNorm) {
    public Spec {
      if (!(decay >= 0)
          || !(beta1 >= 0 && beta1 < 1)
          || !(beta2 >= 0 && beta2 < 1)
          || !(epsilon > 0)
          || !(largestNorm >= 0)) {
        throw new IllegalArgumentException(
            "decay and largestNorm must not be negative, betas in [0, 1) and epsilon positive, were %s, %s, %s, %s, %s"
                .formatted(decay, largestNorm, beta1, beta2, epsilon));
      }
    }

    /** The values DeiT III trains with: betas 0.9 and 0.999, epsilon 1e-8, norm at most 1. */
    public static Spec withDecay(double decay) {
      return new Spec(decay, 0.9, 0.999, 1e-8, 1);
    }
  }

  public Lamb(Kernels kernels, List<Parameter> parameters, Spec spec) {
    this.kernels = kernels;
    this.parameters = List.copyOf(parameters);
    this.spec = spec;
    long longest = 1;
    for (Parameter parameter : parameters) {
      state.put("m/" + parameter.name(), kernels.allocate(parameter.value().shape()));
      state.put("v/" + parameter.name(), kernels.allocate(parameter.value().shape()));
      longest = Math.max(longest, parameter.value().length());
    }
    INDArray direction = kernels.allocate(longest);
    for (Parameter parameter : parameters) {
      directions.put(
          parameter.name(),
          direction
              .get(NDArrayIndex.interval(0, parameter.value().length()))
              .reshape('c', parameter.value().shape()));
    }
  }

  @Override
  public void step(double rate) {
    steps++;
    double gradientScale = gradientScale();
    for (Parameter p : parameters) {
      INDArray u = directions.get(p.name());
      boolean adapted = p.decayed() && spec.decay() > 0;
      kernels.lambDirection(
          p.value(),
          p.gradient(),
          gradientScale,
          state.get("m/" + p.name()),
          state.get("v/" + p.name()),
          u,
          adapted ? spec.decay() : 0,
          spec.beta1(),
          spec.beta2(),
          spec.epsilon(),
          steps);
      double ratio = adapted ? trustRatio(p.value(), u) : 1;
      trustRatios.put(p.name(), ratio);
      kernels.addScaled(u, -rate * ratio, p.value());
    }
  }

  /** No 1e-6 beside the norm, unlike {@link GradientClip}: the fused form divides by it plainly. */
  private double gradientScale() {
    if (spec.largestNorm() == 0) {
      return 1;
    }
    double squares =
        kernels.sumOfSquares(parameters.stream().map(Parameter::gradient).toList());
    return 1 / Math.max(1, Math.sqrt(squares) / spec.largestNorm());
  }

  private double trustRatio(INDArray value, INDArray u) {
    double length = Math.sqrt(kernels.sumOfSquares(value));
    double step = Math.sqrt(kernels.sumOfSquares(u));
    return length > 0 && step > 0 ? length / step : 1;
  }

  /** Ratios of the last step by parameter name. */
  public Map<String, Double> trustRatios() {
    return Map.copyOf(trustRatios);
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public Map<String, INDArray> state() {
    return state;
  }

  @Override
  public void resumeAt(long steps) {
    this.steps = steps;
  }
}

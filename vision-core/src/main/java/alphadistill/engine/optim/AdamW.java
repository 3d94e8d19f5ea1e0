package alphadistill.engine.optim;

import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.Kernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** AdamW with decoupled weight decay on decayed parameters (vision.md section 3). */
public final class AdamW implements Optimiser {
  private final Kernels kernels;
  private final List<Parameter> parameters;
  private final Spec spec;
  private final Map<String, INDArray> state = new LinkedHashMap<>();
  private long steps;

  /**
   * @param decay weight decay, times the rate, of decayed parameters
   * @param beta1 memory of the first moment
   * @param beta2 memory of the second moment
   * @param epsilon added to the root of the second moment
   */
  public record Spec(double decay, double beta1, double beta2, double epsilon) {
    public Spec {
      if (!(decay >= 0)
          || !(beta1 >= 0 && beta1 < 1)
          || !(beta2 >= 0 && beta2 < 1)
          || !(epsilon > 0)) {
        throw new IllegalArgumentException(
            "decay must not be negative, betas in [0, 1) and epsilon positive, were %s, %s, %s, %s"
                .formatted(decay, beta1, beta2, epsilon));
      }
    }

    /** The reference's values: betas 0.9 and 0.999, epsilon 1e-8. */
    public static Spec withDecay(double decay) {
      return new Spec(decay, 0.9, 0.999, 1e-8);
    }
  }

  public AdamW(Kernels kernels, List<Parameter> parameters, Spec spec) {
    this.kernels = kernels;
    this.parameters = List.copyOf(parameters);
    this.spec = spec;
    for (Parameter parameter : parameters) {
      state.put("m/" + parameter.name(), kernels.allocate(parameter.value().shape()));
      state.put("v/" + parameter.name(), kernels.allocate(parameter.value().shape()));
    }
  }

  @Override
  public void step(double rate) {
    steps++;
    for (Parameter p : parameters) {
      kernels.adamW(
          p.value(),
          p.gradient(),
          state.get("m/" + p.name()),
          state.get("v/" + p.name()),
          rate,
          p.decayed() ? spec.decay() : 0,
          spec.beta1(),
          spec.beta2(),
          spec.epsilon(),
          steps);
    }
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

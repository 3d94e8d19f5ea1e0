package alphadistill.engine.optim;

import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.Kernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Running average of weights, {@code e = decay * e + (1 - decay) * p} after every step, without warm-up (timm). */
public final class ExponentialAverage {
  private final Kernels kernels;
  private final List<Parameter> parameters;
  private final double decay;
  private final Map<String, INDArray> average = new LinkedHashMap<>();

  /** @param decay in [0, 1); starts from the current weights */
  public ExponentialAverage(Kernels kernels, List<Parameter> parameters, double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("decay of the average must be in [0, 1), was " + decay);
    }
    this.kernels = kernels;
    this.parameters = List.copyOf(parameters);
    this.decay = decay;
    for (Parameter parameter : parameters) {
      INDArray copy = kernels.allocate(parameter.value().shape());
      copy.assign(parameter.value());
      average.put(parameter.name(), copy);
    }
  }

  public void update() {
    for (Parameter parameter : parameters) {
      kernels.decayTowards(average.get(parameter.name()), parameter.value(), decay);
    }
  }

  /** The averages by parameter name, the live arrays. */
  public Map<String, INDArray> values() {
    return average;
  }

  /** Exchanges weights and averages: once to evaluate with the averages, once more to go on training. */
  public void swap() {
    for (Parameter parameter : parameters) {
      INDArray mean = average.get(parameter.name());
      INDArray kept = mean.dup('c');
      mean.assign(parameter.value());
      parameter.value().assign(kept);
    }
  }
}

package alphadistill.engine.train;

import alphadistill.engine.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A copy of the weights that were best so far. */
final class BestWeights {
  private final List<Parameter> parameters;
  private final Map<String, INDArray> kept = new LinkedHashMap<>();

  BestWeights(List<Parameter> parameters) {
    this.parameters = parameters;
    parameters.forEach(p -> kept.put(p.name(), p.value().dup('c')));
  }

  void keep() {
    parameters.forEach(p -> kept.get(p.name()).assign(p.value()));
  }

  void restore() {
    parameters.forEach(p -> p.value().assign(kept.get(p.name())));
  }

  /** By parameter name, the live arrays. */
  Map<String, INDArray> values() {
    return kept;
  }
}

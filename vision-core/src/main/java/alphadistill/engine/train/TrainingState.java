package alphadistill.engine.train;

import alphadistill.engine.Parameter;
import alphadistill.engine.optim.ExponentialAverage;
import alphadistill.engine.optim.Optimiser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Everything a training has made so far: arrays, and its place between two steps. Randomness is keyed by epoch and step,
 * so there is no generator to keep.
 */
final class TrainingState {
  final List<Parameter> parameters;
  final Optimiser optimiser;
  final ExponentialAverage average; // or null
  final BestWeights best;
  final EarlyStopping stopping;
  final List<Trainer.Epoch> history = new ArrayList<>();
  int epoch;
  int step; // the next one of the epoch
  double loss; // sum over the epoch's steps so far
  double norm; // sum over the epoch's steps so far

  TrainingState(
      List<Parameter> parameters,
      Optimiser optimiser,
      ExponentialAverage average,
      EarlyStopping stopping) {
    this.parameters = parameters;
    this.optimiser = optimiser;
    this.average = average;
    this.best = new BestWeights(parameters);
    this.stopping = stopping;
  }

  void nextEpoch() {
    epoch++;
    step = 0;
    loss = 0;
    norm = 0;
  }

  /** Every array by name, the live ones. */
  Map<String, INDArray> tensors() {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    parameters.forEach(p -> tensors.put("weights/" + p.name(), p.value()));
    optimiser.state().forEach((name, array) -> tensors.put("optimiser/" + name, array));
    if (average != null) {
      average.values().forEach((name, array) -> tensors.put("average/" + name, array));
    }
    best.values().forEach((name, array) -> tensors.put("best/" + name, array));
    return tensors;
  }
}

package alphadistill.vision.cnn;

import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Turns layers into as few calls as possible, and says which memory each may write: norms and activations go into the
 * convolution or sum before them where nobody else reads it, and an output's memory is used again after its last reader.
 */
final class StepPlan {
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Integer> values =
      new HashMap<>(); // output name to value; step i makes value i + 1
  private final Map<String, Integer> readers = new HashMap<>();
  private final NamedWeights weights;

  StepPlan(LayerList list, NamedWeights weights, Kernels kernels) {
    this.weights = weights;
    values.put(LayerList.INPUT, 0);
    list.layers()
        .forEach(layer -> layer.inputs().forEach(name -> readers.merge(name, 1, Integer::sum)));
    list.layers().forEach(this::add);
    for (Step step : steps) {
      if (step instanceof Step.Product product) {
        product.finish(kernels);
      }
    }
  }

  List<Step> steps() {
    return steps;
  }

  private void add(Layer layer) {
    if (layer instanceof Layer.Convolution c) {
      product(c, c.bias(), weights.array(c.weight()), c.window(), c.groups());
    } else if (layer instanceof Layer.Linear l) {
      INDArray kernel = weights.array(l.weight()).reshape('c', l.out(), l.in(), 1, 1);
      product(l, l.bias(), kernel, Window.square(1, 1, 0), 1);
    } else if (layer instanceof Layer.BatchNorm b) {
      norm(b);
    } else if (layer instanceof Layer.Activate a) {
      Step before = soleReader(a.input());
      if (before != null && before.takesActivation()) {
        before.activate(a.activation());
        values.put(a.name(), value(a.input()));
      } else {
        add(a, new Step.Activated(value(a.input()), a.activation()));
      }
    } else if (layer instanceof Layer.Add a) {
      add(a, new Step.Sum(value(a.first()), value(a.second())));
    } else if (layer instanceof Layer.MaxPool p) {
      add(p, new Step.Largest(value(p.input()), p.window()));
    } else if (layer instanceof Layer.GlobalAverage m) {
      add(m, new Step.Mean(value(m.input())));
    } else if (layer instanceof Layer.Gate g) {
      add(g, new Step.Gated(value(g.input()), value(g.gate())));
    }
  }

  private void product(Layer layer, String bias, INDArray kernel, Window window, int groups) {
    int input = value(layer.inputs().get(0));
    INDArray shift = bias == null ? null : weights.array(bias);
    add(layer, new Step.Product(input, kernel, shift, window, groups));
  }

  private void norm(Layer.BatchNorm b) {
    Step before = soleReader(b.input());
    Step.Product into;
    if (before instanceof Step.Product product && product.takesNorm()) {
      into = product;
      values.put(b.name(), value(b.input()));
    } else { // one filter of one pixel a channel
      INDArray ones = Nd4j.ones(DataType.DOUBLE, b.size(), 1, 1, 1);
      into = new Step.Product(value(b.input()), ones, null, Window.square(1, 1, 0), b.size());
      add(b, into);
    }
    into.fold(new BatchNorm(
        weights.array(b.gamma()),
        weights.array(b.beta()),
        weights.array(b.mean()),
        weights.array(b.variance()),
        b.epsilon()));
  }

  /** The step that made an output which nobody reads but the layer at hand; null for the picture. */
  private Step soleReader(String name) {
    int value = value(name);
    return value == 0 || readers.get(name) > 1 ? null : steps.get(value - 1);
  }

  private int value(String name) {
    return values.get(name);
  }

  private void add(Layer layer, Step step) {
    steps.add(step);
    values.put(layer.name(), steps.size());
  }

  /** Which memory each step writes: a number that no value still to be read has. */
  int[] memory() {
    int[] lastReader = new int[steps.size() + 1];
    for (int i = 0; i < steps.size(); i++) {
      for (int input : steps.get(i).inputs) {
        lastReader[input] = i;
      }
    }
    int[] memory = new int[steps.size()];
    List<Integer> free = new ArrayList<>();
    int used = 0;
    for (int i = 0; i < steps.size(); i++) {
      memory[i] = free.isEmpty() ? used++ : free.remove(free.size() - 1);
      for (int input : java.util.Arrays.stream(steps.get(i).inputs).distinct().toArray()) {
        if (input > 0 && lastReader[input] == i) {
          free.add(memory[input - 1]);
        }
      }
    }
    return memory;
  }
}

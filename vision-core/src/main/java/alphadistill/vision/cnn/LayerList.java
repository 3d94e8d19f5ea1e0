package alphadistill.vision.cnn;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The structure of a convolutional network: layers in the order they are run, without weights, so that even the largest
 * can be counted and compared at no cost.
 *
 * <pre>{@code
 * LayerList list = Architecture.named("regnety_160").layers(1000);
 * long parameters = list.parameterCount(); // 83,590,140
 * }</pre>
 *
 * @param model name for messages
 * @param channels of the pictures it reads
 * @param layers each reads outputs before it, or {@link #INPUT}; the last one's output is the answer
 * @param otherNames second name of each tensor, where another project's files name it differently; may be empty
 */
public record LayerList(
    String model, int channels, List<Layer> layers, Map<String, String> otherNames) {
  /** Name of the picture among the outputs. */
  public static final String INPUT = "input";

  /** @throws IllegalArgumentException if a layer reads what is not there or has other channels than it wants */
  public LayerList {
    layers = List.copyOf(layers);
    otherNames = Map.copyOf(otherNames);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("network '%s' has no layers".formatted(model));
    }
    channelsByOutput(model, channels, layers);
  }

  private static Map<String, Integer> channelsByOutput(
      String model, int channels, List<Layer> layers) {
    Map<String, Integer> known = new HashMap<>();
    known.put(INPUT, channels);
    for (Layer layer : layers) {
      for (String input : layer.inputs()) {
        if (!known.containsKey(input)) {
          throw new IllegalArgumentException(
              "layer '%s' of network '%s' reads '%s', which no layer before it makes"
                  .formatted(layer.name(), model, input));
        }
      }
      if (known.containsKey(layer.name())) {
        throw new IllegalArgumentException(
            "network '%s' has two layers with the name '%s'".formatted(model, layer.name()));
      }
      known.put(layer.name(), layer.channels(known));
    }
    return known;
  }

  /** Outputs of the last layer: C of the logits (N, C). */
  public int classes() {
    return channelsByOutput(model, channels, layers)
        .get(layers.get(layers.size() - 1).name());
  }

  /** Every tensor by name, in checkpoint order. */
  public Map<String, Layer.Tensor> tensors() {
    Map<String, Layer.Tensor> tensors = new LinkedHashMap<>();
    for (Layer layer : layers) {
      for (Layer.Tensor tensor : layer.tensors()) {
        tensors.put(tensor.name(), tensor);
      }
    }
    return tensors;
  }

  /** Number of trained values. */
  public long parameterCount() {
    return count(Layer.Role.PARAMETER);
  }

  /** Number of values that are kept but not trained: running statistics, and one counter a norm. */
  public long bufferCount() {
    return count(Layer.Role.STATISTIC) + count(Layer.Role.COUNTER);
  }

  private long count(Layer.Role role) {
    return tensors().values().stream()
        .filter(tensor -> tensor.role() == role)
        .mapToLong(Layer.Tensor::length)
        .sum();
  }
}

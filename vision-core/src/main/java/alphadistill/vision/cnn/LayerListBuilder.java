package alphadistill.vision.cnn;

import alphadistill.engine.kernels.Activation;
import alphadistill.engine.kernels.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes down a network layer by layer. A layer is named after its tensors, so {@code conv1} has {@code conv1.weight};
 * each method returns the name of its output.
 */
final class LayerListBuilder {
  /** Of the published timm and torchvision networks at hand (vision.md section 5). */
  static final double EPSILON = 1e-5;

  private final List<Layer> layers = new ArrayList<>();

  /** A convolution without bias, its norm, and an activation. */
  String convolution(
      String name,
      String norm,
      String input,
      int in,
      int out,
      Window window,
      int groups,
      Activation activation) {
    layers.add(new Layer.Convolution(name, input, in, out, window, groups, name + ".weight", null));
    layers.add(new Layer.BatchNorm(
        norm,
        name,
        out,
        EPSILON,
        norm + ".weight",
        norm + ".bias",
        norm + ".running_mean",
        norm + ".running_var",
        norm + ".num_batches_tracked"));
    return activate(norm, activation);
  }

  /** Squeeze and excite: two single-pixel convolutions of the mean decide how much of each channel passes. */
  String squeezeExcite(
      String reduce, String expand, String input, int channels, int hidden, Activation activation) {
    String mean = add(new Layer.GlobalAverage(reduce + ".mean", input));
    String squeezed = activate(biased(reduce, mean, channels, hidden), activation);
    return add(new Layer.Gate(expand + ".gate", input, biased(expand, squeezed, hidden, channels)));
  }

  private String biased(String name, String input, int in, int out) {
    return add(new Layer.Convolution(
        name, input, in, out, Window.square(1, 1, 0), 1, name + ".weight", name + ".bias"));
  }

  String sum(String name, String first, String second, Activation activation) {
    return activate(add(new Layer.Add(name, first, second)), activation);
  }

  String maxPool(String name, String input, Window window) {
    return add(new Layer.MaxPool(name, input, window));
  }

  /** The mean over all pixels, then the classes. */
  String head(String name, String input, int in, int classes) {
    String mean = add(new Layer.GlobalAverage(name + ".mean", input));
    return add(new Layer.Linear(name, mean, in, classes, name + ".weight", name + ".bias"));
  }

  private String activate(String input, Activation activation) {
    return activation == Activation.NONE
        ? input
        : add(new Layer.Activate(input + ".activated", input, activation));
  }

  private String add(Layer layer) {
    layers.add(layer);
    return layer.name();
  }

  /** @param otherName of each tensor in the files of another project */
  LayerList build(String model, int channels, UnaryOperator<String> otherName) {
    LayerList named = new LayerList(model, channels, layers, Map.of());
    Map<String, String> others = new LinkedHashMap<>();
    named.tensors().keySet().forEach(name -> others.put(name, otherName.apply(name)));
    return new LayerList(model, channels, layers, others);
  }
}

package alphadistill.vision.cnn;

import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.checkpoint.TensorSource;
import alphadistill.engine.checkpoint.WholeFile;
import alphadistill.engine.kernels.Activation;
import alphadistill.engine.kernels.Window;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A network that a JSON file describes layer by layer: {@code model}, {@code classes}, {@code input} and {@code layers},
 * each with {@code name}, {@code op}, its input and the names of its tensors. Known operations: conv2d, batch_norm, relu,
 * add, global_average_pool, linear.
 *
 * @param layers structure
 * @param pixels what it wants to read for a byte
 * @param classes names of its classes; empty where the file has none
 */
public record LayerListFile(LayerList layers, PixelConvention pixels, List<String> classes) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public LayerListFile {
    classes = List.copyOf(classes);
    if (pixels.channels() != layers.channels()) {
      throw new IllegalArgumentException(
          "network '%s' reads %d channels, but its input is described with %d"
              .formatted(layers.model(), layers.channels(), pixels.channels()));
    }
  }

  /**
   * @param weights the network's tensors: the file leaves the sizes of linear layers to them
   * @throws CheckpointException if the file is not such a description; the message says which layer and why
   */
  public static LayerListFile read(Path file, TensorSource weights) {
    try {
      return new Reader(JSON.readTree(Files.readString(file)), weights, new HashMap<>()).read();
    } catch (JsonProcessingException e) {
      throw new CheckpointException(
          "%s is not a layer list: it is not JSON: %s".formatted(file, e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("%s is not a layer list: %s".formatted(file, e.getMessage()));
    }
  }

  /**
   * Writes what {@link #read} reads.
   *
   * @throws IllegalArgumentException if a layer is of a kind that these files do not have
   */
  public void write(Path file) {
    ObjectNode root = JSON.createObjectNode().put("model", layers.model());
    classes.forEach(root.putArray("classes")::add);
    ObjectNode input = root.putObject("input");
    input.putArray("range").add(0).add(pixels.white());
    for (double mean : pixels.mean()) {
      input.withArray("mean").add(mean);
    }
    for (double deviation : pixels.deviation()) {
      input.withArray("std").add(deviation);
    }
    ArrayNode written = root.putArray("layers");
    layers.layers().forEach(layer -> written.add(write(layer)));
    byte[] text = root.toPrettyString().getBytes(StandardCharsets.UTF_8);
    try {
      WholeFile.write(file, channel -> WholeFile.writeFully(channel, ByteBuffer.wrap(text)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static ObjectNode write(Layer layer) {
    ObjectNode node = JSON.createObjectNode().put("name", layer.name());
    if (layer instanceof Layer.Add) {
      node.put("op", "add");
      layer.inputs().forEach(node.putArray("inputs")::add);
      return node;
    }
    node.put("input", layer.inputs().get(0));
    if (layer instanceof Layer.Convolution c) {
      Window w = c.window();
      node.put("op", "conv2d").put("in_channels", c.in()).put("out_channels", c.out());
      node.putArray("kernel").add(w.height()).add(w.width());
      node.putArray("stride").add(w.strideY()).add(w.strideX());
      node.putArray("pad_top_left_bottom_right")
          .add(w.top())
          .add(w.left())
          .add(w.bottom())
          .add(w.right());
      node.put("groups", c.groups()).put("weight", c.weight());
      if (c.bias() != null) {
        node.put("bias", c.bias());
      }
    } else if (layer instanceof Layer.BatchNorm b) {
      node.put("op", "batch_norm")
          .put("epsilon", b.epsilon())
          .put("gamma", b.gamma())
          .put("beta", b.beta())
          .put("mean", b.mean())
          .put("variance", b.variance());
    } else if (layer instanceof Layer.Activate a && a.activation() == Activation.RELU) {
      node.put("op", "relu");
    } else if (layer instanceof Layer.GlobalAverage) {
      node.put("op", "global_average_pool");
    } else if (layer instanceof Layer.Linear l) {
      node.put("op", "linear").put("weight", l.weight()).put("bias", l.bias());
    } else {
      throw new IllegalArgumentException(
          "layer '%s' is of a kind that layer lists in files do not have".formatted(layer.name()));
    }
    return node;
  }

  /** @param channels of the outputs read so far */
  private record Reader(JsonNode root, TensorSource weights, Map<String, Integer> channels) {

    LayerListFile read() {
      JsonNode first = root.path("layers").path(0);
      int pictureChannels = ints(first, "in_channels", 1)[0];
      channels.put(LayerList.INPUT, pictureChannels);
      List<Layer> layers = new ArrayList<>();
      for (JsonNode node : root.path("layers")) {
        Layer layer = layer(node);
        layers.add(layer);
        channels.put(layer.name(), layer.channels(channels));
      }
      LayerList list = new LayerList(text(root, "model"), pictureChannels, layers, Map.of());
      List<String> classes = new ArrayList<>();
      root.path("classes").forEach(name -> classes.add(name.asText()));
      return new LayerListFile(list, pixels(root.path("input"), pictureChannels), classes);
    }

    /** Either an object with range, mean and std, or words that say what is done with a byte. */
    private static PixelConvention pixels(JsonNode input, int channels) {
      if (input.isTextual()) {
        return PixelConvention.range(input.asText().contains("byte / 255") ? 1 : 255, channels);
      }
      double[] range = doubles(input, "range");
      if (range.length != 2 || range[0] != 0) {
        throw new IllegalArgumentException(
            "input range must be [0, white], such as [0, 255] or [0, 1]");
      }
      return new PixelConvention(range[1], doubles(input, "mean"), doubles(input, "std"));
    }

    private Layer layer(JsonNode node) {
      String name = text(node, "name");
      String op = text(node, "op");
      return switch (op) {
        case "conv2d" -> {
          int[] kernel = ints(node, "kernel", 2);
          int[] stride = ints(node, "stride", 2);
          int[] pad = ints(node, "pad_top_left_bottom_right", 4);
          yield new Layer.Convolution(
              name,
              text(node, "input"),
              ints(node, "in_channels", 1)[0],
              ints(node, "out_channels", 1)[0],
              new Window(
                  kernel[0], kernel[1], stride[0], stride[1], pad[0], pad[1], pad[2], pad[3]),
              node.path("groups").asInt(1),
              text(node, "weight"),
              node.path("bias").asText(null));
        }
        case "batch_norm" ->
          new Layer.BatchNorm(
              name,
              text(node, "input"),
              channelsOf(node),
              node.path("epsilon").asDouble(),
              text(node, "gamma"),
              text(node, "beta"),
              text(node, "mean"),
              text(node, "variance"),
              null);
        case "relu" -> new Layer.Activate(name, text(node, "input"), Activation.RELU);
        case "add" ->
          new Layer.Add(
              name,
              node.path("inputs").path(0).asText(),
              node.path("inputs").path(1).asText());
        case "global_average_pool" -> new Layer.GlobalAverage(name, text(node, "input"));
        case "linear" ->
          new Layer.Linear(
              name,
              text(node, "input"),
              channelsOf(node),
              outputs(text(node, "weight")),
              text(node, "weight"),
              text(node, "bias"));
        default ->
          throw new IllegalArgumentException(
              "layer '%s' has the unknown operation '%s'; known are conv2d, batch_norm, relu, add, global_average_pool, linear"
                  .formatted(name, op));
      };
    }

    private int channelsOf(JsonNode node) {
      Integer known = channels.get(text(node, "input"));
      if (known == null) {
        throw new IllegalArgumentException("layer '%s' reads '%s', which no layer before it makes"
            .formatted(node.path("name").asText(), node.path("input").asText()));
      }
      return known;
    }

    private int outputs(String weight) {
      if (!weights.has(weight)) {
        throw new IllegalArgumentException(
            "%s has no tensor '%s'".formatted(weights.origin(), weight));
      }
      return (int) weights.shape(weight)[0];
    }

    private static String text(JsonNode node, String field) {
      if (!node.path(field).isTextual()) {
        throw new IllegalArgumentException(
            "layer '%s' has no text '%s'".formatted(node.path("name").asText("?"), field));
      }
      return node.get(field).asText();
    }

    private static double[] doubles(JsonNode node, String field) {
      JsonNode values = node.path(field);
      return IntStream.range(0, values.size())
          .mapToDouble(i -> values.get(i).asDouble())
          .toArray();
    }

    private static int[] ints(JsonNode node, String field, int count) {
      JsonNode values = node.path(field);
      if (count == 1 ? !values.isInt() : values.size() != count) {
        throw new IllegalArgumentException("layer '%s' needs %d whole numbers '%s'"
            .formatted(node.path("name").asText("?"), count, field));
      }
      return count == 1
          ? new int[] {values.asInt()}
          : IntStream.range(0, count).map(i -> values.get(i).asInt()).toArray();
    }
  }
}

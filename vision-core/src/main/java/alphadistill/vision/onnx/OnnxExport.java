package alphadistill.vision.onnx;

import static alphadistill.vision.onnx.OnnxGraph.real;
import static alphadistill.vision.onnx.OnnxGraph.whole;
import static alphadistill.vision.onnx.OnnxGraph.wholes;

import alphadistill.engine.layer.BodySpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes a DeiT, with or without distillation token, or a DeiT III as an ONNX file of float32 tensors (operator set 17).
 * It evaluates: nothing is dropped.
 *
 * <pre>
 * input (N, 3, H, W) ─► logits_cls (N, C), logits_dist (N, C) when distilled, logits_eval (N, C): their mean
 * </pre>
 *
 * <p>N may change from call to call. Tensors keep their names and shapes, so other programs find
 * {@code blocks.0.attn.qkv.weight} where they look for it.
 *
 * <pre>{@code
 * OnnxExport.write(Path.of("student.onnx"), network.spec(), 32, 32, 4, weightsByName, Map.of());
 * }</pre>
 */
public final class OnnxExport {
  private final OnnxGraph graph = new OnnxGraph();
  private final BodySpec spec;
  private final int height;
  private final int width;
  private final int patch;
  private final Map<String, INDArray> unused;
  private final Set<String> read = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  private OnnxExport(
      BodySpec spec, int height, int width, int patch, Map<String, INDArray> weights) {
    if (patch < 1 || height < patch || width < patch || height % patch + width % patch != 0) {
      throw new IllegalArgumentException(
          "patch size %d does not divide pictures of %d x %d".formatted(patch, height, width));
    }
    this.spec = spec;
    this.height = height;
    this.width = width;
    this.patch = patch;
    this.unused = new LinkedHashMap<>(weights);
  }

  /**
   * Writes the file whole or not at all. Tensors of more than 2 GiB in all, which one file cannot hold, go into
   * {@code FILE.data} beside it.
   *
   * @param height of a picture, H, a multiple of the patch size
   * @param width of a picture, W
   * @param patch side of a patch in pixels
   * @param weights by timm's tensor names, in any number type
   * @param metadata words to keep in the file, such as the normalisation and the names of the classes
   * @throws IllegalArgumentException if the weights are not those of the spec; the message lists every difference
   */
  public static void write(
      Path file,
      BodySpec spec,
      int height,
      int width,
      int patch,
      Map<String, INDArray> weights,
      Map<String, String> metadata) {
    write(file, spec, height, width, patch, weights, metadata, OnnxFile.MOST_DATA_INSIDE);
  }

  static void write(
      Path file,
      BodySpec spec,
      int height,
      int width,
      int patch,
      Map<String, INDArray> weights,
      Map<String, String> metadata,
      long mostInside) {
    OnnxGraph graph = new OnnxExport(spec, height, width, patch, weights).build();
    OnnxFile.write(file, graph, "deit", metadata, mostInside);
  }

  private OnnxGraph build() {
    long d = spec.width();
    long tokens = patches() + spec.specialTokens();
    graph.input("input", "N", 3, height, width);
    graph.wholeTensor("rows", new long[] {2}, -1, d);
    graph.wholeTensor("samples", new long[] {3}, -1, tokens, d);
    graph.wholeTensor("heads", new long[] {5}, -1, tokens, 3, spec.heads(), d / spec.heads());
    graph.scalar("score_scale", 1 / Math.sqrt(d / spec.heads()));
    graph.scalar("sqrt_2", Math.sqrt(2));
    graph.scalar("one", 1);
    graph.scalar("half", 0.5);
    for (int i = 0; i < 3; i++) {
      graph.wholeTensor("index_" + i, new long[0], i);
    }

    String x = graph.node("Reshape", "embedded", List.of(embedded(), "rows"));
    for (int i = 0; i < spec.depth(); i++) {
      x = block("blocks." + i, x);
    }
    String last = graph.node("Reshape", "encoded", List.of(x, "samples"));
    String classLogits = head("head", last, 0, "logits_cls");
    if (spec.distilled()) {
      String distLogits = head("head_dist", last, 1, "logits_dist");
      String sum = graph.node("Add", "logits_sum", List.of(classLogits, distLogits));
      graph.node("Mul", "logits_eval", List.of(sum, "half"));
    } else {
      graph.node("Identity", "logits_eval", List.of(classLogits));
    }
    graph.output("logits_eval", "N", spec.outputs());
    refuseOtherWeights();
    return graph;
  }

  /** Class token, distillation token and patches with their positions (N, T, D). */
  private String embedded() {
    long d = spec.width();
    graph.wholeTensor("patch_shape", new long[] {3}, 0, d, patches());
    String map = graph.node(
        "Conv",
        "patch_embed.proj",
        List.of(
            "input",
            weight("patch_embed.proj.weight", d, 3, patch, patch),
            weight("patch_embed.proj.bias", d)),
        wholes("kernel_shape", patch, patch),
        wholes("strides", patch, patch)); // (N, D, H / patch, W / patch)
    String rows = graph.node("Reshape", "patch_columns", List.of(map, "patch_shape"));
    String patches = graph.node("Transpose", "patches", List.of(rows), wholes("perm", 0, 2, 1));
    if (!spec.positionsOnSpecialTokens()) {
      patches = withPositions(patches, patches());
    }
    // As many special tokens as samples: (1, 1, D) to (N, 1, D).
    graph.wholeTensor("one_by_one", new long[] {2}, 1, 1);
    String samples =
        graph.node("Shape", "batch", List.of("input"), whole("start", 0), whole("end", 1));
    graph.node("Concat", "batch_shape", List.of(samples, "one_by_one"), whole("axis", 0));
    List<String> tokens = new ArrayList<>();
    tokens.add(
        graph.node("Expand", "cls_tokens", List.of(weight("cls_token", 1, 1, d), "batch_shape")));
    if (spec.distilled()) {
      tokens.add(graph.node(
          "Expand", "dist_tokens", List.of(weight("dist_token", 1, 1, d), "batch_shape")));
    }
    tokens.add(patches);
    String sequence = graph.node("Concat", "sequence", tokens, whole("axis", 1));
    return spec.positionsOnSpecialTokens()
        ? withPositions(sequence, patches() + spec.specialTokens())
        : sequence;
  }

  private String withPositions(String tokens, long positioned) {
    return graph.node(
        "Add", "positioned", List.of(tokens, weight("pos_embed", 1, positioned, spec.width())));
  }

  /** One encoder block over rows (N*T, D), as {@code alphadistill.engine.layer.Block} computes it. */
  private String block(String name, String x) {
    long d = spec.width();
    long hidden = d * spec.mlpRatio();
    String attended = branch(name, "gamma_1", attention(name + ".attn", norm(name + ".norm1", x)));
    String middle = graph.node("Add", name + ".middle", List.of(x, attended));
    String fc1 = linear(name + ".mlp.fc1", norm(name + ".norm2", middle), d, hidden);
    String mapped = linear(name + ".mlp.fc2", gelu(name + ".mlp.act", fc1), hidden, d);
    return graph.node("Add", name + ".out", List.of(middle, branch(name, "gamma_2", mapped)));
  }

  /** The branch times its LayerScale, where there is one. */
  private String branch(String block, String gamma, String x) {
    if (spec.layerScale() == 0) {
      return x;
    }
    String name = block + "." + gamma;
    return graph.node("Mul", name + ".out", List.of(x, weight(name, spec.width())));
  }

  private String attention(String name, String x) {
    long d = spec.width();
    String packed = graph.node(
        "Reshape", name + ".packed", List.of(linear(name + ".qkv", x, d, 3 * d), "heads"));
    String parts =
        graph.node("Transpose", name + ".parts", List.of(packed), wholes("perm", 2, 0, 3, 1, 4));
    String[] qkv = new String[3]; // each (N, heads, T, D / heads)
    for (int i = 0; i < qkv.length; i++) {
      qkv[i] = graph.node(
          "Gather", name + "." + "qkv".charAt(i), List.of(parts, "index_" + i), whole("axis", 0));
    }
    String keys =
        graph.node("Transpose", name + ".k_t", List.of(qkv[1]), wholes("perm", 0, 1, 3, 2));
    String products = graph.node("MatMul", name + ".products", List.of(qkv[0], keys));
    String scores = graph.node("Mul", name + ".scores", List.of(products, "score_scale"));
    String probabilities =
        graph.node("Softmax", name + ".probabilities", List.of(scores), whole("axis", -1));
    String mixed = graph.node("MatMul", name + ".mixed", List.of(probabilities, qkv[2]));
    String turned =
        graph.node("Transpose", name + ".turned", List.of(mixed), wholes("perm", 0, 2, 1, 3));
    String rows = graph.node("Reshape", name + ".rows", List.of(turned, "rows"));
    return linear(name + ".proj", rows, d, d);
  }

  /** x / 2 * (1 + erf(x / sqrt(2))). */
  private String gelu(String name, String x) {
    String scaled = graph.node("Div", name + ".scaled", List.of(x, "sqrt_2"));
    String erf = graph.node("Erf", name + ".erf", List.of(scaled));
    String shifted = graph.node("Add", name + ".shifted", List.of(erf, "one"));
    String product = graph.node("Mul", name + ".product", List.of(x, shifted));
    return graph.node("Mul", name, List.of(product, "half"));
  }

  private String norm(String name, String x) {
    return norm(name, name, x);
  }

  private String norm(String name, String output, String x) {
    return graph.node(
        "LayerNormalization",
        output,
        List.of(x, weight(name + ".weight", spec.width()), weight(name + ".bias", spec.width())),
        whole("axis", -1),
        real("epsilon", spec.epsilon()));
  }

  private String linear(String name, String x, long inputs, long outputs) {
    return linear(name, name, x, inputs, outputs);
  }

  private String linear(String name, String output, String x, long inputs, long outputs) {
    return graph.node(
        "Gemm",
        output,
        List.of(x, weight(name + ".weight", outputs, inputs), weight(name + ".bias", outputs)),
        whole("transB", 1));
  }

  /** The norm works row by row, so only the rows that heads read need it. */
  private String head(String name, String encoded, int token, String output) {
    String row =
        graph.node("Gather", name + ".token", List.of(encoded, "index_" + token), whole("axis", 1));
    graph.output(output, "N", spec.outputs());
    return linear(name, output, norm("norm", name + ".norm", row), spec.width(), spec.outputs());
  }

  private int patches() {
    return (height / patch) * (width / patch);
  }

  private String weight(String name, long... shape) {
    if (!read.add(name)) {
      return name; // both heads read the last norm
    }
    INDArray value = unused.remove(name);
    if (value == null) {
      problems.add("there is no '%s' %s".formatted(name, Arrays.toString(shape)));
    } else if (!Arrays.equals(value.shape(), shape)) {
      problems.add("'%s' has the shape %s, expected %s"
          .formatted(name, Arrays.toString(value.shape()), Arrays.toString(shape)));
    } else {
      graph.tensor(name, value);
    }
    return name;
  }

  private void refuseOtherWeights() {
    if (!unused.isEmpty()) {
      problems.add("nothing reads " + unused.keySet());
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "these weights are not those of the network to export: " + String.join("; ", problems));
    }
  }
}

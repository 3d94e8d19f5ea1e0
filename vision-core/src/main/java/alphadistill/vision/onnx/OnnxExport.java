package alphadistill.vision.onnx;

import static alphadistill.vision.onnx.OnnxGraph.real;
import static alphadistill.vision.onnx.OnnxGraph.whole;
import static alphadistill.vision.onnx.OnnxGraph.wholes;

import alphadistill.engine.layer.BodySpec;
import alphadistill.vision.deit.Deit;
import alphadistill.vision.deit.DeitSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * OnnxExport.write(Path.of("student.onnx"), deit, Map.of("classes", "cat dog"));
 * }</pre>
 */
public final class OnnxExport {
  private final OnnxGraph graph = new OnnxGraph();
  private final DeitSpec size;
  private final BodySpec spec;
  private final Map<String, INDArray> unread = new LinkedHashMap<>();

  private OnnxExport(Deit deit) {
    this.size = deit.spec();
    this.spec = size.body();
    deit.parameters().forEach(p -> unread.put(p.name(), p.value()));
  }

  /**
   * Writes the file whole or not at all. Tensors of more than 2 GiB in all, which one file cannot hold, go into
   * {@code FILE.data} beside it.
   *
   * @param metadata words to keep in the file, such as the normalisation and the names of the classes
   */
  public static void write(Path file, Deit deit, Map<String, String> metadata) {
    write(file, deit, metadata, OnnxFile.MOST_DATA_INSIDE);
  }

  /** @param mostInside bytes of tensors up to which they stand in the file itself */
  static void write(Path file, Deit deit, Map<String, String> metadata, long mostInside) {
    OnnxFile.write(file, new OnnxExport(deit).build(), "deit", metadata, mostInside);
  }

  private OnnxGraph build() {
    long d = spec.width();
    long tokens = patches() + spec.specialTokens();
    graph.input("input", "N", 3, size.imageSize(), size.imageSize());
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
    if (!unread.isEmpty()) {
      throw new IllegalStateException("the exported model would lack " + unread.keySet());
    }
    return graph;
  }

  /** Class token, distillation token and patches with their positions (N, T, D). */
  private String embedded() {
    long d = spec.width();
    graph.wholeTensor("patch_shape", new long[] {3}, 0, d, patches());
    String map = graph.node(
        "Conv",
        "patch_embed.proj",
        List.of("input", weight("patch_embed.proj.weight"), weight("patch_embed.proj.bias")),
        wholes("kernel_shape", size.patch(), size.patch()),
        wholes("strides", size.patch(), size.patch())); // (N, D, H / patch, W / patch)
    String rows = graph.node("Reshape", "patch_columns", List.of(map, "patch_shape"));
    String sequence = graph.node("Transpose", "patches", List.of(rows), wholes("perm", 0, 2, 1));
    if (!spec.positionsOnSpecialTokens()) {
      sequence = withPositions(sequence);
    }
    // As many special tokens as samples: (1, 1, D) to (N, 1, D).
    graph.wholeTensor("one_by_one", new long[] {2}, 1, 1);
    String samples =
        graph.node("Shape", "batch", List.of("input"), whole("start", 0), whole("end", 1));
    graph.node("Concat", "batch_shape", List.of(samples, "one_by_one"), whole("axis", 0));
    List<String> tokens = new ArrayList<>();
    tokens.add(graph.node("Expand", "cls_tokens", List.of(weight("cls_token"), "batch_shape")));
    if (spec.distilled()) {
      tokens.add(graph.node("Expand", "dist_tokens", List.of(weight("dist_token"), "batch_shape")));
    }
    tokens.add(sequence);
    sequence = graph.node("Concat", "sequence", tokens, whole("axis", 1));
    return spec.positionsOnSpecialTokens() ? withPositions(sequence) : sequence;
  }

  private String withPositions(String tokens) {
    return graph.node("Add", "positioned", List.of(tokens, weight("pos_embed")));
  }

  /** One encoder block over rows (N*T, D), as {@code alphadistill.engine.layer.Block} computes it. */
  private String block(String name, String x) {
    String attended = branch(name, "gamma_1", attention(name + ".attn", norm(name + ".norm1", x)));
    String middle = graph.node("Add", name + ".middle", List.of(x, attended));
    String fc1 = linear(name + ".mlp.fc1", norm(name + ".norm2", middle));
    String mapped = linear(name + ".mlp.fc2", gelu(name + ".mlp.act", fc1));
    return graph.node("Add", name + ".out", List.of(middle, branch(name, "gamma_2", mapped)));
  }

  /** The branch times its LayerScale, where there is one. */
  private String branch(String block, String gamma, String x) {
    if (spec.layerScale() == 0) {
      return x;
    }
    String name = block + "." + gamma;
    return graph.node("Mul", name + ".out", List.of(x, weight(name)));
  }

  private String attention(String name, String x) {
    String packed =
        graph.node("Reshape", name + ".packed", List.of(linear(name + ".qkv", x), "heads"));
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
    return linear(name + ".proj", rows);
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
        List.of(x, weight(name + ".weight"), weight(name + ".bias")),
        whole("axis", -1),
        real("epsilon", spec.epsilon()));
  }

  private String linear(String name, String x) {
    return linear(name, name, x);
  }

  private String linear(String name, String output, String x) {
    return graph.node(
        "Gemm",
        output,
        List.of(x, weight(name + ".weight"), weight(name + ".bias")),
        whole("transB", 1));
  }

  /** The norm works row by row, so only the rows that heads read need it. */
  private String head(String name, String encoded, int token, String output) {
    String row =
        graph.node("Gather", name + ".token", List.of(encoded, "index_" + token), whole("axis", 1));
    graph.output(output, "N", spec.outputs());
    return linear(name, output, norm("norm", name + ".norm", row));
  }

  private int patches() {
    return size.grid() * size.grid();
  }

  /** A parameter under its own name; read twice only if both heads read it. */
  private String weight(String name) {
    INDArray value = unread.remove(name);
    if (value != null) {
      graph.tensor(name, value);
    }
    return name;
  }
}

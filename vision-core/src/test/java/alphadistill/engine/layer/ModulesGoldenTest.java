package alphadistill.engine.layer;

import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.GoldenTensors;
import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Nd4jKernels;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every {@code modules*.safetensors}: each layer's output and gradients, with every implementation of the kernels. */
class ModulesGoldenTest {
  /** One reference file and the kernels that must meet it. */
  record Chosen(String file, Kernels kernels) {}

  static Stream<Chosen> kernels() {
    return SharedFolder.files("reference/golden", "modules*.safetensors").stream()
        .map(file -> file.getFileName().toString())
        .flatMap(file -> Stream.<Supplier<Kernels>>of(
                () -> new Nd4jKernels(DataType.DOUBLE),
                () -> new Nd4jKernels(DataType.FLOAT),
                () -> new CpuKernels(2))
            .map(kernels -> new Chosen(file, kernels.get())));
  }

  /** golden/README.md, Tolerances. */
  private static double tolerance(Kernels kernels) {
    return kernels.type() == DataType.DOUBLE ? 1e-12 : 3e-6;
  }

  private GoldenTensors golden;
  private Kernels kernels;
  private StepMemory memory;
  private Weights weights;

  private void use(Chosen chosen) {
    kernels = chosen.kernels();
    golden = GoldenTensors.of(chosen.file(), kernels.type());
    memory = new StepMemory(kernels);
    weights = new Weights(kernels, 1);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void linear(Chosen chosen) {
    use(chosen);
    INDArray x = rows("linear/in/x");
    Linear linear = new Linear(kernels, weights, "l", (int) x.size(1), (int)
        golden.array("linear/in/bias").length());
    set("linear/in/weight", "l.weight");
    set("linear/in/bias", "l.bias");

    INDArray y = kernels.allocate(x.size(0), linear.outputs());
    linear.forward(x, y);
    check("linear/out/y", y);
    INDArray dx = kernels.allocate(x.shape());
    linear.backward(rows("linear/in/upstream"), x, dx);
    check("linear/out/grad/x", dx);
    check("linear/out/grad/weight", gradient("l.weight"));
    check("linear/out/grad/bias", gradient("l.bias"));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void layerNorm(Chosen chosen) {
    use(chosen);
    INDArray x = rows("layernorm/in/x");
    double epsilon = Double.parseDouble(golden.tensors().metadata().get("eps"));
    LayerNorm norm = new LayerNorm(
        kernels, memory.kept(), memory.passing(), weights, "n", (int) x.size(1), epsilon);
    set("layernorm/in/weight", "n.weight");
    set("layernorm/in/bias", "n.bias");

    LayerNorm.Output out = norm.forward(x);
    check("layernorm/out/y", out.y());
    check("layernorm/out/y", norm.again(out.saved()));
    INDArray dx = kernels.allocate(x.shape());
    norm.backward(rows("layernorm/in/upstream"), out.saved(), null, dx);
    check("layernorm/out/grad/x", dx);
    check("layernorm/out/grad/weight", gradient("n.weight"));
    check("layernorm/out/grad/bias", gradient("n.bias"));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void gelu(Chosen chosen) {
    use(chosen);
    INDArray x = golden.array("gelu/in/x").reshape(1, -1);
    INDArray y = kernels.allocate(x.shape());
    kernels.gelu(x, y);
    check("gelu/out/y", y);

    INDArray again = kernels.allocate(x.shape());
    kernels.geluWithSlope(x, again, x);
    check("gelu/out/y", again);
    check("gelu/out/grad/x", x); // the upstream gradient is one
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void patch(Chosen chosen) {
    use(chosen);
    INDArray images = golden.array("patch/in/x");
    INDArray weight = golden.array("patch/in/proj.weight"); // (D, 3, p, p)
    Embedding embedding = PatchEmbedding.of(
            (int) images.size(2), (int) images.size(3), (int) weight.size(3))
        .make(kernels, memory.passing(), weights, (int) weight.size(0));
    set("patch/in/proj.weight", "patch_embed.proj.weight");
    set("patch/in/proj.bias", "patch_embed.proj.bias");

    check("patch/out/y", embedding.forward(images));
    embedding.backward(rows("patch/in/upstream"), images);
    check("patch/out/grad/proj.weight", gradient("patch_embed.proj.weight"));
    check("patch/out/grad/proj.bias", gradient("patch_embed.proj.bias"));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void attention(Chosen chosen) {
    use(chosen);
    INDArray x = rows("attention/in/x");
    int samples = (int) golden.tensors().shape("attention/in/x")[0];
    SelfAttention attention = new SelfAttention(
        kernels, memory, weights, "a", (int) x.size(1), (int) golden.number("attention/in/heads"));
    for (String name : new String[] {"qkv.weight", "qkv.bias", "proj.weight", "proj.bias"}) {
      set("attention/in/" + name, "a." + name);
    }

    INDArray y = kernels.allocate(x.shape());
    SelfAttention.Saved saved = attention.forward(x, samples, y);
    check("attention/out/y", y);
    check("attention/out/probs", attention.probabilities(saved));
    INDArray dx = kernels.allocate(x.shape());
    attention.backward(rows("attention/in/upstream"), x, saved, dx);
    check("attention/out/grad/x", dx);
    check("attention/out/grad/qkv.weight", gradient("a.qkv.weight"));
    check("attention/out/grad/proj.weight", gradient("a.proj.weight"));
    check("attention/out/grad/proj.bias", gradient("a.proj.bias"));
    check("attention/out/grad/qkv.bias", gradient("a.qkv.bias"));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void mlp(Chosen chosen) {
    use(chosen);
    INDArray x = rows("mlp/in/x");
    int ratio = (int) (golden.tensors().shape("mlp/in/fc1.weight")[0] / x.size(1));
    Mlp mlp = new Mlp(kernels, memory, weights, "m", (int) x.size(1), ratio);
    String[] names = {"fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"};
    for (String name : names) {
      set("mlp/in/" + name, "m." + name);
    }

    INDArray y = kernels.allocate(x.shape());
    INDArray hidden = mlp.forward(x, y);
    check("mlp/out/y", y);
    INDArray dx = kernels.allocate(x.shape());
    mlp.backward(rows("mlp/in/upstream"), x, hidden, dx);
    check("mlp/out/grad/x", dx);
    for (String name : names) {
      check("mlp/out/grad/" + name, gradient("m." + name));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void dropPath(Chosen chosen) {
    use(chosen);
    INDArray x = rows("droppath/in/x");
    INDArray scale = scale("droppath/in/mask", "droppath/in/p");
    INDArray y = kernels.allocate(x.shape());
    INDArray zero = kernels.allocate(x.shape());
    kernels.addBranch(zero, x, null, scale, y);
    check("droppath/out/y", y);
    kernels.addBranchBackward(rows("droppath/in/upstream"), x, null, scale, y, null);
    check("droppath/out/grad/x", y);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void blocks(Chosen chosen) {
    for (String variant : new String[] {"plain", "droppath", "layerscale", "layerscale-droppath"}) {
      use(chosen);
      INDArray x = rows("block/in/x");
      int samples = (int) golden.tensors().shape("block/in/x")[0];
      int width = (int) x.size(1);
      boolean scaled = variant.contains("layerscale");
      BodySpec spec = new BodySpec(
          width,
          1,
          (int) golden.number("block/in/heads"),
          4,
          1,
          false,
          0,
          false,
          scaled ? 1e-4 : 0,
          true,
          1e-6);
      Block block = new Block(kernels, memory, weights, spec, 0);
      for (Parameter parameter : weights.parameters()) {
        set("block/in/" + parameter.name().replace("blocks.0.", ""), parameter.name());
      }
      boolean drops = variant.contains("droppath");
      Block.Drops scales = drops
          ? new Block.Drops(
              scale("block/in/mask_attn", "block/in/p"), scale("block/in/mask_mlp", "block/in/p"))
          : Block.Drops.NONE;

      INDArray y = kernels.allocate(x.shape());
      Block.Saved saved = block.forward(x, samples, scales, y);
      check("block/" + variant + "/y", y);
      INDArray gradient = kernels.allocate(x.shape());
      gradient.assign(rows("block/in/upstream"));
      block.backward(gradient, saved);
      check("block/" + variant + "/grad/x", gradient);
      for (Parameter parameter : weights.parameters()) {
        String name = "block/" + variant + "/grad/" + parameter.name().replace("blocks.0.", "");
        check(name, parameter.gradient());
      }
    }
  }

  private void check(String name, INDArray actual) {
    golden.checkGradient(name, actual, tolerance(kernels));
  }

  private INDArray scale(String mask, String rate) {
    INDArray scale = golden.array(mask);
    return scale.div(1 - golden.tensors().doubles(rate)[0]);
  }

  private void set(String goldenName, String parameter) {
    Parameter target = parameter(parameter);
    target.value().assign(golden.array(goldenName).reshape(target.value().shape()));
  }

  private INDArray gradient(String name) {
    return parameter(name).gradient();
  }

  private Parameter parameter(String name) {
    return weights.parameters().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A tensor of any rank as rows of its last dimension. */
  private INDArray rows(String name) {
    INDArray x = golden.array(name);
    return x.reshape('c', x.length() / x.size(-1), x.size(-1));
  }
}

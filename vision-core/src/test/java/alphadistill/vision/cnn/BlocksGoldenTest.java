package alphadistill.vision.cnn;

import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.GoldenTensors;
import alphadistill.engine.checkpoint.TensorSource;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Nd4jKernels;
import alphadistill.engine.kernels.Window;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every case of every {@code cnn-blocks*.safetensors}, with every implementation of the kernels. */
class BlocksGoldenTest {
  private static final List<Supplier<Kernels>> KERNELS = List.of(
      () -> new Nd4jKernels(DataType.DOUBLE),
      () -> new Nd4jKernels(DataType.FLOAT),
      () -> new CpuKernels(2));

  /** golden/README.md, Tolerances. */
  private static double tolerance(Kernels kernels) {
    return kernels.type() == DataType.DOUBLE ? 1e-12 : 3e-6;
  }

  @TestFactory
  Stream<DynamicTest> everyBlockAnswersAsTheReference() {
    return SharedFolder.files("reference/golden", "cnn-blocks*.safetensors").stream()
        .map(file -> file.getFileName().toString())
        .flatMap(file -> KERNELS.stream().flatMap(make -> {
          Kernels kernels = make.get();
          GoldenTensors golden = GoldenTensors.of(file, kernels.type());
          return cases(golden)
              .map(name -> DynamicTest.dynamicTest(
                  "%s %s %s".formatted(name, kernels.getClass().getSimpleName(), kernels.type()),
                  () -> check(golden, name, kernels)));
        }));
  }

  private static Stream<String> cases(GoldenTensors golden) {
    return golden.tensors().names().stream()
        .map(name -> name.substring(0, name.indexOf('/')))
        .distinct();
  }

  private static void check(GoldenTensors golden, String name, Kernels kernels) {
    if (name.startsWith("batchnorm-train")) {
      checkTraining(golden, name, kernels);
      return;
    }
    Case block = new Case(golden, name);
    LayerListBuilder list = new LayerListBuilder();
    String kind = name.substring(0, name.indexOf('-'));
    switch (kind) {
      case "basic" ->
        ResNet.basic(list, "", LayerList.INPUT, block.in(), block.outOf("conv2"), block.stride());
      case "bottleneck" ->
        ResNet.bottleneck(
            list,
            "",
            LayerList.INPUT,
            block.in(),
            block.outOf("conv1"),
            block.outOf("conv3"),
            block.stride());
      case "regnet" ->
        RegNetY.block(
            list,
            "",
            LayerList.INPUT,
            block.in(),
            block.outOf("conv3.conv"),
            block.number("groups"),
            block.number("se_channels"),
            block.stride());
      case "mbconv" ->
        EfficientNet.inverted(
            list,
            "",
            LayerList.INPUT,
            block.in(),
            block.outOf("conv_pw"),
            block.outOf("conv_pwl"),
            block.number("kernel"),
            block.stride(),
            block.number("se_channels"));
      case "maxpool" -> {
        String[] sizes =
            name.replaceAll("[a-z-]+", " ").strip().split(" "); // window, stride, padding
        list.maxPool(
            "pool",
            LayerList.INPUT,
            Window.square(
                Integer.parseInt(sizes[0]),
                Integer.parseInt(sizes[1]),
                Integer.parseInt(sizes[2])));
      }
      default -> throw new AssertionError("no test knows the kind of case " + name);
    }
    LayerListNetwork network = LayerListNetwork.load(
        list.build(name, block.in(), UnaryOperator.identity()), block, kernels);

    INDArray x = golden.array(name + "/in/x").permute(0, 2, 3, 1).dup('c');
    INDArray y = network.output(x).permute(0, 3, 1, 2).dup('c');

    golden.check(name + "/y", y, tolerance(kernels));
  }

  /** Batch norm as in training; its input is the pool's (golden/README.md). */
  private static void checkTraining(GoldenTensors golden, String name, Kernels kernels) {
    String pool = golden.tensors().names().stream()
        .filter(n -> n.startsWith("maxpool") && n.endsWith("/in/x"))
        .findFirst()
        .orElseThrow();
    INDArray x = golden.array(pool).permute(0, 2, 3, 1).dup('c');
    INDArray gamma = golden.array(name + "/in/weight");
    double epsilon = Double.parseDouble(golden.tensors().metadata().get("bn_eps"));
    BatchNorm norm = new BatchNorm(
        gamma, golden.array(name + "/in/bias"), gamma.mul(0), gamma.mul(0).addi(1), epsilon);

    BatchNorm.Training training =
        norm.train(x.reshape('c', x.length() / gamma.length(), gamma.length()), 0.1);

    INDArray y = training.y().reshape('c', x.shape()).permute(0, 3, 1, 2).dup('c');
    golden.check(name + "/y", y, tolerance(kernels));
    golden.check(name + "/running_mean_from_0", training.after().mean(), tolerance(kernels));
    golden.check(name + "/running_var_from_1", training.after().variance(), tolerance(kernels));
  }

  /** The weights of one case, without its prefix. */
  private record Case(GoldenTensors golden, String name) implements TensorSource {

    private String full(String tensor) {
      return name + "/in/weights/" + tensor;
    }

    @Override
    public String origin() {
      return name;
    }

    @Override
    public Set<String> names() {
      return golden.tensors().names().stream()
          .filter(n -> n.startsWith(full("")))
          .map(n -> n.substring(full("").length()))
          .collect(java.util.stream.Collectors.toSet());
    }

    @Override
    public long[] shape(String tensor) {
      return golden.tensors().shape(full(tensor));
    }

    @Override
    public float[] floats(String tensor) {
      return golden.tensors().floats(full(tensor));
    }

    int in() {
      return (int) golden.tensors().shape(name + "/in/x")[1];
    }

    int outOf(String convolution) {
      return (int) shape(convolution + ".weight")[0];
    }

    int number(String of) {
      return (int) golden.number(name + "/in/" + of);
    }

    int stride() {
      return number("stride");
    }
  }
}

package alphadistill.engine.loss;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.GoldenTensors;
import alphadistill.engine.Heads;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Nd4jKernels;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every case of {@code losses*.safetensors}: values, gradients of both heads, and Mixup targets. */
class LossesGoldenTest {
  private static final Pattern SOFT =
      Pattern.compile("soft-distillation-(numel|batch)-tau([0-9.]+)");

  @TestFactory
  Stream<DynamicTest> casesAgree() {
    return SharedFolder.files("reference/golden", "losses*.safetensors").stream()
        .map(file -> file.getFileName().toString())
        .flatMap(file -> everyKernels().flatMap(kernels -> {
          GoldenTensors golden = GoldenTensors.of(file, kernels.type());
          return golden.tensors().names().stream()
              .filter(name -> name.endsWith("/value"))
              .map(name -> name.substring(0, name.indexOf('/')))
              .map(name -> DynamicTest.dynamicTest(
                  "%s %s %s %s"
                      .formatted(file, name, kernels.getClass().getSimpleName(), kernels.type()),
                  () -> check(golden, name, kernels)));
        }));
  }

  private static Stream<Kernels> everyKernels() {
    return Stream.of(
        new Nd4jKernels(DataType.DOUBLE), new Nd4jKernels(DataType.FLOAT), new CpuKernels(2));
  }

  @TestFactory
  Stream<DynamicTest> mixupTargetsAgree() {
    return SharedFolder.files("reference/golden", "losses*.safetensors").stream()
        .flatMap(file -> {
          GoldenTensors golden = GoldenTensors.of(file.getFileName().toString(), DataType.DOUBLE);
          return golden.tensors().names().stream()
              .filter(name -> name.matches("target/.*-lambda/smoothing.*"))
              .map(name -> DynamicTest.dynamicTest(name, () -> {
                double smoothing =
                    Double.parseDouble(name.substring(name.lastIndexOf("smoothing") + 9));
                golden.check(
                    name,
                    target(golden, name.contains("elem"), smoothing, DataType.DOUBLE),
                    1e-7); // float32 lambda
              }));
        });
  }

  private static void check(GoldenTensors golden, String name, Kernels kernels) {
    DataType type = kernels.type();
    double tolerance = type == DataType.DOUBLE ? 1e-12 : 3e-6;
    Heads heads = new Heads(golden.array("in/logits"), golden.array("in/dist_logits"), null);
    INDArray teacher = golden.array("in/teacher_logits");
    double smoothing = Double.parseDouble(golden.tensors().metadata().get("smoothing"));
    INDArray mixed = target(golden, false, smoothing, type);
    Distance entropy = new Distance.CrossEntropy();
    INDArray softTarget = golden.array("in/soft_target");
    Loss loss =
        switch (name) {
          case "ce" -> classOnly(kernels, entropy, heads, oneHot(golden, 0, type));
          case "label-smoothing-ce" ->
            classOnly(kernels, entropy, heads, oneHot(golden, smoothing, type));
          case "soft-target-ce" -> classOnly(kernels, entropy, heads, softTarget);
          case "mixup-target-ce" -> classOnly(kernels, entropy, heads, mixed);
          case "bce-multi-hot" ->
            classOnly(
                kernels,
                new Distance.BinaryCrossEntropy(),
                heads,
                golden.array("target/bce_multi_hot"));
          case "bce-soft" ->
            classOnly(kernels, new Distance.BinaryCrossEntropy(), heads, softTarget);
          case "hard-distillation" ->
            new DistillationLoss(kernels, entropy, new Distillation.Hard(0.5))
                .of(heads, mixed, teacher);
          case "mse-label-and-teacher" ->
            new DistillationLoss(
                    kernels,
                    new Distance.Squared(),
                    new Distillation.Score(0.5, new Distance.Squared()))
                .of(heads, softTarget, teacher);
          default -> new DistillationLoss(kernels, entropy, soft(name)).of(heads, mixed, teacher);
        };
    double expected = golden.tensors().doubles(name + "/value")[0];
    assertThat(Math.abs(loss.value() - expected)).isLessThan(tolerance * Math.abs(expected));
    golden.check(name + "/grad/logits", loss.classGradient(), tolerance);
    golden.check(name + "/grad/dist_logits", loss.distGradient(), tolerance);
  }

  private static Distillation soft(String name) {
    Matcher soft = SOFT.matcher(name);
    if (!soft.matches()) {
      throw new AssertionError("unknown loss case '%s'".formatted(name));
    }
    double temperature = Double.parseDouble(soft.group(2));
    return new Distillation.Soft(
        temperature == 1 ? 0.5 : 0.1, // golden/README.md: the weights of the two parts
        temperature,
        soft.group(1).equals("numel")
            ? Distillation.Soft.Normalisation.ELEMENTS
            : Distillation.Soft.Normalisation.SAMPLES);
  }

  private static Loss classOnly(Kernels kernels, Distance distance, Heads heads, INDArray target) {
    return new DistillationLoss(kernels, distance, new Distillation.None()).of(heads, target, null);
  }

  private static INDArray oneHot(GoldenTensors golden, double smoothing, DataType type) {
    long[] labels = golden.tensors().longs("in/label");
    double[] all = new double[labels.length];
    Arrays.fill(all, 1);
    return Targets.mixed(labels, labels, all, classes(golden), smoothing, type);
  }

  private static INDArray target(
      GoldenTensors golden, boolean each, double smoothing, DataType type) {
    long[] labels = golden.tensors().longs("in/label");
    long[] partners = IntStream.range(0, labels.length)
        .mapToLong(i -> labels[labels.length - 1 - i])
        .toArray();
    double[] lambda = new double[labels.length];
    Arrays.fill(lambda, Double.parseDouble(golden.tensors().metadata().get("lambda")));
    if (each) {
      lambda = golden.tensors().doubles("in/lambda_per_sample");
    }
    return Targets.mixed(labels, partners, lambda, classes(golden), smoothing, type);
  }

  private static int classes(GoldenTensors golden) {
    return (int) golden.tensors().shape("in/logits")[1];
  }
}

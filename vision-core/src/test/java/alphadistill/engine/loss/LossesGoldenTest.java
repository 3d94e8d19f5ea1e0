package alphadistill.engine.loss;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.GoldenTensors;
import alphadistill.engine.Heads;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every case of {@code losses*.safetensors}: values, gradients of both heads, and Mixup targets. */
class LossesGoldenTest {
  private static final Pattern SOFT =
      Pattern.compile("soft-distillation-(numel|batch)-tau([0-9.]+)");

  @TestFactory
  Stream<DynamicTest> casesAgree() {
    return SharedFolder.files("reference/golden", "losses*.safetensors").stream()
        .map(file -> file.getFileName().toString())
        .flatMap(file -> Stream.of(DataType.DOUBLE, DataType.FLOAT).flatMap(type -> {
          GoldenTensors golden = GoldenTensors.of(file, type);
          return golden.tensors().names().stream()
              .filter(name -> name.endsWith("/value"))
              .map(name -> name.substring(0, name.indexOf('/')))
              .map(name -> DynamicTest.dynamicTest(
                  file + " " + name + " " + type, () -> check(golden, name, type)));
        }));
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

  private static void check(GoldenTensors golden, String name, DataType type) {
    double tolerance = type == DataType.DOUBLE ? 1e-12 : 3e-6;
    Heads heads = new Heads(golden.array("in/logits"), golden.array("in/dist_logits"), null);
    INDArray teacher = golden.array("in/teacher_logits");
    double smoothing = Double.parseDouble(golden.tensors().metadata().get("smoothing"));
    INDArray mixed = target(golden, false, smoothing, type);
    Distance entropy = new Distance.CrossEntropy();
    Loss loss =
        switch (name) {
          case "ce" -> classOnly(heads, entropy, oneHot(golden, 0, type));
          case "label-smoothing-ce" -> classOnly(heads, entropy, oneHot(golden, smoothing, type));
          case "soft-target-ce" -> classOnly(heads, entropy, golden.array("in/soft_target"));
          case "mixup-target-ce" -> classOnly(heads, entropy, mixed);
          case "bce-multi-hot" ->
            classOnly(
                heads, new Distance.BinaryCrossEntropy(), golden.array("target/bce_multi_hot"));
          case "bce-soft" ->
            classOnly(heads, new Distance.BinaryCrossEntropy(), golden.array("in/soft_target"));
          case "hard-distillation" -> new Distillation.Hard(0.5).of(heads, entropy, mixed, teacher);
          case "mse-label-and-teacher" ->
            new Distillation.Score(0.5, new Distance.Squared())
                .of(heads, new Distance.Squared(), golden.array("in/soft_target"), teacher);
          default -> soft(name).of(heads, entropy, mixed, teacher);
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

  private static Loss classOnly(Heads heads, Distance distance, INDArray target) {
    return new Distillation.None().of(heads, distance, target, null);
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

  /** Central differences of every distance in double: the gradients are derivatives of the values. */
  @TestFactory
  Stream<DynamicTest> gradientsAgreeWithCentralDifferences() {
    INDArray output = Nd4j.createFromArray(new double[][] {{0.3, -1.2, 2.5}, {-4, 0.1, 0.7}});
    INDArray target = Nd4j.createFromArray(new double[][] {{0.2, 0.5, 0.3}, {1, 0, 0}});
    return Stream.of(
            new Distance.Squared(),
            new Distance.Huber(1),
            new Distance.CrossEntropy(),
            new Distance.BinaryCrossEntropy())
        .map(distance -> DynamicTest.dynamicTest(distance.toString(), () -> {
          INDArray gradient = distance.of(output, target).gradient();
          double h = 1e-6;
          for (int i = 0; i < output.length(); i++) {
            INDArray up = output.dup();
            INDArray down = output.dup();
            up.putScalar(i, up.getDouble(i) + h);
            down.putScalar(i, down.getDouble(i) - h);
            double slope =
                (distance.of(up, target).value() - distance.of(down, target).value()) / (2 * h);
            assertThat(gradient.getDouble(i))
                .isCloseTo(slope, org.assertj.core.api.Assertions.within(1e-8));
          }
        }));
  }
}

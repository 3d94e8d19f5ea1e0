package alphadistill.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.Draws;
import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.GoldenTensors;
import alphadistill.engine.Heads;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Nd4jKernels;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every {@code alpha-student*.safetensors}: forward, all gradients, losses and weights after AdamW steps. */
class AlphaStudentGoldenTest {

  @TestFactory
  Stream<DynamicTest> agreesWithTheReference() {
    return SharedFolder.files("reference/golden", "alpha-student*.safetensors").stream()
        .flatMap(file -> Stream.of(
                new Nd4jKernels(DataType.DOUBLE),
                new Nd4jKernels(DataType.FLOAT),
                new CpuKernels(1))
            .map(kernels -> DynamicTest.dynamicTest(
                "%s, %s %s"
                    .formatted(
                        file.getFileName(), kernels.getClass().getSimpleName(), kernels.type()),
                () -> check(file.getFileName().toString(), kernels))));
  }

  private static void check(String file, Kernels kernels) throws Exception {
    boolean wide = kernels.type() == DataType.DOUBLE;
    GoldenTensors golden = GoldenTensors.of(file, kernels.type());
    JsonNode config = new ObjectMapper().readTree(golden.tensors().metadata().get("config"));
    double rate = golden.optimiser("lr");
    DistilledTransformer student = new DistilledTransformer(
        kernels,
        BodySpec.deit(
            config.get("dim").asInt(),
            config.get("depth").asInt(),
            config.get("heads").asInt(),
            config.get("classes").asInt(),
            config.get("distilled").asBoolean(),
            0),
        WindowEmbedding.of(config.get("tokens").asInt(), config.get("features").asInt()),
        1);
    for (Parameter parameter : student.parameters()) {
      parameter.value().assign(golden.array("in/weights/" + parameter.name()));
    }
    INDArray x = golden.array("in/x");

    Heads evaluated = student.forward(x, Pass.EVALUATION);
    double tolerance = wide ? 1e-11 : 1e-4;
    golden.check("class_output", evaluated.classOutput(), tolerance);
    golden.check("dist_output", evaluated.distOutput(), tolerance);
    golden.check(
        "eval_output", evaluated.classOutput().add(evaluated.distOutput()).divi(2), tolerance);

    double loss = step(student, golden, x);
    assertThat(Math.abs(loss / golden.tensors().doubles("loss")[0] - 1))
        .isLessThan(wide ? 1e-10 : 1e-5);
    for (Parameter parameter : student.parameters()) {
      if (!parameter
          .name()
          .endsWith("qkv.bias")) { // its key third is rounding noise: golden/README.md
        golden.check("grad/" + parameter.name(), parameter.gradient(), tolerance);
      }
    }
    train(student, kernels, golden, x, rate);
  }

  private static void train(
      DistilledTransformer student,
      Kernels kernels,
      GoldenTensors golden,
      INDArray x,
      double rate) {
    boolean wide = kernels.type() == DataType.DOUBLE;
    Map<String, INDArray[]> moments = new HashMap<>();
    double[] losses = golden.tensors().doubles("train/loss");
    for (int t = 1; t <= losses.length; t++) {
      student.parameters().forEach(p -> kernels.zero(p.gradient()));
      double loss = step(student, golden, x);
      assertThat(Math.abs(loss / losses[t - 1] - 1)).isLessThan(wide ? 1e-10 : 1e-5);
      for (Parameter p : student.parameters()) {
        INDArray[] mv = moments.computeIfAbsent(p.name(), n -> new INDArray[] {
          kernels.allocate(p.value().shape()), kernels.allocate(p.value().shape())
        });
        double decay = p.decayed() ? golden.optimiser("wd") : 0;
        kernels.adamW(p.value(), p.gradient(), mv[0], mv[1], rate, decay, 0.9, 0.999, 1e-8, t);
      }
    }
    List<String> after = golden.tensors().names().stream()
        .filter(name -> name.startsWith("train/after" + losses.length + "/"))
        .toList();
    assertThat(after).hasSameSizeAs(student.parameters());
    for (Parameter p : student.parameters()) {
      golden.checkWeights(
          "train/after" + losses.length + "/" + p.name(), p.value(), wide ? 1e-9 : 0.1 * rate);
    }
  }

  /** loss = 0.5 * mean((class-label)^2) + 0.5 * mean((dist-teacher)^2); adds to all gradients. */
  private static double step(DistilledTransformer student, GoldenTensors golden, INDArray x) {
    Heads heads = student.forward(x, Pass.training(Draws.of(1, "none")));
    INDArray classGap = heads.classOutput().sub(golden.array("in/label"));
    INDArray distGap = heads.distOutput().sub(golden.array("in/teacher"));
    double n = classGap.length();
    double loss = 0.5 * squares(classGap) / n + 0.5 * squares(distGap) / n;
    student.backward(heads, classGap.div(n), distGap.div(n));
    return loss;
  }

  private static double squares(INDArray x) {
    INDArray wide = x.castTo(DataType.DOUBLE);
    return wide.mul(wide).sumNumber().doubleValue();
  }
}

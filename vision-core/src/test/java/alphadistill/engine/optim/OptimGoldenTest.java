package alphadistill.engine.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.GoldenTensors;
import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Nd4jKernels;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** {@code optim*.safetensors}: AdamW and LAMB traces, running average, clipping and the reference's schedule. */
class OptimGoldenTest {

  @TestFactory
  Stream<DynamicTest> tracesAgree() {
    return eachFile(file -> Stream.<Kernels>of(
            new Nd4jKernels(DataType.DOUBLE), new Nd4jKernels(DataType.FLOAT), new CpuKernels(2))
        .flatMap(kernels -> Stream.of("adamw", "adamw-no-decay-on-dist-token")
            .map(run -> DynamicTest.dynamicTest(
                "%s %s %s %s"
                    .formatted(file, run, kernels.getClass().getSimpleName(), kernels.type()),
                () -> trace(file, run, kernels)))));
  }

  @TestFactory
  Stream<DynamicTest> lambTracesAgree() {
    return eachFile(file -> Stream.<Kernels>of(
            new Nd4jKernels(DataType.DOUBLE), new Nd4jKernels(DataType.FLOAT), new CpuKernels(2))
        .flatMap(kernels -> Stream.of("lamb", "lamb-no-clip")
            .map(run -> DynamicTest.dynamicTest(
                "%s %s %s %s"
                    .formatted(file, run, kernels.getClass().getSimpleName(), kernels.type()),
                () -> traceLamb(file, run, kernels)))));
  }

  private static void traceLamb(String file, String run, Kernels kernels) throws Exception {
    GoldenTensors golden = GoldenTensors.of(file, kernels.type());
    double tolerance = kernels.type() == DataType.DOUBLE ? 1e-12 : 3e-6;
    double decay = number(golden, "weight_decay");
    List<Parameter> parameters = parameters(golden, kernels);
    Lamb optimiser = new Lamb(
        kernels,
        parameters,
        run.equals("lamb")
            ? Lamb.Spec.withDecay(decay)
            : new Lamb.Spec(decay, 0.9, 0.999, 1e-6, 0));
    JsonNode order =
        new ObjectMapper().readTree(golden.tensors().metadata().get("trust_ratio_order"));
    INDArray scales = golden.array("in/grad_scale");
    for (int t = 0; t < scales.length(); t++) {
      setGradients(golden, parameters, t, scales.getDouble(t));
      optimiser.step(number(golden, "lr"));
      for (Parameter p : parameters) {
        checkStep(golden, run + "/" + p.name(), t, p.value(), tolerance);
      }
      double[] ratios = new double[order.size()];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = optimiser.trustRatios().get(order.get(i).asText());
      }
      checkStep(golden, run + "/trust_ratio", t, Nd4j.createFromArray(ratios), tolerance);
    }
    checkMoments(golden, run, optimiser, parameters, tolerance);
  }

  private static void trace(String file, String run, Kernels kernels) {
    GoldenTensors golden = GoldenTensors.of(file, kernels.type());
    double tolerance = kernels.type() == DataType.DOUBLE ? 1e-12 : 3e-6;
    double rate = number(golden, "lr");
    List<Parameter> parameters = (run.equals("adamw")
            ? DecayRule.REFERENCE
            : DecayRule.SPARES_DISTILLATION_TOKEN)
        .mark(parameters(golden, kernels));
    AdamW optimiser =
        new AdamW(kernels, parameters, AdamW.Spec.withDecay(number(golden, "weight_decay")));
    ExponentialAverage average =
        new ExponentialAverage(kernels, parameters, number(golden, "ema_decay"));
    INDArray scales = golden.array("in/grad_scale");
    for (int t = 0; t < scales.length(); t++) {
      setGradients(golden, parameters, t, scales.getDouble(t));
      optimiser.step(rate);
      average.update();
      for (Parameter p : parameters) {
        checkStep(golden, run + "/" + p.name(), t, p.value(), tolerance);
      }
      if (run.equals("adamw")) {
        checkStep(golden, "ema/layer.weight", t, average.values().get("layer.weight"), tolerance);
      }
    }
    checkMoments(golden, run, optimiser, parameters, tolerance);
  }

  private static void setGradients(
      GoldenTensors golden, List<Parameter> parameters, int step, double scale) {
    for (Parameter p : parameters) {
      p.gradient().assign(at(golden.array("in/grads/" + p.name()), step).mul(scale));
    }
  }

  /** Moments after the last step. */
  private static void checkMoments(
      GoldenTensors golden,
      String run,
      Optimiser optimiser,
      List<Parameter> parameters,
      double tolerance) {
    for (Parameter p : parameters) {
      golden.check(run + "/state_m/" + p.name(), optimiser.state().get("m/" + p.name()), tolerance);
      golden.check(run + "/state_v/" + p.name(), optimiser.state().get("v/" + p.name()), tolerance);
    }
  }

  @TestFactory
  Stream<DynamicTest> clippingAgrees() {
    return eachFile(file -> {
      GoldenTensors golden = GoldenTensors.of(file, DataType.DOUBLE);
      return golden.tensors().names().stream()
          .filter(name -> name.matches("clip/max_norm[^/]*/layer.weight"))
          .map(name -> name.split("/")[1])
          .map(run -> DynamicTest.dynamicTest(file + " " + run, () -> {
            Kernels kernels = new Nd4jKernels(DataType.DOUBLE);
            List<Parameter> parameters = parameters(golden, kernels);
            parameters.forEach(p ->
                p.gradient().assign(at(golden.array("in/grads/" + p.name()), 0)));
            double largest = Double.parseDouble(run.substring("max_norm".length()));
            double norm = new GradientClip(largest).apply(kernels, parameters);
            assertThat(norm)
                .isCloseTo(golden.tensors().doubles("clip/total_norm")[0], within(1e-12 * norm));
            parameters.stream()
                .filter(p -> golden.tensors().has("clip/" + run + "/" + p.name()))
                .forEach(p -> golden.check("clip/" + run + "/" + p.name(), p.gradient(), 1e-12));
          }));
    });
  }

  @TestFactory
  Stream<DynamicTest> schedulesAgree() {
    return eachFile(file -> Stream.of(DynamicTest.dynamicTest(file, () -> {
      GoldenTensors golden = GoldenTensors.of(file, DataType.DOUBLE);
      JsonNode spec = new ObjectMapper().readTree(golden.tensors().metadata().get("schedule"));
      double base = spec.get("base").asDouble();
      double warm = spec.get("warmup_lr").asDouble();
      double least = spec.get("min_lr").asDouble();
      int epochs = spec.get("epochs").asInt();
      var late = new Schedule.DeitCosine(
          base, warm, spec.get("warmup_epochs").asInt(), epochs, least, true);
      var noWarmUp = new Schedule.DeitCosine(base, warm, 0, epochs, least, true);
      double[] value = golden.tensors().doubles("schedule/scheduler_value");
      double[] used = golden.tensors().doubles("schedule/lr_used_in_epoch");
      double[] usedWithout = golden.tensors().doubles("schedule/no_warmup_lr_used");
      for (int e = 0; e < value.length; e++) {
        assertThat(late.value(e)).as("value " + e).isCloseTo(value[e], within(1e-12 * base));
      }
      for (int e = 0; e < used.length; e++) {
        assertThat(late.rateAt(e, 0))
            .as("rate of epoch " + e)
            .isCloseTo(used[e], within(1e-12 * base));
      }
      for (int e = 0; e < usedWithout.length; e++) {
        assertThat(noWarmUp.rateAt(e, 0))
            .as("epoch " + e)
            .isCloseTo(usedWithout[e], within(1e-12 * base));
      }
    })));
  }

  private static Stream<DynamicTest> eachFile(
      java.util.function.Function<String, Stream<DynamicTest>> tests) {
    return SharedFolder.files("reference/golden", "optim*.safetensors").stream()
        .map(file -> file.getFileName().toString())
        .flatMap(tests);
  }

  private static List<Parameter> parameters(GoldenTensors golden, Kernels kernels) {
    List<Parameter> parameters = new ArrayList<>();
    for (String name : golden.tensors().names()) {
      if (name.startsWith("in/param/")) {
        String tensor = name.substring("in/param/".length());
        INDArray start = golden.array(name);
        INDArray value = kernels.allocate(start.shape());
        value.assign(start);
        boolean decayed =
            start.rank() > 1 && !tensor.endsWith(".bias") && !tensor.equals("pos_embed");
        parameters.add(new Parameter(tensor, value, kernels.allocate(start.shape()), decayed));
      }
    }
    return parameters;
  }

  private static void checkStep(
      GoldenTensors golden, String name, int step, INDArray actual, double tolerance) {
    double[] all = golden.tensors().doubles(name);
    int length = (int) actual.length();
    double scale = 0;
    for (int i = 0; i < length; i++) {
      scale = Math.max(scale, Math.abs(all[step * length + i]));
    }
    INDArray flat = actual.dup('c').reshape(length);
    for (int i = 0; i < length; i++) {
      assertThat(flat.getDouble(i))
          .as("%s after step %d, element %d", name, step + 1, i)
          .isCloseTo(all[step * length + i], within(tolerance * scale));
    }
  }

  private static INDArray at(INDArray stacked, int step) {
    return stacked.get(NDArrayIndex.point(step)).dup('c');
  }

  private static double number(GoldenTensors golden, String key) {
    return Double.parseDouble(golden.tensors().metadata().get(key));
  }
}

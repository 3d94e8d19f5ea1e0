package alphadistill.vision.deit;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.Draws;
import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.GoldenTensors;
import alphadistill.engine.Heads;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.ValueFormula;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Nd4jKernels;
import alphadistill.engine.layer.LayerTokens;
import alphadistill.engine.loss.Distance;
import alphadistill.engine.loss.Distillation;
import alphadistill.engine.loss.DistillationLoss;
import alphadistill.engine.loss.Loss;
import alphadistill.engine.loss.Targets;
import alphadistill.vision.inspect.TokenCosine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Every full-size {@code deit-*.safetensors}, whose weights and pictures come from the value formula: logits, tokens by
 * layer and their cosine, loss, gradient norms, and logits at another picture size.
 */
class DeitGoldenTest {
  private static final Pattern OTHER_SIZE = Pattern.compile("at(\\d+)/class_logits");

  @TestFactory
  Stream<DynamicTest> agreesWithTheReference() {
    return SharedFolder.files("reference/golden", "deit-*.safetensors").stream()
        .map(file -> file.getFileName().toString())
        .filter(file -> !file.startsWith("deit-micro-"))
        .flatMap(file -> Stream.<Supplier<Kernels>>of(
                () -> new Nd4jKernels(DataType.DOUBLE), () -> new CpuKernels(2))
            .map(kernels -> DynamicTest.dynamicTest(
                file + " " + kernels.get().getClass().getSimpleName(),
                () -> new FullSize(file, kernels.get()).check())));
  }

  private static final class FullSize {
    private final Kernels kernels;
    private final double tolerance;
    private final GoldenTensors golden;
    private final String prefix;
    private final ValueFormula formula;
    private final int classes;
    private final boolean distilled;
    private final Deit deit;

    FullSize(String file, Kernels kernels) {
      this.kernels = kernels;
      this.tolerance = kernels.type() == DataType.DOUBLE ? 1e-10 : 2e-4;
      this.golden = GoldenTensors.of(file, kernels.type());
      var metadata = golden.tensors().metadata();
      this.prefix = metadata.get("weight_name_prefix");
      this.formula = new ValueFormula(Long.parseLong(metadata.get("seed")));
      DeitSpec spec = GoldenSpec.of(golden);
      this.classes = spec.classes();
      this.distilled = spec.family() == DeitSpec.Family.DISTILLED;
      this.deit = Deit.empty(kernels, spec);
      for (Parameter p : deit.parameters()) {
        float[] values = formula.weights(prefix, p.name(), p.value().shape());
        checkStart("in/weights_first8/" + p.name(), values);
        p.value().assign(Nd4j.createFromArray(values).reshape('c', p.value().shape()));
      }
    }

    void check() throws Exception {
      int samples = (int) golden.tensors().shape("class_logits")[0];
      int size = deit.spec().imageSize();
      INDArray images = images("image", samples, size);
      Heads evaluated = deit.forward(images, Pass.EVALUATION);
      checkLogits("", evaluated);
      if (golden.tensors().has("eval_logits")) {
        golden.check("eval_logits", HeadCombination.MEAN_OF_LOGITS.of(evaluated), tolerance);
      }
      layers(deit.layers(images));
      if (golden.tensors().has("loss_hard")) {
        gradients(images);
      }
      for (String name : golden.tensors().names()) {
        Matcher other = OTHER_SIZE.matcher(name);
        if (other.matches()) {
          otherSize(other.group(1), (int) golden.tensors().shape(name)[0]);
        }
      }
    }

    private void checkLogits(String at, Heads heads) {
      golden.check(at + "class_logits", heads.classOutput(), tolerance);
      if (heads.distilled()) {
        golden.check(at + "dist_logits", heads.distOutput(), tolerance);
      }
    }

    private void layers(LayerTokens layers) {
      INDArray[] classToken = byLayer(layers, 0);
      golden.check("class_token_by_layer", Nd4j.stack(0, classToken), tolerance);
      if (distilled) {
        INDArray[] distToken = byLayer(layers, 1);
        golden.check("dist_token_by_layer", Nd4j.stack(0, distToken), tolerance);
        double[][] cosine = new double[classToken.length][];
        Arrays.setAll(cosine, i -> TokenCosine.between(classToken[i], distToken[i]));
        golden.check("cosine_class_dist_by_layer", Nd4j.createFromArray(cosine), tolerance);
      }
    }

    /** One token (N, D) after the embedding, every block and the norm. */
    private static INDArray[] byLayer(LayerTokens layers, int token) {
      return Stream.concat(layers.tokens().stream(), Stream.of(layers.normed()))
          .map(x -> x.get(NDArrayIndex.all(), NDArrayIndex.point(token), NDArrayIndex.all()))
          .toArray(INDArray[]::new);
    }

    /** loss = 0.5 * CE(class, label smoothed by 0.1) + 0.5 * CE(dist, argmax teacher). */
    private void gradients(INDArray images) throws Exception {
      int samples = (int) images.size(0);
      long[] labels = formula.integers(prefix + "label", samples, classes);
      assertThat(labels).isEqualTo(golden.tensors().longs("in/label"));
      double[] whole = new double[samples];
      Arrays.fill(whole, 1);
      INDArray target = Targets.mixed(labels, labels, whole, classes, 0.1, kernels.type());
      INDArray teacher = formula("teacher", 4, samples, classes);
      deit.parameters().forEach(p -> kernels.zero(p.gradient()));
      Heads heads = deit.forward(images, Pass.training(Draws.of(1, "nothing is dropped")));
      Loss loss = new DistillationLoss(
              kernels, new Distance.CrossEntropy(), new Distillation.Hard(0.5))
          .of(heads, target, teacher);
      deit.backward(heads, loss.classGradient(), loss.distGradient());
      golden.check("loss_hard", Nd4j.scalar(loss.value()), tolerance);
      JsonNode order =
          new ObjectMapper().readTree(golden.tensors().metadata().get("grad_norm_order"));
      double[] norms = new double[order.size()];
      for (int i = 0; i < norms.length; i++) {
        INDArray gradient = gradient(order.get(i).asText());
        norms[i] = Math.sqrt(kernels.sumOfSquares(gradient));
        String first = "grad_first16/" + order.get(i).asText();
        if (golden.tensors().has(first)) {
          golden.check(first, start(gradient, golden.tensors().shape(first)[0]), tolerance);
        }
      }
      golden.check("grad_norm", Nd4j.createFromArray(norms), tolerance);
    }

    private INDArray gradient(String name) {
      return deit.parameters().stream()
          .filter(p -> p.name().equals(name))
          .findFirst()
          .orElseThrow()
          .gradient();
    }

    private static INDArray start(INDArray array, long count) {
      return array.reshape(array.length()).get(NDArrayIndex.interval(0, count));
    }

    private void otherSize(String size, int samples) {
      Deit resized = Deit.empty(kernels, deit.spec().at(Integer.parseInt(size)));
      for (int i = 0; i < resized.parameters().size(); i++) {
        Parameter p = resized.parameters().get(i);
        INDArray value = deit.parameters().get(i).value();
        int from = deit.spec().grid();
        int to = resized.spec().grid();
        p.value()
            .assign(
                p.name().equals("pos_embed")
                    ? PositionResize.PLAIN_BICUBIC.resize(
                        value, deit.spec().positionedSpecialTokens(), from, from, to, to)
                    : value);
      }
      INDArray images = images("image" + size, samples, resized.spec().imageSize());
      checkLogits("at" + size + "/", resized.forward(images, Pass.EVALUATION));
    }

    private INDArray images(String name, int samples, int size) {
      INDArray images = formula(name, 2, samples, 3, size, size);
      if (golden.tensors().has("in/" + name + "_first8")) {
        checkStart("in/" + name + "_first8", start(images, 8).toFloatVector());
      }
      return images;
    }

    private INDArray formula(String name, double scale, long... shape) {
      int length = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
      return Nd4j.createFromArray(formula.floats(prefix + name, length, scale, 0))
          .castTo(kernels.type())
          .reshape('c', shape);
    }

    private void checkStart(String name, float[] values) {
      float[] expected = golden.tensors().floats(name);
      assertThat(Arrays.copyOf(values, expected.length)).as(name).isEqualTo(expected);
    }
  }
}

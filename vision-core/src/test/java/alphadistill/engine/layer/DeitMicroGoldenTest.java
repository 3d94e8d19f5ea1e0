package alphadistill.engine.layer;

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
import alphadistill.engine.loss.Distance;
import alphadistill.engine.loss.Distillation;
import alphadistill.engine.loss.DistillationLoss;
import alphadistill.engine.loss.Loss;
import alphadistill.engine.loss.Targets;
import alphadistill.engine.optim.AdamW;
import alphadistill.engine.optim.ExponentialAverage;
import alphadistill.engine.optim.Lamb;
import alphadistill.engine.optim.Optimiser;
import alphadistill.vision.deit.Deit;
import alphadistill.vision.deit.GoldenSpec;
import alphadistill.vision.deit.HeadCombination;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every {@code deit-micro-*.safetensors}: tokens by layer, losses with all gradients, stochastic depth with given masks,
 * training steps and running average.
 */
class DeitMicroGoldenTest {

  @TestFactory
  Stream<DynamicTest> agreesWithTheReference() {
    return SharedFolder.files("reference/golden", "deit-micro-*.safetensors").stream()
        .map(file -> file.getFileName().toString())
        .flatMap(file -> Stream.<Supplier<Kernels>>of(
                () -> new Nd4jKernels(DataType.DOUBLE),
                () -> new Nd4jKernels(DataType.FLOAT),
                () -> new CpuKernels(2))
            .flatMap(kernels -> Stream.of(
                test(file, kernels, "forward", Micro::forward),
                test(file, kernels, "losses", Micro::losses),
                test(file, kernels, "stochastic depth", Micro::stochasticDepth),
                test(file, kernels, "training", Micro::training))));
  }

  private static DynamicTest test(
      String file, Supplier<Kernels> kernels, String subject, Consumer<Micro> body) {
    return DynamicTest.dynamicTest(
        "%s, %s, %s %s"
            .formatted(
                subject,
                file,
                kernels.get().getClass().getSimpleName(),
                kernels.get().type()),
        () -> body.accept(new Micro(file, kernels.get())));
  }

  /** One file on one implementation of the kernels. */
  private static final class Micro {
    private final Kernels kernels;
    private final boolean wide;
    private final double tolerance;
    private final GoldenTensors golden;
    private final Deit deit;

    Micro(String file, Kernels kernels) {
      this.kernels = kernels;
      this.wide = kernels.type() == DataType.DOUBLE;
      this.tolerance = wide ? 1e-11 : 2e-5;
      this.golden = GoldenTensors.of(file, kernels.type());
      this.deit = Deit.empty(kernels, GoldenSpec.of(golden));
      load();
    }

    /** Weights as stored, which are those of the formula. */
    private void load() {
      var metadata = golden.tensors().metadata();
      ValueFormula formula = new ValueFormula(Long.parseLong(metadata.get("seed")));
      for (Parameter p : deit.parameters()) {
        INDArray stored = golden.array("in/weights/" + p.name());
        p.value().assign(stored);
        assertThat(golden.tensors().floats("in/weights/" + p.name()))
            .as("formula of " + p.name())
            .isEqualTo(formula.weights(
                metadata.get("weight_name_prefix"), p.name(), p.value().shape()));
      }
    }

    void forward() {
      INDArray images = golden.array("in/image");
      Heads heads = deit.forward(images, Pass.EVALUATION);
      golden.check("forward/class_logits", heads.classOutput(), tolerance);
      if (heads.distilled()) {
        golden.check("forward/dist_logits", heads.distOutput(), tolerance);
        golden.check("forward/eval_logits", HeadCombination.MEAN_OF_LOGITS.of(heads), tolerance);
      }
      LayerTokens layers = deit.layers(images);
      for (int i = 0; i < layers.tokens().size(); i++) {
        golden.check("forward/tokens." + i, layers.tokens().get(i), tolerance);
      }
      assertThat(golden.tensors().has("forward/tokens." + layers.tokens().size()))
          .isFalse();
      golden.check("forward/tokens.norm", layers.normed(), tolerance);
    }

    void losses() {
      List<String> names = golden.tensors().names().stream()
          .filter(name -> name.matches("loss/[^/]+/value"))
          .map(name -> name.split("/")[1])
          .toList();
      assertThat(names).isNotEmpty();
      for (String name : names) {
        zeroGradients();
        Heads heads = deit.forward(golden.array("in/image"), trainingPass());
        checkLoss("loss/" + name, backward(name, heads));
        checkGradients("loss/" + name);
      }
    }

    void stochasticDepth() {
      String name = golden.tensors().metadata().get("train_loss");
      double[] rates = golden.tensors().doubles("in/drop_rates");
      List<Block.Drops> drops = new ArrayList<>();
      for (int i = 0; i < rates.length; i++) {
        drops.add(new Block.Drops(
            scale("in/mask_attn." + i, rates[i]), scale("in/mask_mlp." + i, rates[i])));
      }
      zeroGradients();
      Heads heads = deit.body().forward(golden.array("in/image"), trainingPass(), drops);
      String prefix = "droppath-" + name;
      golden.check(prefix + "/class_logits", heads.classOutput(), tolerance);
      if (heads.distilled()) {
        golden.check(prefix + "/dist_logits", heads.distOutput(), tolerance);
      }
      checkLoss(prefix, backward(name, heads));
      checkGradients(prefix);
    }

    private INDArray scale(String mask, double rate) {
      return rate == 0 ? null : golden.array(mask).divi(1 - rate);
    }

    void training() {
      String name = golden.tensors().metadata().get("train_loss");
      double decay = Double.parseDouble(golden.tensors().metadata().get("ema_decay"));
      double allowed = wide ? 1e-9 : 0.1 * golden.optimiser("lr");
      Optimiser optimiser = optimiser();
      ExponentialAverage average = new ExponentialAverage(kernels, deit.parameters(), decay);
      double[] losses = golden.tensors().doubles("train/loss");
      for (int step = 1; step <= losses.length; step++) {
        zeroGradients();
        double loss = backward(name, deit.forward(golden.array("in/image"), trainingPass()));
        assertThat(Math.abs(loss / losses[step - 1] - 1))
            .as("loss before step " + step)
            .isLessThan(wide ? 1e-10 : 1e-5);
        optimiser.step(golden.optimiser("lr"));
        average.update();
        String after = "train/after" + step + "/";
        for (Parameter p : deit.parameters()) {
          if (golden.tensors().has(after + p.name())) {
            golden.checkWeights(after + p.name(), p.value(), allowed);
          }
        }
      }
      String averaged = "train/ema" + losses.length + "/";
      average.values().forEach((p, value) -> golden.checkWeights(averaged + p, value, allowed));
    }

    private Optimiser optimiser() {
      double decay = golden.optimiser("wd");
      double epsilon = golden.optimiser("eps");
      if (golden.tensors().metadata().get("optimiser").startsWith("lamb ")) {
        return new Lamb(
            kernels,
            deit.parameters(),
            new Lamb.Spec(decay, 0.9, 0.999, epsilon, golden.optimiser("clip")));
      }
      return new AdamW(kernels, deit.parameters(), new AdamW.Spec(decay, 0.9, 0.999, epsilon));
    }

    /** Runs backward and returns the loss. */
    private double backward(String name, Heads heads) {
      Distance own =
          name.equals("bce") ? new Distance.BinaryCrossEntropy() : new Distance.CrossEntropy();
      Loss loss = new DistillationLoss(kernels, own, distillation(name))
          .of(heads, target(name), golden.array("in/teacher_logits"));
      deit.backward(heads, loss.classGradient(), loss.distGradient());
      return loss.value();
    }

    /** Shares and temperatures of the cases: golden/README.md. */
    private static Distillation distillation(String name) {
      return switch (name) {
        case "hard" -> new Distillation.Hard(0.5);
        case "soft-numel" ->
          new Distillation.Soft(0.5, 3, Distillation.Soft.Normalisation.ELEMENTS);
        case "soft-batch" -> new Distillation.Soft(0.1, 3, Distillation.Soft.Normalisation.SAMPLES);
        case "mixed-ce", "smooth-ce", "bce" -> new Distillation.None();
        default -> throw new AssertionError("no test knows the loss " + name);
      };
    }

    private INDArray target(String name) {
      var metadata = golden.tensors().metadata();
      long[] labels = golden.tensors().longs("in/label");
      long[] partners = new long[labels.length]; // the reversed batch
      Arrays.setAll(partners, i -> labels[labels.length - 1 - i]);
      double[] lambda = new double[labels.length];
      Arrays.fill(
          lambda, name.equals("smooth-ce") ? 1 : Double.parseDouble(metadata.get("mixup_lambda")));
      double smoothing = name.equals("bce") ? 0 : Double.parseDouble(metadata.get("smoothing"));
      INDArray mixed =
          Targets.mixed(labels, partners, lambda, deit.spec().classes(), smoothing, kernels.type());
      return name.equals("bce") ? mixed.gt(0).castTo(kernels.type()) : mixed;
    }

    private void checkLoss(String name, double loss) {
      golden.check(name + "/value", Nd4j.scalar(loss), tolerance);
    }

    private void checkGradients(String name) {
      for (Parameter p : deit.parameters()) {
        golden.checkGradient(name + "/grad/" + p.name(), p.gradient(), tolerance);
      }
    }

    private void zeroGradients() {
      deit.parameters().forEach(p -> kernels.zero(p.gradient()));
    }

    private static Pass trainingPass() {
      return Pass.training(Draws.of(1, "nothing is dropped"));
    }
  }
}

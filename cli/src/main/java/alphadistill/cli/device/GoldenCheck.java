package alphadistill.cli.device;

import alphadistill.augment.Draws;
import alphadistill.engine.Heads;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.layer.LayerTokens;
import alphadistill.engine.loss.Distance;
import alphadistill.engine.loss.Distillation;
import alphadistill.engine.loss.DistillationLoss;
import alphadistill.engine.loss.Loss;
import alphadistill.engine.loss.Targets;
import alphadistill.engine.optim.AdamW;
import alphadistill.vision.deit.Deit;
import alphadistill.vision.deit.DeitSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The reference's own numbers of a small distilled DeiT: what every layer says, all gradients of hard distillation, and
 * the losses of its AdamW steps. They are read from a golden file, {@value #FILE}, of PyTorch in double precision.
 */
final class GoldenCheck {
  static final String FILE = "deit-micro-distilled.safetensors";

  private static final DeitSpec SPEC =
      new DeitSpec(DeitSpec.Family.DISTILLED, 16, 4, 24, 2, 3, 10, 0);

  private final SafeTensors golden;
  private final Kernels kernels;
  private final Deit network;
  private final DistillationLoss objective;
  private final Map<String, Gap> gaps = new LinkedHashMap<>();

  private GoldenCheck(Path file, Kernels kernels) {
    this.golden = SafeTensors.read(file);
    this.kernels = kernels;
    this.network = Deit.empty(kernels, SPEC);
    this.objective =
        new DistillationLoss(kernels, new Distance.CrossEntropy(), new Distillation.Hard(0.5));
    for (Parameter p : network.parameters()) {
      p.value().assign(array("in/weights/" + p.name()));
    }
  }

  /**
   * Distance from the reference, by what was computed.
   *
   * @param folder of the golden files
   * @throws alphadistill.engine.checkpoint.CheckpointException if there is no such file
   */
  static Map<String, Gap> gaps(Path folder, Kernels kernels) {
    GoldenCheck check = new GoldenCheck(folder.resolve(FILE), kernels);
    check.forward();
    check.gradients();
    check.training();
    return check.gaps;
  }

  private void forward() {
    INDArray images = array("in/image");
    Heads heads = network.forward(images, Pass.EVALUATION);
    compare("class head", "forward/class_logits", heads.classOutput());
    compare("distillation head", "forward/dist_logits", heads.distOutput());
    LayerTokens layers = network.layers(images);
    for (int i = 0; i < layers.tokens().size(); i++) {
      compare("tokens after block " + i, "forward/tokens." + i, layers.tokens().get(i));
    }
    compare("tokens after the norm", "forward/tokens.norm", layers.normed());
  }

  private void gradients() {
    double loss = backward();
    gaps.put("loss", Gap.between(golden.doubles("loss/hard/value"), new double[] {loss}));
    for (Parameter p : network.parameters()) {
      compare("gradient of " + p.name(), "loss/hard/grad/" + p.name(), p.gradient());
    }
  }

  private void training() {
    AdamW optimiser =
        new AdamW(kernels, network.parameters(), new AdamW.Spec(0.05, 0.9, 0.999, 1e-8));
    double[] losses = golden.doubles("train/loss");
    double[] found = new double[losses.length];
    for (int step = 0; step < losses.length; step++) {
      found[step] = backward();
      optimiser.step(1e-3);
    }
    gaps.put("losses of %d steps".formatted(losses.length), Gap.between(losses, found));
  }

  /** Half of each label's picture is the one at the other end of the batch, as in the reference. */
  private double backward() {
    long[] labels = golden.longs("in/label");
    long[] partners = new long[labels.length];
    Arrays.setAll(partners, i -> labels[labels.length - 1 - i]);
    double[] shares = new double[labels.length];
    Arrays.fill(shares, Double.parseDouble(golden.metadata().get("mixup_lambda")));
    INDArray targets = Targets.mixed(
        labels,
        partners,
        shares,
        SPEC.classes(),
        Double.parseDouble(golden.metadata().get("smoothing")),
        kernels.type());
    network.parameters().forEach(p -> kernels.zero(p.gradient()));
    Heads heads =
        network.forward(array("in/image"), Pass.training(Draws.of(1, "nothing is dropped")));
    Loss loss = objective.of(heads, targets, array("in/teacher_logits"));
    network.backward(heads, loss.classGradient(), loss.distGradient());
    return loss.value();
  }

  private INDArray array(String name) {
    return golden.array(name, DataType.FLOAT).castTo(kernels.type());
  }

  private void compare(String what, String name, INDArray found) {
    gaps.put(what, Gap.between(golden.doubles(name), HostCopy.doubles(found)));
  }
}

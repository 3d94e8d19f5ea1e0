package alphadistill.cli.device;

import alphadistill.augment.Draws;
import alphadistill.augment.image.Normalisation;
import alphadistill.engine.Heads;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.loss.Distance;
import alphadistill.engine.loss.Distillation;
import alphadistill.engine.loss.DistillationLoss;
import alphadistill.engine.loss.Loss;
import alphadistill.engine.loss.Targets;
import alphadistill.engine.optim.AdamW;
import alphadistill.vision.deit.Deit;
import alphadistill.vision.deit.DeitPreset;
import alphadistill.vision.deit.DeitSpec;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Training steps of a distilled DeiT-Ti on one batch of tinted pictures of 224 pixels, taught the right answers. */
final class TinyTraining {
  static final DeitSpec SPEC = DeitPreset.TINY.spec().distilled().withClasses(3);

  private static final double RATE = 5e-4;

  private final Kernels kernels;
  private final Deit network;
  private final DistillationLoss objective;
  private final AdamW optimiser;
  private final INDArray pictures; // (N, 3, 224, 224)
  private final INDArray targets; // (N, 3)
  private int steps;

  TinyTraining(Kernels kernels, int batch) {
    this.kernels = kernels;
    this.network = Deit.create(kernels, SPEC, 1);
    this.objective =
        new DistillationLoss(kernels, new Distance.CrossEntropy(), new Distillation.Hard(0.5));
    this.optimiser = new AdamW(kernels, network.parameters(), AdamW.Spec.withDecay(0.05));
    TintedPictures set = new TintedPictures(batch, SPEC.imageSize(), 1);
    int side = set.side();
    float[] pixels = new float[batch * 3 * side * side];
    long[] labels = new long[batch];
    for (int n = 0; n < batch; n++) {
      Normalisation.IMAGENET.write(set.image(n), pixels, n * 3 * side * side);
      labels[n] = set.label(n);
    }
    this.pictures = kernels.allocate(batch, 3, side, side);
    HostCopy.write(pixels, pictures);
    this.targets = Targets.of(labels, SPEC.classes(), kernels.type());
  }

  /** One step; its loss before the weights move. */
  double step() {
    Heads heads = network.forward(pictures, Pass.training(Draws.of(1, "drop path", steps++)));
    Loss loss = objective.of(heads, targets, targets);
    List<Parameter> parameters = network.parameters();
    parameters.forEach(p -> kernels.zero(p.gradient()));
    network.backward(heads, loss.classGradient(), loss.distGradient());
    optimiser.step(RATE);
    return loss.value();
  }
}

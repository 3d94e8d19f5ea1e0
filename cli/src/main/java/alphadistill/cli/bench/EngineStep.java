package alphadistill.cli.bench;

import alphadistill.augment.Draws;
import alphadistill.engine.Heads;
import alphadistill.engine.Network;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.layer.DistilledTransformer;
import alphadistill.engine.layer.PatchEmbedding;
import alphadistill.engine.layer.WindowEmbedding;
import alphadistill.engine.loss.Distance;
import alphadistill.engine.loss.Distillation;
import alphadistill.engine.loss.DistillationLoss;
import alphadistill.engine.loss.Loss;
import alphadistill.engine.loss.Targets;
import alphadistill.engine.optim.AdamW;
import java.util.Arrays;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One network of a row and what a step of it needs. A training step is forward, distillation loss of both heads, backward
 * and AdamW; inference is the mean of both heads. Inputs are made before the clock starts and the teacher is not run.
 */
final class EngineStep implements Runnable {
  private final Kernels kernels;
  private final EngineRow row;
  private final Network network;
  private final AdamW optimiser; // null when there is no training
  private final DistillationLoss objective;
  private final INDArray inputs;
  private final INDArray labels; // (N, outputs)
  private final INDArray answers; // of the teacher, the same shape
  private int steps;

  EngineStep(EngineRow row, Kernels kernels) {
    this.kernels = kernels;
    this.row = row;
    EngineRow.Body body = row.body();
    int outputs = row.isImage() ? EngineRow.CLASSES : 1;
    network = new DistilledTransformer(
        kernels,
        row.spec(),
        row.isImage()
            ? PatchEmbedding.of(EngineRow.IMAGE, EngineRow.IMAGE, EngineRow.PATCH)
            : WindowEmbedding.of(body.tokens(), body.features()),
        1);
    optimiser = row.isTraining()
        ? new AdamW(kernels, network.parameters(), AdamW.Spec.withDecay(0.05))
        : null;
    objective = row.isImage()
        ? new DistillationLoss(kernels, new Distance.CrossEntropy(), new Distillation.Hard(0.5))
        : new DistillationLoss(
            kernels, new Distance.Squared(), new Distillation.Score(0.5, new Distance.Squared()));
    Random random = new Random(1);
    inputs = row.isImage()
        ? normal(random, row.batch(), 3, EngineRow.IMAGE, EngineRow.IMAGE)
        : normal(random, row.batch(), body.tokens(), body.features());
    answers = normal(random, row.batch(), outputs);
    labels = row.isImage()
        ? Targets.of(
            random.ints(row.batch(), 0, outputs).asLongStream().toArray(), outputs, kernels.type())
        : normal(random, row.batch(), outputs);
  }

  @Override
  public void run() {
    if (!row.isTraining()) {
      Heads heads = network.forward(inputs, Pass.EVALUATION);
      kernels.addScaled(heads.distOutput(), 1, heads.classOutput()); // copies of the network's
      kernels.scale(heads.classOutput(), 0.5);
      return;
    }
    Heads heads = network.forward(
        inputs, Pass.training(Draws.of(1, "drop path", 0, steps++), row.recomputes()));
    Loss loss = objective.of(heads, labels, answers);
    for (Parameter parameter : network.parameters()) {
      kernels.zero(parameter.gradient());
    }
    network.backward(heads, loss.classGradient(), loss.distGradient());
    optimiser.step(5e-4);
  }

  private INDArray normal(Random random, long... shape) {
    float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    INDArray array = kernels.allocate(shape);
    HostCopy.write(values, array);
    return array;
  }
}

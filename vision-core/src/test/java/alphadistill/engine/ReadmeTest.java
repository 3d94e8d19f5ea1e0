package alphadistill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.Draws;
import alphadistill.data.testing.ReadmeLines;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.layer.BodySpec;
import alphadistill.engine.layer.DistilledTransformer;
import alphadistill.engine.layer.WindowEmbedding;
import alphadistill.engine.loss.Distance;
import alphadistill.engine.loss.Distillation;
import alphadistill.engine.loss.DistillationLoss;
import alphadistill.engine.loss.Loss;
import alphadistill.engine.optim.AdamW;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ReadmeTest {
  private static final int SAMPLES = 8;

  private final INDArray windows = normal(SAMPLES * 15).reshape(SAMPLES, 3, 5);
  private final INDArray labels = normal(SAMPLES).reshape(SAMPLES, 1);
  private final INDArray teacherAnswers = normal(SAMPLES).reshape(SAMPLES, 1);

  @Test
  void theLinesOfUseRun() {
    // begin
    Kernels kernels = new CpuKernels(2);
    DistilledTransformer network = new DistilledTransformer(
        kernels, BodySpec.deit(16, 2, 4, 1, true, 0.1), WindowEmbedding.of(3, 5), 1);
    AdamW optimiser = new AdamW(kernels, network.parameters(), AdamW.Spec.withDecay(0.05));
    DistillationLoss objective = new DistillationLoss(
        kernels, new Distance.Squared(), new Distillation.Score(0.5, new Distance.Squared()));

    for (int step = 0; step < 20; step++) {
      Heads heads = network.forward(windows, Pass.training(Draws.of(1, "drop path", 0, step)));
      Loss loss = objective.of(heads, labels, teacherAnswers);
      network.parameters().forEach(parameter -> kernels.zero(parameter.gradient()));
      network.backward(heads, loss.classGradient(), loss.distGradient());
      optimiser.step(0.002);
    }
    INDArray forecast = network.forward(windows, Pass.EVALUATION).classOutput();
    // end

    assertThat(kernels.sumOfSquares(forecast.sub(labels)))
        .isLessThan(0.8 * kernels.sumOfSquares(labels));
  }

  @Test
  void theReadmeShowsExactlyTheseLines() {
    ReadmeLines.requireShown(ReadmeTest.class);
  }

  private static INDArray normal(int length) {
    Draws draws = Draws.of(length, "readme");
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) draws.normal();
    }
    return Nd4j.createFromArray(values);
  }
}

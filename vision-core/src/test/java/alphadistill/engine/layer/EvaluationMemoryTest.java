package alphadistill.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.Draws;
import alphadistill.engine.Heads;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.CpuKernels;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a pass keeps while it runs. */
class EvaluationMemoryTest {
  private final INDArray windows =
      Nd4j.linspace(DataType.FLOAT, -1, 0.05, 2 * 4 * 5).reshape('c', 2, 4, 5);

  private static DistilledTransformer network(int depth) {
    return new DistilledTransformer(
        new CpuKernels(1), BodySpec.deit(8, depth, 2, 3, true, 0), WindowEmbedding.of(4, 5), 1);
  }

  @Test
  void evaluationNeedsTheMemoryOfOneBlockHoweverDeepTheNetworkIs() {
    DistilledTransformer shallow = network(1);
    DistilledTransformer deep = network(6);
    shallow.forward(windows, Pass.EVALUATION);
    deep.forward(windows, Pass.EVALUATION);
    assertThat(deep.scratchElements()).isEqualTo(shallow.scratchElements());
    deep.layers(windows);
    assertThat(deep.scratchElements()).isLessThan(2 * shallow.scratchElements());
  }

  /** Training keeps every block's arrays; both kinds of pass must say the same, in any order. */
  @Test
  void evaluationAndTrainingSayTheSame() {
    DistilledTransformer network = network(3);
    INDArray evaluated = network.forward(windows, Pass.EVALUATION).classOutput();
    Heads trained = network.forward(windows, Pass.training(Draws.of(1, "nothing is dropped")));
    assertThat(trained.classOutput()).isEqualTo(evaluated);
    network.backward(trained, trained.classOutput().dup(), trained.distOutput().dup());
    assertThat(network.forward(windows, Pass.EVALUATION).classOutput()).isEqualTo(evaluated);
  }
}

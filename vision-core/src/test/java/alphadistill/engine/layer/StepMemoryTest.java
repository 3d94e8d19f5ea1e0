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
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What a pass keeps while it runs. */
class StepMemoryTest {
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

  @Test
  void evaluationOfALargeBatchNeedsTheMemoryOfAPartAndSaysWhatSmallBatchesSay() {
    int many = 2_000; // 12,000 rows of tokens
    INDArray all = Nd4j.rand(DataType.FLOAT, many, 4, 5);
    DistilledTransformer network = network(2);
    Heads once = network.forward(all, Pass.EVALUATION);
    long elements = network.scratchElements();
    DistilledTransformer whole = network(2);
    Heads kept = whole.forward(all, Pass.training(Draws.of(1, "nothing is dropped")));
    assertThat(elements).isLessThan(whole.scratchElements() / 2);
    assertThat(once.classOutput()).isEqualTo(kept.classOutput());
    assertThat(once.distOutput()).isEqualTo(kept.distOutput());
    for (int first : new int[] {0, 700, many - 3}) {
      INDArray some = Nd4j.create(DataType.FLOAT, 3, 4, 5);
      some.assign(
          all.get(NDArrayIndex.interval(first, first + 3), NDArrayIndex.all(), NDArrayIndex.all()));
      assertThat(network.forward(some, Pass.EVALUATION).classOutput())
          .isEqualTo(
              once.classOutput().get(NDArrayIndex.interval(first, first + 3), NDArrayIndex.all()));
    }
  }

  /** Two norms with their 1/std, q, k, v, mixed values, and the MLP's hidden rows before GELU. */
  @Test
  void trainingKeepsOfEachBlockWhatItsBackwardNeeds() {
    DistilledTransformer shallow = network(2);
    DistilledTransformer deep = network(3);
    step(shallow);
    step(deep);
    long rows = 2 * 6;
    long width = 8;
    long kept = 2 * (rows * width + rows) // norms
        + 3 * rows * width // q, k and v
        + rows * width // mixed values
        + 4 * rows * width; // MLP
    assertThat(deep.scratchElements() - shallow.scratchElements()).isEqualTo(kept);
  }

  private void step(DistilledTransformer network) {
    Heads heads = network.forward(windows, Pass.training(Draws.of(1, "nothing is dropped")));
    network.backward(heads, heads.classOutput().dup(), heads.distOutput().dup());
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

package alphadistill.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.Draws;
import alphadistill.engine.Heads;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.kernels.Nd4jKernels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Blocks that are run again in the backward pass, with stochastic depth and with and without LayerScale. */
class RecomputeTest {
  private static final int DEPTH = 8;

  @ParameterizedTest
  @CsvSource({"true, 0", "true, 0.5", "false, 0.5"})
  void gradientsHaveTheSameBitsInLessMemory(boolean fast, double layerScale) {
    Kernels kernels = fast ? new CpuKernels(2) : new Nd4jKernels(DataType.DOUBLE);
    DistilledTransformer keeping = network(kernels, layerScale);
    DistilledTransformer recomputing = network(kernels, layerScale);
    for (int step = 0; step < 2; step++) {
      assertThat(gradients(recomputing, kernels, step, true))
          .isEqualTo(gradients(keeping, kernels, step, false));
    }
    // of DEPTH blocks one keeps its arrays at a time, and each its input
    assertThat(recomputing.scratchElements()).isLessThan(keeping.scratchElements() / 2);
  }

  private static DistilledTransformer network(Kernels kernels, double layerScale) {
    BodySpec spec = new BodySpec(8, DEPTH, 2, 4, 3, true, 0.5, true, layerScale, true, 1e-6);
    return new DistilledTransformer(kernels, spec, WindowEmbedding.of(4, 5), 1);
  }

  private static List<INDArray> gradients(
      DistilledTransformer network, Kernels kernels, int step, boolean recompute) {
    INDArray windows = kernels.allocate(6, 4, 5);
    windows.assign(Nd4j.linspace(kernels.type(), -1, 0.05, 6 * 4 * 5).reshape('c', 6, 4, 5));
    network.parameters().forEach(parameter -> kernels.zero(parameter.gradient()));
    Draws draws = Draws.of(1, "drop path", 0, step);
    Heads heads = network.forward(windows, Pass.training(draws, recompute));
    List<INDArray> found =
        new ArrayList<>(List.of(heads.classOutput().dup(), heads.distOutput().dup()));
    network.backward(heads, heads.classOutput().dup(), heads.distOutput().dup());
    network.parameters().stream().map(Parameter::gradient).map(INDArray::dup).forEach(found::add);
    return found;
  }
}

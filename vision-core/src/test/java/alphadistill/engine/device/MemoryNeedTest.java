package alphadistill.engine.device;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.Draws;
import alphadistill.engine.Heads;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.layer.BodySpec;
import alphadistill.engine.layer.DistilledTransformer;
import alphadistill.engine.layer.Embedding;
import alphadistill.engine.layer.PatchEmbedding;
import alphadistill.engine.layer.WindowEmbedding;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class MemoryNeedTest {
  private final Kernels kernels = new CpuKernels(1);

  @Test
  void tellsWhatAStepOfAWindowStudentTakes() {
    compare(BodySpec.deit(48, 3, 4, 1, true, 0.1), WindowEmbedding.of(20, 24), 20, 64, 20, 24);
    compare(BodySpec.deit(48, 3, 4, 1, false, 0), WindowEmbedding.of(60, 8), 60, 16, 60, 8);
  }

  @Test
  void tellsWhatAStepOfAnImageTransformerTakes() {
    BodySpec third = new BodySpec(64, 4, 2, 4, 10, false, 0.1, true, 1e-4, false, 1e-6);
    compare(third, PatchEmbedding.of(32, 32, 4), 64, 8, 3, 32, 32);
    BodySpec distilled = BodySpec.deit(192, 2, 3, 100, true, 0.1);
    compare(distilled, PatchEmbedding.of(64, 64, 16), 16, 4, 3, 64, 64);
  }

  private void compare(
      BodySpec body, Embedding.Factory embedding, int patches, int batch, long... sample) {
    for (boolean recompute : new boolean[] {false, true}) {
      compare(recompute, body, embedding, patches, batch, sample);
    }
  }

  /** Weights and arrays of a step to the byte. */
  private void compare(
      boolean recompute,
      BodySpec body,
      Embedding.Factory embedding,
      int patches,
      int batch,
      long... sample) {
    long numbers = Arrays.stream(sample).reduce(1, Math::multiplyExact);
    INDArray input = kernels.allocate(
        LongStream.concat(LongStream.of(batch), Arrays.stream(sample)).toArray());
    DistilledTransformer network = new DistilledTransformer(kernels, body, embedding, 1);
    Heads heads = network.forward(input, Pass.training(Draws.of(1, "drop path", 0, 0), recompute));
    network.backward(heads, heads.classOutput(), heads.distOutput());
    long weights =
        network.parameters().stream().mapToLong(p -> p.value().length()).sum();

    MemoryNeed need = MemoryNeed.ofTraining(
        ComputeDevice.cpu(), body, patches, numbers, sample.length == 3, batch, false, recompute);
    assertThat(need.weights()).isEqualTo(Float.BYTES * weights);
    assertThat(need.activations() + need.scratch())
        .isEqualTo(Float.BYTES * network.scratchElements());
    assertThat(need.input()).isEqualTo(Float.BYTES * input.length());
  }
}

package alphadistill.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.augment.Draws;
import alphadistill.engine.Heads;
import alphadistill.engine.Network;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.Teacher;
import alphadistill.engine.checkpoint.CheckpointException;
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
import alphadistill.engine.optim.GradientClip;
import alphadistill.engine.optim.Schedule;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CheckpointsTest {
  private static final int EPOCHS = 3;
  private static final int BATCHES = 4;

  @TempDir
  private Path folder;

  /** A power cut. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private record Batch(INDArray inputs, INDArray labels, INDArray answers) {}

  /** Four batches an epoch; dies before the step it is told. */
  private record Task(int killedBefore, DistillationLoss objective) implements Trainer.Task<Batch> {
    @Override
    public List<Batch> epoch(int epoch) {
      return IntStream.range(0, BATCHES)
          .mapToObj(i -> new Batch(
              normal(epoch, i, 6, 3, 5), normal(epoch, i + 10, 6, 1), normal(epoch, i + 20, 6, 1)))
          .toList();
    }

    @Override
    public Batch transform(Batch batch, int epoch, int step) {
      if (epoch * BATCHES + step == killedBefore) {
        throw new Killed();
      }
      return batch;
    }

    @Override
    public INDArray inputs(Batch batch) {
      return batch.inputs();
    }

    @Override
    public Teacher<Batch> teacher() {
      return Batch::answers;
    }

    @Override
    public Loss loss(Heads heads, Batch batch, INDArray answer) {
      return objective.of(heads, batch.labels(), answer);
    }

    @Override
    public double validate(Network network) {
      Batch batch = epoch(99).get(0);
      return -loss(network.forward(batch.inputs(), Pass.EVALUATION), batch, batch.answers())
          .value();
    }

    @Override
    public java.util.Map<String, Double> figures() {
      return java.util.Map.of("a third", 1.0 / 3);
    }

    private static INDArray normal(int epoch, int batch, long... shape) {
      Draws draws = Draws.of(3, "batch", epoch, batch);
      float[] values = new float[(int) java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) draws.normal();
      }
      return Nd4j.createFromArray(values).reshape('c', shape);
    }
  }

  private record Trained(DistilledTransformer network, Trainer.Outcome outcome) {
    List<float[]> weights() {
      return network.parameters().stream()
          .map(Parameter::value)
          .map(value -> value.reshape('c', new long[] {value.length()}).toFloatVector())
          .toList();
    }
  }

  private static DistillationLoss objective(Kernels kernels) {
    return new DistillationLoss(
        kernels, new Distance.Squared(), new Distillation.Score(0.5, new Distance.Squared()));
  }

  private static Trained train(long seedOfWeights, int killedBefore, Checkpoints checkpoints) {
    return train(new CpuKernels(1), seedOfWeights, killedBefore, checkpoints);
  }

  private static Trained train(
      Kernels kernels, long seedOfWeights, int killedBefore, Checkpoints checkpoints) {
    DistilledTransformer network = new DistilledTransformer(
        kernels, BodySpec.deit(8, 2, 2, 1, true, 0.3), WindowEmbedding.of(3, 5), seedOfWeights);
    Trainer.Recipe recipe = new Trainer.Recipe(
        EPOCHS, new Schedule.WarmCosine(0.01, 1, EPOCHS), new GradientClip(1), 0.8, 2, 9);
    Trainer<Batch> trainer = new Trainer<>(
        kernels, network, new Task(killedBefore, objective(kernels)), recipe, List.of());
    AdamW optimiser = new AdamW(kernels, network.parameters(), AdamW.Spec.withDecay(0.05));
    return new Trained(
        network,
        checkpoints == null ? trainer.train(optimiser) : trainer.train(optimiser, checkpoints));
  }

  @Test
  void aTrainingKilledBeforeAnyStepEndsWithTheSameBits() {
    Trained whole = train(5, -1, null);
    for (int every : new int[] {1, 3}) {
      for (int killed = 1; killed < EPOCHS * BATCHES; killed++) {
        int at = killed;
        Checkpoints checkpoints = new Checkpoints(folder.resolve(every + "-" + killed), every);
        assertThatThrownBy(() -> train(5, at, checkpoints)).isInstanceOf(Killed.class);

        // other weights to begin with, where there is a checkpoint to replace them
        long seed = killed >= every ? 77 : 5;
        Trained resumed = train(seed, -1, checkpoints);

        assertThat(resumed.outcome()).as("killed before step %d", at).isEqualTo(whole.outcome());
        assertThat(resumed.weights())
            .as("killed before step %d", at)
            .usingElementComparator(java.util.Arrays::compare)
            .containsExactlyElementsOf(whole.weights());
      }
    }
  }

  /** The device goes away in the middle of an update: some weights in memory are of one step, some of the next. */
  @Test
  void aDeviceLostInTheMiddleOfAStepLeavesTheCheckpointBeforeItWhole() {
    Trained whole = train(5, -1, null);
    int parameters = whole.network().parameters().size();
    for (int step = 1; step < EPOCHS * BATCHES; step += 3) {
      Checkpoints checkpoints = new Checkpoints(folder.resolve("lost-" + step), 1);
      Kernels lost = losing(new CpuKernels(1), step * parameters + parameters / 2);
      assertThatThrownBy(() -> train(lost, 5, -1, checkpoints)).isInstanceOf(DeviceLost.class);

      Trained resumed = train(77, -1, checkpoints);

      assertThat(resumed.outcome()).as("lost in step %d", step).isEqualTo(whole.outcome());
      assertThat(resumed.weights())
          .as("lost in step %d", step)
          .usingElementComparator(java.util.Arrays::compare)
          .containsExactlyElementsOf(whole.weights());
    }
  }

  private static final class DeviceLost extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Kernels of a device that goes away before the given update of a parameter, and does not come back. */
  private static Kernels losing(Kernels kernels, int update) {
    AtomicInteger updates = new AtomicInteger();
    return (Kernels) Proxy.newProxyInstance(
        Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, given) -> {
          int made = method.getName().equals("adamW") ? updates.getAndIncrement() : updates.get();
          if (made >= update) {
            throw new DeviceLost();
          }
          return method.invoke(kernels, given);
        });
  }

  @Test
  void aFinishedTrainingIsNotTrainedAgain() {
    Checkpoints checkpoints = new Checkpoints(folder, 2);
    Trained first = train(5, -1, checkpoints);
    Trained again = train(77, 0, checkpoints);
    assertThat(again.weights())
        .usingElementComparator(java.util.Arrays::compare)
        .containsExactlyElementsOf(first.weights());
  }

  @Test
  void damagedOrForeignCheckpointsAreRefusedInOneLine() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder, 1);
    assertThatThrownBy(() -> train(5, 6, checkpoints)).isInstanceOf(Killed.class);
    Path tensors;
    try (var files = Files.list(folder)) {
      tensors =
          files.filter(f -> f.toString().endsWith(".safetensors")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(tensors);
    bytes[bytes.length - 5] ^= 1;
    Files.write(tensors, bytes);
    assertRefused(checkpoints, tensors.getFileName().toString());

    Files.delete(tensors);
    assertRefused(checkpoints, tensors.getFileName().toString());

    Files.writeString(folder.resolve("state.json"), "{\"epoch\": ");
    assertRefused(checkpoints, "state.json");
  }

  private static void assertRefused(Checkpoints checkpoints, String file) {
    assertThatThrownBy(() -> train(5, -1, checkpoints))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll(file, "delete ")
        .message()
        .doesNotContain("\n");
  }
}

package alphadistill.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.augment.Draws;
import alphadistill.engine.Heads;
import alphadistill.engine.Network;
import alphadistill.engine.Pass;
import alphadistill.engine.Teacher;
import alphadistill.engine.kernels.CpuKernels;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TrainerTest {
  private static final int SAMPLES = 16;

  /** One batch: inputs (N, 3, 5), labels and teacher's answers (N, 1). */
  private record Batch(INDArray inputs, INDArray labels, INDArray answers) {}

  private static Batch batch() {
    Draws draws = Draws.of(3, "batch");
    float[] x = new float[SAMPLES * 15];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) draws.normal();
    }
    float[][] label = new float[SAMPLES][1];
    float[][] answer = new float[SAMPLES][1];
    for (int n = 0; n < SAMPLES; n++) {
      label[n][0] = (float) draws.normal();
      answer[n][0] = x[n * 15];
    }
    return new Batch(
        Nd4j.createFromArray(x).reshape(SAMPLES, 3, 5),
        Nd4j.createFromArray(label),
        Nd4j.createFromArray(answer));
  }

  private static class OneBatch implements Trainer.Task<Batch> {
    private final Batch batch = batch();
    private final List<Double> validations = new ArrayList<>();
    private final DistillationLoss objective = new DistillationLoss(
        new CpuKernels(1),
        new Distance.Squared(),
        new Distillation.Score(0.5, new Distance.Squared()));

    @Override
    public List<Batch> epoch(int epoch) {
      return List.of(batch);
    }

    @Override
    public Batch transform(Batch batch, int epoch, int step) {
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
      Heads heads = network.forward(batch.inputs(), Pass.EVALUATION);
      double value = -loss(heads, batch, batch.answers()).value();
      validations.add(value);
      return value;
    }
  }

  private static DistilledTransformer network(CpuKernels kernels) {
    return new DistilledTransformer(
        kernels, BodySpec.deit(16, 2, 4, 1, true, 0.1), WindowEmbedding.of(3, 5), 5);
  }

  private static Trainer.Outcome train(
      DistilledTransformer network, CpuKernels kernels, OneBatch task, int epochs) {
    Trainer.Recipe recipe = new Trainer.Recipe(
        epochs, new Schedule.WarmCosine(0.01, 1, epochs), new GradientClip(1), 0, epochs, 9);
    return new Trainer<>(kernels, network, task, recipe, List.of())
        .train(new AdamW(kernels, network.parameters(), AdamW.Spec.withDecay(0)));
  }

  @Test
  void runsBlocksAgainWhereTheRecipeSaysSo() {
    CpuKernels kernels = new CpuKernels(1);
    DistilledTransformer keeping = network(kernels);
    DistilledTransformer recomputing = network(kernels);
    train(keeping, kernels, new OneBatch(), 3);
    Trainer.Recipe recipe = new Trainer.Recipe(
        3, new Schedule.WarmCosine(0.01, 1, 3), new GradientClip(1), 0, 3, 9, true, true);
    new Trainer<>(kernels, recomputing, new OneBatch(), recipe, List.of())
        .train(new AdamW(kernels, recomputing.parameters(), AdamW.Spec.withDecay(0)));

    for (int i = 0; i < keeping.parameters().size(); i++) {
      assertThat(bits(recomputing.parameters().get(i).value()))
          .isEqualTo(bits(keeping.parameters().get(i).value()));
    }
    assertThat(recomputing.scratchElements()).isLessThan(keeping.scratchElements());
  }

  @Test
  void overfitsOneBatch() {
    CpuKernels kernels = new CpuKernels(1);
    Trainer.Outcome outcome = train(network(kernels), kernels, new OneBatch(), 200);

    assertThat(outcome.bestValidation()).isGreaterThan(-0.01);
  }

  @Test
  void givesTheSameWeightsEveryTimeOnAnyNumberOfThreads() {
    List<INDArray> first = new ArrayList<>();
    for (int threads : new int[] {1, 3}) {
      CpuKernels kernels = new CpuKernels(threads);
      DistilledTransformer network = network(kernels);
      train(network, kernels, new OneBatch(), 5);
      if (first.isEmpty()) {
        network.parameters().forEach(p -> first.add(p.value()));
      }
      for (int i = 0; i < first.size(); i++) {
        assertThat(bits(network.parameters().get(i).value())).isEqualTo(bits(first.get(i)));
      }
    }
  }

  @Test
  void allocatesNothingAfterTheFirstStep() {
    CpuKernels kernels = new CpuKernels(1);
    DistilledTransformer network = network(kernels);
    OneBatch task = new OneBatch();
    train(network, kernels, task, 2);
    long before = network.scratchElements();
    train(network, kernels, task, 20);

    assertThat(network.scratchElements()).isEqualTo(before);
  }

  @Test
  void stopsEarlyAndKeepsTheBestWeights() {
    CpuKernels kernels = new CpuKernels(1);
    DistilledTransformer network = network(kernels);
    double[] scripted = {1, 3, 2, 2, 9};
    List<INDArray> atBest = new ArrayList<>();
    OneBatch task = new OneBatch() {
      private int calls;

      @Override
      public double validate(Network n) {
        if (calls == 1) {
          n.parameters().forEach(p -> atBest.add(p.value().dup()));
        }
        return scripted[calls++];
      }
    };
    Trainer.Recipe recipe =
        new Trainer.Recipe(5, new Schedule.Constant(0.01), new GradientClip(0), 0, 2, 1);
    Trainer.Outcome outcome = new Trainer<>(kernels, network, task, recipe, List.of())
        .train(new AdamW(kernels, network.parameters(), AdamW.Spec.withDecay(0)));

    assertThat(outcome.epochs()).hasSize(4);
    assertThat(outcome.bestEpoch()).isEqualTo(1);
    for (int i = 0; i < atBest.size(); i++) {
      assertThat(bits(network.parameters().get(i).value())).isEqualTo(bits(atBest.get(i)));
    }
  }

  @Test
  void saysWhereTheLossStoppedBeingANumber() {
    CpuKernels kernels = new CpuKernels(1);
    DistilledTransformer network = network(kernels);
    OneBatch task = new OneBatch() {
      @Override
      public Loss loss(Heads heads, Batch batch, INDArray answer) {
        return new Loss(Double.NaN, heads.classOutput(), heads.distOutput());
      }
    };

    assertThatThrownBy(() -> train(network, kernels, task, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("loss is NaN at epoch 0, step 0");
  }

  @Test
  void anInfiniteGradientStopsBeforeItReachesAWeightAndNamesItsBatch() {
    CpuKernels kernels = new CpuKernels(1);
    DistilledTransformer network = network(kernels);
    List<INDArray> before =
        network.parameters().stream().map(p -> p.value().dup()).toList();
    OneBatch task = new OneBatch() {
      @Override
      public Loss loss(Heads heads, Batch batch, INDArray answer) {
        Loss loss = super.loss(heads, batch, answer);
        return new Loss(
            loss.value(), loss.classGradient().mul(Double.POSITIVE_INFINITY), loss.distGradient());
      }

      @Override
      public String describe(int epoch, int step) {
        return "windows 3, 1 and 2";
      }
    };

    assertThatThrownBy(() -> train(network, kernels, task, 1))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("gradient norm is")
        .hasMessageContaining("(windows 3, 1 and 2)");
    for (int i = 0; i < before.size(); i++) {
      assertThat(bits(network.parameters().get(i).value())).isEqualTo(bits(before.get(i)));
    }
  }

  @Test
  void tellsListenersOfEveryStepAndKeepsFurtherFigures() {
    CpuKernels kernels = new CpuKernels(1);
    DistilledTransformer network = network(kernels);
    OneBatch task = new OneBatch() {
      @Override
      public java.util.Map<String, Double> figures() {
        return java.util.Map.of("accuracy", 0.5);
      }
    };
    List<String> told = new ArrayList<>();
    TrainingListener listener = new TrainingListener() {
      @Override
      public void begins(int epoch, int step, List<Trainer.Epoch> done) {
        told.add("begins " + epoch + " " + step + " " + done.size());
      }

      @Override
      public void stepDone(Trainer.Step step) {
        told.add("step " + step.epoch() + " " + step.step() + " of " + step.steps());
      }

      @Override
      public void epochDone(Trainer.Epoch epoch) {
        told.add("epoch " + epoch.epoch() + " " + epoch.figures());
      }
    };
    Trainer.Recipe recipe =
        new Trainer.Recipe(2, new Schedule.Constant(0.01), new GradientClip(0), 0, 2, 1);
    new Trainer<>(kernels, network, task, recipe, List.of(listener))
        .train(new AdamW(kernels, network.parameters(), AdamW.Spec.withDecay(0)));

    assertThat(told)
        .containsExactly(
            "begins 0 0 0",
            "step 0 0 of 1",
            "epoch 0 {accuracy=0.5}",
            "step 1 0 of 1",
            "epoch 1 {accuracy=0.5}");
  }

  @Test
  void anAverageThatIsNotJudgedStandsBesideTheRawWeights() {
    Trainer.Outcome plain = averaged(0, true, new ArrayList<>());
    List<INDArray> raw = new ArrayList<>();
    Trainer.Outcome beside = averaged(0.5, false, raw);
    Trainer.Outcome judged = averaged(0.5, true, new ArrayList<>());

    assertThat(beside.bestValidation()).isEqualTo(plain.bestValidation());
    assertThat(judged.bestValidation()).isNotEqualTo(plain.bestValidation());
    assertThat(judged.average()).isEmpty();
    assertThat(bits(beside.average().get("cls_token"))).isNotEqualTo(bits(raw.get(0)));
  }

  private static Trainer.Outcome averaged(double decay, boolean judged, List<INDArray> classToken) {
    CpuKernels kernels = new CpuKernels(1);
    DistilledTransformer network = network(kernels);
    Trainer.Recipe recipe = new Trainer.Recipe(
        4, new Schedule.Constant(0.01), new GradientClip(0), decay, 4, 1, judged, false);
    Trainer.Outcome outcome = new Trainer<>(kernels, network, new OneBatch(), recipe, List.of())
        .train(new AdamW(kernels, network.parameters(), AdamW.Spec.withDecay(0)));
    classToken.add(network.parameters().get(0).value());
    return outcome;
  }

  private static float[] bits(INDArray x) {
    return x.dup('c').reshape(x.length()).toFloatVector();
  }
}

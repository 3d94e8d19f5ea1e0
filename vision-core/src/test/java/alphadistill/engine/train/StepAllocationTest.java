package alphadistill.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.Draws;
import alphadistill.engine.Heads;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.BatchInput;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.layer.BodySpec;
import alphadistill.engine.layer.DistilledTransformer;
import alphadistill.engine.layer.PatchEmbedding;
import alphadistill.engine.loss.Distance;
import alphadistill.engine.loss.Distillation;
import alphadistill.engine.loss.DistillationLoss;
import alphadistill.engine.loss.Loss;
import alphadistill.engine.optim.AdamW;
import alphadistill.engine.optim.ExponentialAverage;
import alphadistill.engine.optim.GradientClip;
import alphadistill.engine.optim.Lamb;
import alphadistill.engine.optim.Optimiser;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a training step allocates once its arrays are there: counted, not timed. */
class StepAllocationTest {
  private static final int WARM_UP = 3;
  private static final int COUNTED = 4;
  private static final int SAMPLES = 8;
  private static final int CLASSES = 10;

  /** Heap bytes of a step: blocks of 64 KB that the kernels fill with zeros or sum, rows of parameters, small objects. */
  private static final long HEAP_BYTES = 5 << 20;

  /** Heap bytes of a loss: what tells threads what to do. */
  private static final long LOSS_HEAP_BYTES = 2 << 10;

  /** So many together that the counting itself, some 60 KB, is little. */
  private static final int LOSSES = 300;

  /** Steps until vectors are compiled: interpreted ones are objects. */
  private static final int COMPILED = 300;

  private final Kernels kernels = new CpuKernels(2);
  private final INDArray images = kernels.allocate(SAMPLES, 3, 64, 64);
  private final INDArray targets = kernels.allocate(SAMPLES, CLASSES);
  private final INDArray answers = kernels.allocate(SAMPLES, CLASSES);
  private final GradientClip clip = new GradientClip(1);
  private int steps;

  /** Every way to be taught, and the student that learns from the teacher on its only head. */
  private enum Teaching {
    HARD(new Distance.CrossEntropy(), new Distillation.Hard(0.5), true),
    SOFT(
        new Distance.CrossEntropy(),
        new Distillation.Soft(0.5, 3, Distillation.Soft.Normalisation.SAMPLES),
        true),
    SCORE(new Distance.Huber(1), new Distillation.Score(0.5, new Distance.Squared()), true),
    BINARY_WITHOUT_TEACHER(new Distance.BinaryCrossEntropy(), new Distillation.None(), true),
    CLASS_ONLY(new Distance.CrossEntropy(), new Distillation.Hard(0.5), false);

    private final Distance classPart;
    private final Distillation distillation;
    private final boolean token;

    Teaching(Distance classPart, Distillation distillation, boolean token) {
      this.classPart = classPart;
      this.distillation = distillation;
      this.token = token;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HARD, false, false",
    "SOFT, true, false",
    "SCORE, false, true",
    "BINARY_WITHOUT_TEACHER, false, false",
    "CLASS_ONLY, false, false"
  })
  void aStepWithItsLossMakesNoArray(Teaching teaching, boolean recompute, boolean lamb) {
    DistilledTransformer network = new DistilledTransformer(
        kernels,
        BodySpec.deit(96, 3, 3, CLASSES, teaching.token, 0.2),
        PatchEmbedding.of(64, 64, 8),
        1);
    DistillationLoss objective =
        new DistillationLoss(kernels, teaching.classPart, teaching.distillation);
    ExponentialAverage average = new ExponentialAverage(kernels, network.parameters(), 0.9);
    Optimiser optimiser = lamb
        ? new Lamb(kernels, network.parameters(), Lamb.Spec.withDecay(0.05))
        : new AdamW(kernels, network.parameters(), AdamW.Spec.withDecay(0.05));
    Runnable step = () -> {
      Heads heads =
          network.forward(images, Pass.training(Draws.of(1, "drop path", 0, steps++), recompute));
      Loss loss = objective.of(heads, targets, answers);
      network.parameters().forEach(parameter -> kernels.zero(parameter.gradient()));
      network.backward(heads, loss.classGradient(), loss.distGradient());
      clip.apply(kernels, network.parameters());
      optimiser.step(0.001);
      average.update();
    };
    assertThat(perStep(step, StepAllocationTest::arrays)).isZero();
    assertThat(leastHeapBytes(step, HEAP_BYTES)).isLessThan(HEAP_BYTES);
  }

  /** Even of a batch that fills several pieces of work. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BINARY_WITHOUT_TEACHER") // fills with zeros
  void aLossAloneTakesNextToNothingOfTheHeap(Teaching teaching) {
    INDArray large = kernels.allocate(256, 100);
    Heads heads = new Heads(large, teaching.token ? large : null, null);
    DistillationLoss objective =
        new DistillationLoss(kernels, teaching.classPart, teaching.distillation);
    Runnable losses = () -> {
      for (int i = 0; i < LOSSES; i++) {
        objective.of(heads, large, large);
      }
    };
    assertThat(perStep(losses, StepAllocationTest::arrays)).isZero();
    assertThat(leastHeapBytes(losses, LOSSES * LOSS_HEAP_BYTES))
        .isLessThan(LOSSES * LOSS_HEAP_BYTES);
  }

  /** What a batch brings from the host lies in the same array each time; the last batch of an epoch is smaller. */
  @Test
  void numbersOfABatchMakeNoArray() {
    BatchInput input = new BatchInput(kernels, CLASSES);
    double[] wide = new double[SAMPLES * CLASSES];
    float[] last = new float[3 * CLASSES];
    assertThat(perStep(
            () -> {
              input.of(wide);
              input.of(last);
            },
            StepAllocationTest::arrays))
        .isZero();
  }

  private static long perStep(Runnable step, LongSupplier counter) {
    for (int i = 0; i < WARM_UP; i++) {
      step.run();
    }
    long before = counter.getAsLong();
    for (int i = 0; i < COUNTED; i++) {
      step.run();
    }
    return (counter.getAsLong() - before) / COUNTED;
  }

  private static long leastHeapBytes(Runnable step, long enough) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COMPILED && least >= enough; i++) {
      long before = heapBytes();
      step.run();
      least = Math.min(least, heapBytes() - before);
    }
    return least;
  }

  /** ND4J numbers every buffer that owns memory. */
  private static long arrays() {
    return Nd4j.getDeallocatorService().nextValue();
  }

  /** Of the calling thread and the kernels' workers. */
  private static long heapBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread -> thread == Thread.currentThread() || thread.getName().startsWith("kernels-"))
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
        .sum();
  }
}

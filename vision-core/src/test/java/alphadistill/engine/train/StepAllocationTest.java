package alphadistill.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.augment.Draws;
import alphadistill.engine.Heads;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.layer.BodySpec;
import alphadistill.engine.layer.DistilledTransformer;
import alphadistill.engine.layer.PatchEmbedding;
import alphadistill.engine.loss.Distance;
import alphadistill.engine.loss.Distillation;
import alphadistill.engine.loss.Loss;
import alphadistill.engine.optim.AdamW;
import alphadistill.engine.optim.ExponentialAverage;
import alphadistill.engine.optim.GradientClip;
import alphadistill.engine.optim.Lamb;
import alphadistill.engine.optim.Optimiser;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a training step allocates once its arrays are there: counted, not timed. */
class StepAllocationTest {
  private static final int WARM_UP = 3;
  private static final int COUNTED = 4;
  private static final int SAMPLES = 8;

  /** Heap bytes of a step: blocks of 64 KB that the kernels fill with zeros or sum, rows of parameters, small objects. */
  private static final long HEAP_BYTES = 6 << 20;

  /** Steps until vectors are compiled: interpreted ones are objects. */
  private static final int COMPILED = 300;

  private final Kernels kernels = new CpuKernels(2);
  private final DistilledTransformer network = new DistilledTransformer(
      kernels, BodySpec.deit(96, 3, 3, 10, true, 0.2), PatchEmbedding.of(64, 64, 8), 1);
  private final INDArray images = kernels.allocate(SAMPLES, 3, 64, 64);
  private final INDArray gradient = kernels.allocate(SAMPLES, 10);
  private final GradientClip clip = new GradientClip(1);
  private final ExponentialAverage average =
      new ExponentialAverage(kernels, network.parameters(), 0.9);
  private int steps;

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true"})
  void networkClippingOptimiserAndAverageMakeNoArray(boolean recompute, boolean lamb) {
    Optimiser optimiser = lamb
        ? new Lamb(kernels, network.parameters(), Lamb.Spec.withDecay(0.05))
        : new AdamW(kernels, network.parameters(), AdamW.Spec.withDecay(0.05));
    Runnable step = () -> {
      Heads heads =
          network.forward(images, Pass.training(Draws.of(1, "drop path", 0, steps++), recompute));
      network.parameters().forEach(parameter -> kernels.zero(parameter.gradient()));
      network.backward(heads, gradient, gradient);
      clip.apply(kernels, network.parameters());
      optimiser.step(0.001);
      average.update();
    };
    assertThat(perStep(step, StepAllocationTest::arrays)).isZero();
    assertThat(leastHeapBytes(step)).isLessThan(HEAP_BYTES);
  }

  /** Losses are ND4J operations on (N, C): their few small arrays are all that a step makes. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aLossMakesFewSmallArrays(boolean hard) {
    INDArray target = kernels.allocate(SAMPLES, 10);
    INDArray answer = kernels.allocate(SAMPLES, 10);
    Distillation distillation =
        hard ? new Distillation.Hard(0.5) : new Distillation.Score(0.5, new Distance.Squared());
    Heads heads = network.forward(images, Pass.EVALUATION);
    long made = perStep(
        () -> {
          Loss loss = distillation.of(
              heads, hard ? new Distance.CrossEntropy() : new Distance.Squared(), target, answer);
          assertThat(loss.value()).isFinite();
        },
        StepAllocationTest::arrays);
    assertThat(made).isBetween(1L, 200L);
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

  private static long leastHeapBytes(Runnable step) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COMPILED && least >= HEAP_BYTES; i++) {
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

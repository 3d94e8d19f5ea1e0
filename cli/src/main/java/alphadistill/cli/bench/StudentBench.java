package alphadistill.cli.bench;

import alphadistill.augment.Draws;
import alphadistill.engine.Heads;
import alphadistill.engine.Parameter;
import alphadistill.engine.Pass;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.layer.BodySpec;
import alphadistill.engine.layer.DistilledTransformer;
import alphadistill.engine.layer.WindowEmbedding;
import alphadistill.engine.loss.Distance;
import alphadistill.engine.loss.Distillation;
import alphadistill.engine.loss.Loss;
import alphadistill.engine.optim.AdamW;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Training steps of a student of the peer's size: forward, distillation loss of two scalar heads, backward, AdamW. Both
 * sides use every core and the same shapes; inputs are made before the clock starts and the teacher is not run.
 */
final class StudentBench {
  private static final int TOKENS = 64;
  private static final int FEATURES = 32;
  private static final int WIDTH = 128;
  private static final int DEPTH = 4;
  private static final int HEADS = 4;

  private StudentBench() {}

  static List<BenchResult> run(Sizes sizes) throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    try (PythonPeer peer = TorchPeer.fastest(sizes.batch(), threads)) {
      return List.of(against(peer, sizes, threads));
    }
  }

  static BenchResult against(PythonPeer peer, Sizes sizes, int threads) {
    Step step = new Step(sizes.batch(), threads);
    Alternation times = peer.isThere()
        ? Alternation.of(2, sizes.runs(), Alternation.seconds(step::run), peer::step)
        : Alternation.alone(2, sizes.runs(), Alternation.seconds(step::run));
    return BenchResult.rate(
        "student",
        "training steps, %d tokens x %d features, d %d, depth %d, heads %d, batch %d"
            .formatted(TOKENS, FEATURES, WIDTH, DEPTH, HEADS, sizes.batch()),
        "samples/s",
        sizes.batch(),
        times,
        peer.name(),
        sizes.runs(),
        peer.settings());
  }

  /** One network and what a step of it needs. */
  private static final class Step {
    private final CpuKernels kernels;
    private final DistilledTransformer network;
    private final AdamW optimiser;
    private final Distillation distillation = new Distillation.Score(0.5, new Distance.Squared());
    private final INDArray windows; // (N, 64, 32)
    private final INDArray labels; // (N, 1)
    private final INDArray answers; // (N, 1)
    private int steps;

    Step(int batch, int threads) {
      kernels = new CpuKernels(threads);
      network = new DistilledTransformer(
          kernels,
          BodySpec.deit(WIDTH, DEPTH, HEADS, 1, true, 0),
          WindowEmbedding.of(TOKENS, FEATURES),
          1);
      optimiser = new AdamW(kernels, network.parameters(), AdamW.Spec.withDecay(0.05));
      Random random = new Random(1);
      windows = normal(random, batch, TOKENS, FEATURES);
      labels = normal(random, batch, 1);
      answers = normal(random, batch, 1);
    }

    void run() {
      Heads heads = network.forward(windows, Pass.training(Draws.of(1, "drop path", 0, steps++)));
      Loss loss = distillation.of(heads, new Distance.Squared(), labels, answers);
      for (Parameter parameter : network.parameters()) {
        kernels.zero(parameter.gradient());
      }
      network.backward(heads, loss.classGradient(), loss.distGradient());
      optimiser.step(5e-4);
    }

    private INDArray normal(Random random, long... shape) {
      INDArray values = kernels.allocate(shape);
      for (long i = 0; i < values.length(); i++) {
        values.putScalar(i, random.nextGaussian());
      }
      return values;
    }
  }
}

package alphadistill.student.learn;

import alphadistill.augment.window.WindowBatch;
import alphadistill.engine.Heads;
import alphadistill.engine.kernels.BatchInput;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.loss.Distance;
import alphadistill.engine.loss.Distillation;
import alphadistill.engine.loss.DistillationLoss;
import alphadistill.engine.loss.Loss;
import alphadistill.student.study.ObjectiveSpec;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loss of a {@link BucketObjective}.
 *
 * <p>A linear model has no classes of its own. Its logits here are the log probabilities of a logistic variable about
 * its answer with a scale of {@value #SPREAD} deviations of the answers, cut where the training answers have their
 * quantiles: the class it names is then the quantile its answer lies in.
 */
final class BucketLoss implements BatchLoss {
  private static final double SPREAD = 0.25;

  private final BucketObjective objective;
  private final int buckets;
  private final DistillationLoss loss;
  private final BatchInput targets;
  private final BatchInput taught;

  BucketLoss(Kernels kernels, BucketObjective objective, boolean taught) {
    this.objective = objective;
    this.buckets = objective.spec().buckets();
    this.loss = new DistillationLoss(
        kernels, new Distance.CrossEntropy(), distillation(objective.spec(), taught));
    this.targets = new BatchInput(kernels, buckets);
    this.taught = new BatchInput(kernels, buckets);
  }

  private static Distillation distillation(ObjectiveSpec spec, boolean taught) {
    if (!taught) {
      return new Distillation.None();
    }
    return spec.temperature() == 0
        ? new Distillation.Hard(spec.teacherShare())
        : new Distillation.Soft(
            spec.teacherShare(), spec.temperature(), Distillation.Soft.Normalisation.SAMPLES);
  }

  @Override
  public Loss of(Heads heads, WindowBatch batch, INDArray answers) {
    double[] target = new double[batch.samples() * buckets];
    for (int n = 0; n < batch.samples(); n++) {
      int bucket = objective.edges().bucket(batch.origins().get(n).day(), batch.labels()[n]);
      target[n * buckets + bucket] = 1;
    }
    return loss.of(heads, targets.of(target), answers == null ? null : taught.of(logits(answers)));
  }

  /** (N, 1) answers as (N, C) logits. */
  private double[] logits(INDArray answers) {
    double[] said = HostCopy.doubles(answers); // a linear model says it on the host anyway
    double[] logits = new double[said.length * buckets];
    double[] inner = objective.answers().inner();
    double scale = SPREAD * objective.answers().deviation();
    for (int n = 0; n < said.length; n++) {
      double below = 0;
      for (int b = 0; b < buckets; b++) {
        double upper = b == buckets - 1 ? 1 : logistic((inner[b] - said[n]) / scale);
        logits[n * buckets + b] = Math.log(Math.max(upper - below, 1e-12));
        below = upper;
      }
    }
    return logits;
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}

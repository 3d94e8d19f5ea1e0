package alphadistill.student.learn;

import alphadistill.augment.window.WindowBatch;
import alphadistill.engine.Heads;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.loss.Distance;
import alphadistill.engine.loss.Distillation;
import alphadistill.engine.loss.Loss;
import alphadistill.student.study.ObjectiveSpec;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Both heads classify the cross-sectional quantile of the return, so that hard and soft distillation are those of the
 * paper. The forecast is the mean over the heads of the expected bucket, scaled to [-1, 1].
 *
 * <p>A linear model has no classes of its own. Its logits here are the log probabilities of a logistic variable about
 * its answer with a scale of {@value #SPREAD} deviations of the answers, cut where the training answers have their
 * quantiles: the class it names is then the quantile its answer lies in.
 *
 * @param answers of the teacher for the training samples; null without a teacher
 */
record BucketObjective(ObjectiveSpec spec, BucketEdges edges, AnswerQuantiles answers)
    implements Objective {
  private static final double SPREAD = 0.25;

  /**
   * Where the teacher's answers are cut.
   *
   * @param inner edges between buckets, rising
   * @param deviation of the answers, positive
   */
  record AnswerQuantiles(double[] inner, double deviation) {
    static AnswerQuantiles of(double[] answers, int buckets) {
      double[] sorted = answers.clone();
      Arrays.sort(sorted);
      double[] inner = new double[buckets - 1];
      for (int b = 0; b < inner.length; b++) {
        inner[b] = sorted[(int) ((long) sorted.length * (b + 1) / buckets)];
      }
      return new AnswerQuantiles(inner, Scale.of(answers).deviation());
    }
  }

  @Override
  public Loss loss(Heads heads, WindowBatch batch, INDArray answers) {
    double[][] target = new double[batch.samples()][spec.buckets()];
    for (int n = 0; n < target.length; n++) {
      target[n][edges.bucket(batch.origins().get(n).day(), batch.labels()[n])] = 1;
    }
    INDArray logits = answers == null ? null : logits(answers);
    return distillation(answers != null)
        .of(
            heads,
            new Distance.CrossEntropy(),
            Nd4j.createFromArray(target).castTo(type(heads)),
            logits);
  }

  private Distillation distillation(boolean taught) {
    if (!taught) {
      return new Distillation.None();
    }
    return spec.temperature() == 0
        ? new Distillation.Hard(spec.teacherShare())
        : new Distillation.Soft(
            spec.teacherShare(), spec.temperature(), Distillation.Soft.Normalisation.SAMPLES);
  }

  private static DataType type(Heads heads) {
    return heads.classOutput().dataType();
  }

  /** (N, 1) answers as (N, C) logits. */
  private INDArray logits(INDArray answers) {
    int buckets = spec.buckets();
    double[] said = HostCopy.doubles(answers); // a linear model says it on the host anyway
    double[][] logits = new double[said.length][buckets];
    for (int n = 0; n < logits.length; n++) {
      double answer = said[n];
      double below = 0;
      for (int b = 0; b < buckets; b++) {
        double upper = b == buckets - 1
            ? 1
            : logistic((this.answers.inner()[b] - answer) / (SPREAD * this.answers.deviation()));
        logits[n][b] = Math.log(Math.max(upper - below, 1e-12));
        below = upper;
      }
    }
    return Nd4j.createFromArray(logits).castTo(answers.dataType());
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Override
  public Parts parts(Heads heads) {
    double[] own = expected(heads.classOutput());
    double[] taught = new double[own.length];
    double[] forecast = own.clone();
    for (int n = 0; n < own.length; n++) {
      taught[n] = Double.NaN;
    }
    if (heads.distilled()) {
      taught = expected(heads.distOutput());
      for (int n = 0; n < own.length; n++) {
        forecast[n] = (own[n] + taught[n]) / 2;
      }
    }
    return new Parts(forecast, own, taught);
  }

  @Override
  public Map<String, String> state() {
    return Map.of();
  }

  /** Expected bucket of each row's softmax, from -1 (lowest) to 1. */
  private double[] expected(INDArray output) {
    double[][] logits = HostCopy.rows(output);
    double[] expected = new double[logits.length];
    for (int n = 0; n < expected.length; n++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int b = 0; b < spec.buckets(); b++) {
        largest = Math.max(largest, logits[n][b]);
      }
      double sum = 0;
      double weighted = 0;
      for (int b = 0; b < spec.buckets(); b++) {
        double weight = Math.exp(logits[n][b] - largest);
        sum += weight;
        weighted += weight * (2.0 * b / (spec.buckets() - 1) - 1);
      }
      expected[n] = weighted / sum;
    }
    return expected;
  }
}

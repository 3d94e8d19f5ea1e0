package alphadistill.student.learn;

import alphadistill.engine.Heads;
import alphadistill.engine.kernels.HostCopy;
import alphadistill.engine.kernels.Kernels;
import alphadistill.student.study.ObjectiveSpec;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Both heads classify the cross-sectional quantile of the return, so that hard and soft distillation are those of the
 * paper. The forecast is the mean over the heads of the expected bucket, scaled to [-1, 1].
 *
 * @param answers of the teacher for the training samples; null without a teacher
 */
record BucketObjective(ObjectiveSpec spec, BucketEdges edges, AnswerQuantiles answers)
    implements Objective {
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
  public BatchLoss loss(Kernels kernels, boolean taught) {
    return new BucketLoss(kernels, this, taught);
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

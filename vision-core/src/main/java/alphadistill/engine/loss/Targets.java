package alphadistill.engine.loss;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Class targets with label smoothing and Mixup (vision.md section 3). */
public final class Targets {
  private Targets() {}

  /**
   * One for the label, zero for every other class.
   *
   * @param labels class of each sample
   * @return (N, C)
   */
  public static INDArray of(long[] labels, int classes, DataType type) {
    double[] whole = new double[labels.length];
    Arrays.fill(whole, 1);
    return mixed(labels, labels, whole, classes, 0, type);
  }

  /**
   * {@link #shares} as an array.
   *
   * @return (N, C)
   */
  public static INDArray mixed(
      long[] labels,
      long[] partners,
      double[] lambda,
      int classes,
      double smoothing,
      DataType type) {
    return Nd4j.createFromArray(shares(labels, partners, lambda, classes, smoothing))
        .castTo(type)
        .reshape('c', labels.length, classes);
  }

  /**
   * {@code lambda * smooth(label) + (1 - lambda) * smooth(partner)}: on = 1 - eps + eps / C, off = eps / C.
   *
   * @param labels class of each sample
   * @param partners class of each sample's partner; the sample's own where it has none
   * @param lambda share of the sample itself, one for each
   * @return (N, C) in C order
   */
  public static double[] shares(
      long[] labels, long[] partners, double[] lambda, int classes, double smoothing) {
    double[] target = new double[labels.length * classes];
    double off = smoothing / classes;
    double on = 1 - smoothing + off;
    for (int n = 0; n < labels.length; n++) {
      for (int c = 0; c < classes; c++) {
        target[n * classes + c] = lambda[n] * (labels[n] == c ? on : off)
            + (1 - lambda[n]) * (partners[n] == c ? on : off);
      }
    }
    return target;
  }
}

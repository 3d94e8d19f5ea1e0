package alphadistill.vision.evaluate;

import alphadistill.engine.kernels.HostCopy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How good each head is alone, and both together (DeiT paper, table 3).
 *
 * @param pictures N
 */
public record HeadTable(int pictures, List<Row> rows) {

  /**
   * One answerer.
   *
   * @param by who, such as {@code class head}
   * @param accuracy share of pictures whose class has the largest logit, in [0, 1]
   * @param crossEntropy mean of -log of the probability given to the true class, in nats
   */
  public record Row(String by, double accuracy, double crossEntropy) {
    /** Standard error of the accuracy when it is measured on so many pictures. */
    public double accuracyError(int pictures) {
      return Math.sqrt(accuracy * (1 - accuracy) / pictures);
    }
  }

  public HeadTable {
    rows = List.copyOf(rows);
  }

  /**
   * The table in the order of the map.
   *
   * @param logits (N, C) of each answerer by name, left unchanged
   */
  public static HeadTable of(Predictions truth, Map<String, INDArray> logits) {
    List<Row> rows = new ArrayList<>();
    logits.forEach((by, values) -> rows.add(new Row(
        by, 1 - Predictions.of(by, values).differsFrom(truth), crossEntropy(truth, by, values))));
    return new HeadTable(truth.pictures(), rows);
  }

  private static double crossEntropy(Predictions truth, String by, INDArray logits) {
    double[][] rows = HostCopy.rows(logits);
    double sum = 0;
    for (int n = 0; n < rows.length; n++) {
      int label = truth.classes()[n];
      if (label >= rows[n].length) {
        throw new IllegalArgumentException("picture %d is of class %d, and %s knows %d classes"
            .formatted(n, label, by, rows[n].length));
      }
      double largest = Arrays.stream(rows[n]).max().getAsDouble();
      double all = Arrays.stream(rows[n]).map(x -> Math.exp(x - largest)).sum();
      sum += largest + Math.log(all) - rows[n][label];
    }
    return sum / rows.length;
  }
}

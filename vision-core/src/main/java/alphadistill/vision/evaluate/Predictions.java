package alphadistill.vision.evaluate;

import alphadistill.engine.kernels.HostCopy;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Which class somebody gives each of the same N pictures: the truth, a teacher, a head.
 *
 * @param by who, in the words shown in tables
 * @param classes index of the class of each picture (N); not changed afterwards
 */
public record Predictions(String by, int[] classes) {

  public Predictions {
    if (classes.length == 0) {
      throw new IllegalArgumentException("%s has no pictures".formatted(by));
    }
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] < 0) {
        throw new IllegalArgumentException(
            "%s gives picture %d the class %d".formatted(by, i, classes[i]));
      }
    }
  }

  /**
   * The class of the largest logit; the first of equal ones.
   *
   * @param logits (N, C), left unchanged
   * @throws IllegalArgumentException if a picture has a logit that is no number
   */
  public static Predictions of(String by, INDArray logits) {
    double[][] rows = HostCopy.rows(logits);
    int[] classes = new int[rows.length];
    for (int n = 0; n < rows.length; n++) {
      for (int c = 0; c < rows[n].length; c++) {
        if (Double.isNaN(rows[n][c])) {
          throw new IllegalArgumentException(
              "%s says NaN for class %d of picture %d".formatted(by, c, n));
        }
        if (rows[n][c] > rows[n][classes[n]]) {
          classes[n] = c;
        }
      }
    }
    return new Predictions(by, classes);
  }

  /** Share of the pictures that the other gives another class, in [0, 1]. */
  public double differsFrom(Predictions other) {
    if (other.classes.length != classes.length) {
      throw new IllegalArgumentException("%s has %d pictures and %s %d"
          .formatted(by, classes.length, other.by, other.classes.length));
    }
    int different = 0;
    for (int i = 0; i < classes.length; i++) {
      different += classes[i] == other.classes[i] ? 0 : 1;
    }
    return different / (double) classes.length;
  }

  /** N. */
  public int pictures() {
    return classes.length;
  }
}

package alphadistill.teacher.penalised;

import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import java.util.Arrays;

/** Whether the days' levels take part in a regression over many days. */
public enum Centring {
  /** Rows as they are, with one intercept for all days. */
  POOLED,
  /** Labels and characteristics less the means of their day: what is left tells assets of the same day apart. */
  BY_DATE;

  /**
   * Rows of one day as a regression takes them.
   *
   * @param x {@code [row][characteristic]}
   * @param y label of each row
   * @param meanX what was taken off each characteristic
   * @param meanY what was taken off the labels
   */
  record Rows(double[][] x, double[] y, double[] meanX, double meanY) {}

  Rows of(LabelledCharacteristics.DayRows day) {
    double[] meanX = new double[day.columns().length];
    double meanY = 0;
    if (this == BY_DATE) {
      Arrays.setAll(meanX, c -> mean(day.columns()[c]));
      meanY = mean(day.labels());
    }
    double[][] x = new double[day.count()][meanX.length];
    double[] y = new double[x.length];
    for (int row = 0; row < y.length; row++) {
      y[row] = day.labels()[row] - meanY;
      for (int c = 0; c < meanX.length; c++) {
        x[row][c] = day.columns()[c][row] - meanX[c];
      }
    }
    return new Rows(x, y, meanX, meanY);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }
}

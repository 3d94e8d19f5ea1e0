package alphadistill.teacher.ipca;

import alphadistill.teacher.regression.Cholesky;
import java.util.Arrays;

/**
 * Small symmetric systems, one a period, solved side by side: {@link Cholesky} with the loop over periods inside, which
 * becomes vector instructions. Entry (i, j) of all periods lies in one array.
 */
final class PeriodSystems {
  private PeriodSystems() {}

  /**
   * Replaces the lower triangles by their factors L.
   *
   * @param packed {@code [pair][period]}
   * @param smallestPivot as a share of its diagonal entry
   * @return the first period whose pivot is not above that; -1 when there is none
   */
  static int factor(double[][] packed, int width, double smallestPivot) {
    int periods = packed[0].length;
    double[] diagonal = new double[periods];
    for (int i = 0; i < width; i++) {
      double[] pivot = packed[Cholesky.row(i) + i];
      System.arraycopy(pivot, 0, diagonal, 0, periods);
      for (int j = 0; j < i; j++) {
        double[] entry = packed[Cholesky.row(i) + j];
        for (int c = 0; c < j; c++) {
          subtractProduct(packed[Cholesky.row(i) + c], packed[Cholesky.row(j) + c], entry);
        }
        divide(entry, packed[Cholesky.row(j) + j]);
        subtractProduct(entry, entry, pivot);
      }
      for (int period = 0; period < periods; period++) {
        if (!(pivot[period] > smallestPivot * diagonal[period])) {
          return period;
        }
      }
      for (int period = 0; period < periods; period++) {
        pivot[period] = Math.sqrt(pivot[period]);
      }
    }
    return -1;
  }

  /** Replaces v by {@code (L L')^-1 v}; {@code [row][period]}, of which the first {@code width} rows count. */
  static void solve(double[][] factor, double[][] v, int width) {
    for (int i = 0; i < width; i++) {
      for (int c = 0; c < i; c++) {
        subtractProduct(factor[Cholesky.row(i) + c], v[c], v[i]);
      }
      divide(v[i], factor[Cholesky.row(i) + i]);
    }
    for (int i = width - 1; i >= 0; i--) {
      for (int c = i + 1; c < width; c++) {
        subtractProduct(factor[Cholesky.row(c) + i], v[c], v[i]);
      }
      divide(v[i], factor[Cholesky.row(i) + i]);
    }
  }

  /**
   * Adds {@code h' A h} of every period.
   *
   * @param packed A: {@code [pair][period]}
   * @param h {@code [row][period]}
   */
  static void addQuadraticForm(double[][] packed, double[][] h, double[] target) {
    double[] row = new double[target.length];
    for (int i = 0; i < h.length; i++) {
      Arrays.fill(row, 0);
      for (int j = 0; j < i; j++) {
        addProduct(packed[Cholesky.row(i) + j], h[j], row);
      }
      addRow(row, packed[Cholesky.row(i) + i], h[i], target);
    }
  }

  static void subtractProduct(double[] a, double[] b, double[] target) {
    for (int period = 0; period < target.length; period++) {
      target[period] -= a[period] * b[period];
    }
  }

  private static void addProduct(double[] a, double[] b, double[] target) {
    for (int period = 0; period < target.length; period++) {
      target[period] += a[period] * b[period];
    }
  }

  private static void addRow(double[] below, double[] diagonal, double[] h, double[] target) {
    for (int period = 0; period < target.length; period++) {
      target[period] += h[period] * (2 * below[period] + diagonal[period] * h[period]);
    }
  }

  private static void divide(double[] target, double[] divisor) {
    for (int period = 0; period < target.length; period++) {
      target[period] /= divisor[period];
    }
  }
}

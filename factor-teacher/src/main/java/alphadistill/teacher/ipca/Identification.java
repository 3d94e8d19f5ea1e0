package alphadistill.teacher.ipca;

import alphadistill.teacher.regression.Cholesky;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Picks, among all loadings and factors with the same fitted returns, the pair that {@link Ipca} documents. The order of
 * the steps matters: alpha is made orthogonal before the factors' second moments are made diagonal, because it moves the
 * factors.
 */
final class Identification {
  private Identification() {}

  /**
   * Rotates in place.
   *
   * @param loadings {@code [characteristic * width + factor]}, found factors first
   * @param factors {@code [factor][period]}
   * @param free how many are found; the others are given and stay as they are
   */
  static void restore(double[] loadings, double[][] factors, int free) {
    int width = factors.length;
    makeOrthonormal(loadings, factors, free, width);
    for (int given = free; given < width; given++) {
      makeOrthogonal(loadings, factors, free, width, given);
    }
    rotateToPrincipalAxes(loadings, factors, free, width);
    for (int k = 0; k < free; k++) {
      if (isNegative(loadings, factors[k], k, width)) {
        for (int at = k; at < loadings.length; at += width) {
          loadings[at] = -loadings[at];
        }
        for (int period = 0; period < factors[k].length; period++) {
          factors[k][period] = -factors[k][period];
        }
      }
    }
  }

  /** With {@code B'B = C C'}: B becomes {@code B C'^-1}, f becomes {@code C' f}. */
  private static void makeOrthonormal(double[] loadings, double[][] factors, int free, int width) {
    double[] factor = new double[Cholesky.size(free)];
    for (int a = 0; a < free; a++) {
      for (int b = 0; b <= a; b++) {
        for (int row = 0; row < loadings.length; row += width) {
          factor[Cholesky.row(a) + b] += loadings[row + a] * loadings[row + b];
        }
      }
    }
    if (!(Cholesky.factor(factor, free) > 0)) {
      throw new IllegalArgumentException(
          "the loadings of %d factors are collinear: the returns hold fewer factors; ask for fewer"
              .formatted(free));
    }
    double[] row = new double[free];
    for (int at = 0; at < loadings.length; at += width) {
      System.arraycopy(loadings, at, row, 0, free);
      Cholesky.solveLower(factor, row, free);
      System.arraycopy(row, 0, loadings, at, free);
    }
    for (int period = 0; period < factors[0].length; period++) {
      for (int a = 0; a < free; a++) { // row a of C' reaches only from a on: in place
        double sum = 0;
        for (int b = a; b < free; b++) {
          sum += factor[Cholesky.row(b) + a] * factors[b][period];
        }
        factors[a][period] = sum;
      }
    }
  }

  /** Takes out of the loadings of a given factor what the found ones span, and gives it to their factors. */
  private static void makeOrthogonal(
      double[] loadings, double[][] factors, int free, int width, int given) {
    for (int k = 0; k < free; k++) {
      double shared = 0;
      for (int row = 0; row < loadings.length; row += width) {
        shared += loadings[row + k] * loadings[row + given];
      }
      for (int row = 0; row < loadings.length; row += width) {
        loadings[row + given] -= shared * loadings[row + k];
      }
      for (int period = 0; period < factors[k].length; period++) {
        factors[k][period] += shared * factors[given][period];
      }
    }
  }

  private static void rotateToPrincipalAxes(
      double[] loadings, double[][] factors, int free, int width) {
    if (free == 1) {
      return;
    }
    double[][] moments = new double[free][free];
    for (int a = 0; a < free; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = 0;
        for (int period = 0; period < factors[a].length; period++) {
          sum += factors[a][period] * factors[b][period];
        }
        moments[a][b] = sum;
        moments[b][a] = sum;
      }
    }
    RealMatrix axes =
        new EigenDecomposition(new Array2DRowRealMatrix(moments, false)).getV(); // falling
    double[][] rotation = axes.getData();
    double[] old = new double[free];
    for (int row = 0; row < loadings.length; row += width) {
      System.arraycopy(loadings, row, old, 0, free);
      for (int k = 0; k < free; k++) {
        loadings[row + k] = product(old, rotation, k);
      }
    }
    for (int period = 0; period < factors[0].length; period++) {
      for (int k = 0; k < free; k++) {
        old[k] = factors[k][period];
      }
      for (int k = 0; k < free; k++) {
        factors[k][period] = product(old, rotation, k);
      }
    }
  }

  private static double product(double[] row, double[][] rotation, int column) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += row[i] * rotation[i][column];
    }
    return sum;
  }

  private static boolean isNegative(double[] loadings, double[] factor, int k, int width) {
    double sum = 0;
    for (double value : factor) {
      sum += value;
    }
    if (sum != 0) {
      return sum < 0;
    }
    double largest = 0;
    for (int at = k; at < loadings.length; at += width) {
      largest = Math.abs(loadings[at]) > Math.abs(largest) ? loadings[at] : largest;
    }
    return largest < 0;
  }
}

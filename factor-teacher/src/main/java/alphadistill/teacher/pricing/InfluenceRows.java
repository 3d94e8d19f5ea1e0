package alphadistill.teacher.pricing;

import alphadistill.teacher.regression.NeweyWest;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Influences of T dates on M estimates: row t is T times what date t moves them, so that an estimate minus its truth is
 * the mean of its rows in large samples, and its covariance that of a mean. This is the method of moments without a
 * large matrix of derivatives to invert.
 */
final class InfluenceRows {
  private InfluenceRows() {}

  /** Covariance of the estimates (M, M): long-run covariance of the rows over T. */
  static double[][] covariance(double[][] rows, int lag) {
    double[][] covariance = NeweyWest.longRunCovariance(rows, lag);
    for (double[] row : covariance) {
      for (int b = 0; b < row.length; b++) {
        row[b] /= rows.length;
      }
    }
    return covariance;
  }

  /**
   * {@code v' C^-1 v} for the covariance C of the estimates, also where C is nearly singular: C is never formed, which
   * would square its condition. Bartlett weights are sums over a moving window of lag + 1 rows, multiplied with
   * themselves, so C is {@code W'W} of such sums W and a QR of W is enough.
   */
  static double distance(double[][] rows, int lag, double[] v) {
    int periods = rows.length;
    double[][] sums = new double[periods + lag][v.length];
    double share = 1 / (periods * Math.sqrt(lag + 1.0));
    for (int t = 0; t < periods; t++) {
      for (int s = t; s <= t + lag; s++) {
        for (int i = 0; i < v.length; i++) {
          sums[s][i] += share * rows[t][i];
        }
      }
    }
    RealMatrix r = new QRDecomposition(new Array2DRowRealMatrix(sums, false)).getR();
    RealVector rotated = new ArrayRealVector(v);
    MatrixUtils.solveLowerTriangularSystem(
        r.getSubMatrix(0, v.length - 1, 0, v.length - 1).transpose(), rotated);
    return rotated.dotProduct(rotated);
  }

  static double[][] scaled(double[][] rows, double scale) {
    double[][] scaled = new double[rows.length][];
    for (int t = 0; t < rows.length; t++) {
      scaled[t] = rows[t].clone();
      for (int i = 0; i < scaled[t].length; i++) {
        scaled[t][i] *= scale;
      }
    }
    return scaled;
  }

  /** The columns of both, left ones first. */
  static double[][] joined(double[][] left, double[][] right) {
    double[][] joined = new double[left.length][];
    for (int t = 0; t < left.length; t++) {
      joined[t] = new double[left[t].length + right[t].length];
      System.arraycopy(left[t], 0, joined[t], 0, left[t].length);
      System.arraycopy(right[t], 0, joined[t], left[t].length, right[t].length);
    }
    return joined;
  }
}

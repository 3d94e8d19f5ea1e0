package alphadistill.teacher.pricing;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;

/** Distance of a vector from zero in units of its covariance. */
final class Mahalanobis {
  /** Share of a variance that may be left after the others; below, rounding decides the answer. */
  private static final double SMALLEST_SHARE = 1e-11;

  private Mahalanobis() {}

  /**
   * {@code v' C^-1 v}.
   *
   * @param of what the rows of C are, for the message
   * @throws IllegalArgumentException if C is singular
   */
  static double squared(double[][] covariance, double[] v, String of) {
    return new ArrayRealVector(v, false)
        .dotProduct(cholesky(covariance, of).getSolver().solve(new ArrayRealVector(v, false)));
  }

  /** Cholesky decomposition of a covariance that must not be singular. */
  static CholeskyDecomposition cholesky(double[][] covariance, String of) {
    CholeskyDecomposition cholesky;
    try {
      cholesky = new CholeskyDecomposition(new Array2DRowRealMatrix(covariance, false), 1e-10, 0);
    } catch (NonPositiveDefiniteMatrixException e) {
      throw singular(of, e);
    }
    RealMatrix factor = cholesky.getL();
    for (int i = 0; i < covariance.length; i++) {
      double pivot = factor.getEntry(i, i);
      if (!(pivot * pivot > SMALLEST_SHARE * covariance[i][i])) {
        throw singular(of, null);
      }
    }
    return cholesky;
  }

  private static IllegalArgumentException singular(String of, Exception cause) {
    return new IllegalArgumentException(
        "the covariance of %s is singular: one is a combination of others; leave it out or use fewer assets"
            .formatted(of),
        cause);
  }
}

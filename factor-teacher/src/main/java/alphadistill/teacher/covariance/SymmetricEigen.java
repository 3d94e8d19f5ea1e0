package alphadistill.teacher.covariance;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, largest first.
 *
 * <p>An eigenvector and its negative are equally right: here the entry of largest size is positive (the first of equal
 * ones), so that the same data always give the same signs. The order of equal eigenvalues, and the axes inside their
 * common space, remain arbitrary.
 *
 * @param values falling
 * @param vectors {@code [entry][eigenvector]}, each of length one
 */
public record SymmetricEigen(double[] values, double[][] vectors) {

  /** @param matrix symmetric, all entries finite */
  public static SymmetricEigen of(double[][] matrix) {
    EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(matrix, false));
    double[][] vectors = eigen.getV().getData();
    fixSigns(vectors);
    return new SymmetricEigen(eigen.getRealEigenvalues(), vectors);
  }

  /**
   * Turns columns so that their entry of largest size is positive.
   *
   * @param columns {@code [entry][column]}, changed in place
   * @return the factor of each column, 1 or -1
   */
  public static double[] fixSigns(double[][] columns) {
    double[] signs = new double[columns[0].length];
    for (int column = 0; column < signs.length; column++) {
      double largest = 0;
      for (double[] row : columns) {
        if (Math.abs(row[column]) > Math.abs(largest)) {
          largest = row[column];
        }
      }
      signs[column] = largest < 0 ? -1 : 1;
      for (double[] row : columns) {
        row[column] *= signs[column];
      }
    }
    return signs;
  }

  /** {@code V diag(f) V'} with other values in place of the eigenvalues, symmetric to the last bit. */
  double[][] withValues(double[] replaced) {
    double[][] scaled = new double[vectors.length][];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = vectors[i].clone();
      for (int k = 0; k < replaced.length; k++) {
        scaled[i][k] *= replaced[k];
      }
    }
    double[][] product = new double[vectors.length][vectors.length];
    for (int i = 0; i < product.length; i++) {
      for (int j = 0; j <= i; j++) {
        product[i][j] = CrossProducts.dot(scaled[i], vectors[j]);
        product[j][i] = product[i][j];
      }
    }
    return product;
  }

  double largest() {
    return values[0];
  }

  double smallest() {
    return values[values.length - 1];
  }
}

package alphadistill.teacher.covariance;

import java.util.Arrays;
import java.util.List;

/**
 * An estimated covariance matrix of returns and how it came about.
 *
 * <p>Unit: squared decimal returns of the sample's frequency; nothing is annualised.
 *
 * @param assets names, in the order of rows and columns
 * @param matrix (asset, asset), symmetric; handed over, not to be changed afterwards
 * @param shrinkage weight of the target in [0, 1]; NaN where nothing is shrunk
 * @param observations complete rows used
 */
public record Covariance(
    List<String> assets, double[][] matrix, double shrinkage, int observations) {
  /** Share of the largest eigenvalue below which the smallest is rounding, and an inverse would be noise. */
  private static final double SINGULAR = 1e-12;

  public Covariance {
    assets = List.copyOf(assets);
    if (assets.isEmpty() || matrix.length != assets.size()) {
      throw new IllegalArgumentException(
          "a matrix of %d rows for %d assets".formatted(matrix.length, assets.size()));
    }
    for (int i = 0; i < matrix.length; i++) {
      if (matrix[i].length != matrix.length
          || !Arrays.stream(matrix[i]).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException("the row of '%s' must hold %d finite covariances, was %s"
            .formatted(assets.get(i), matrix.length, Arrays.toString(matrix[i])));
      }
    }
    if (shrinkage < 0 || shrinkage > 1) {
      throw new IllegalArgumentException("shrinkage must be in [0, 1] or NaN, was " + shrinkage);
    }
  }

  /** Standard deviation of each asset. */
  public double[] deviations() {
    double[] deviations = new double[matrix.length];
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] = Math.sqrt(matrix[i][i]);
    }
    return deviations;
  }

  /**
   * Correlations, ones on the diagonal.
   *
   * @throws IllegalArgumentException if an asset does not vary; the message names it
   */
  public double[][] correlation() {
    double[] deviation = deviations();
    double[][] correlation = new double[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      if (!(deviation[i] > 0)) {
        throw new IllegalArgumentException(
            "returns of '%s' never change, so they have no correlation; leave it out"
                .formatted(assets.get(i)));
      }
      for (int j = 0; j < i; j++) {
        correlation[i][j] = matrix[i][j] / (deviation[i] * deviation[j]);
        correlation[j][i] = correlation[i][j];
      }
      correlation[i][i] = 1;
    }
    return correlation;
  }

  /** Largest over smallest eigenvalue; infinite where the smallest is zero but for rounding. */
  public double conditionNumber() {
    SymmetricEigen eigen = SymmetricEigen.of(matrix);
    return isSingular(eigen) ? Double.POSITIVE_INFINITY : eigen.largest() / eigen.smallest();
  }

  /**
   * The inverse, as minimum-variance weights and likelihoods need it.
   *
   * @throws IllegalStateException if the matrix is singular; never a pseudo-inverse
   */
  public double[][] inverse() {
    SymmetricEigen eigen = SymmetricEigen.of(matrix);
    if (isSingular(eigen)) {
      throw new IllegalStateException(
          "the covariance of %d assets from %d rows is singular (eigenvalues %.3g to %.3g) and has no inverse: take more rows than assets, or a shrunk or denoised estimator"
              .formatted(assets.size(), observations, eigen.smallest(), eigen.largest()));
    }
    return eigen.withValues(
        Arrays.stream(eigen.values()).map(value -> 1 / value).toArray());
  }

  private static boolean isSingular(SymmetricEigen eigen) {
    return !(eigen.smallest() > SINGULAR * eigen.largest());
  }
}

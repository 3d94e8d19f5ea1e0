package alphadistill.teacher.crosssection;

import java.util.List;

/**
 * Risk of a day: {@code variance of w'r = x' F x + sum w^2 s} with x the portfolio's exposures. Variances of daily simple
 * returns as decimals; for h days multiply by h.
 *
 * @param factors names: country, industries, styles
 * @param factorCovariance F, (factors, factors)
 * @param specificVariance s, one an asset of the panel
 */
public record RiskModel(
    List<String> factors, double[][] factorCovariance, double[] specificVariance) {

  public RiskModel {
    factors = List.copyOf(factors);
  }

  /**
   * Variance of a portfolio's return.
   *
   * @param weights one an asset of the panel (N)
   * @param exposures {@code [asset][factor]} as of the close before the return; not read where the weight is 0
   */
  public double variance(double[] weights, double[][] exposures) {
    if (weights.length != specificVariance.length || exposures.length != weights.length) {
      throw new IllegalArgumentException("%d weights and %d rows of exposures for %d assets"
          .formatted(weights.length, exposures.length, specificVariance.length));
    }
    double[] x = new double[factors.size()];
    double variance = 0;
    for (int asset = 0; asset < weights.length; asset++) {
      if (weights[asset] != 0) {
        variance += weights[asset] * weights[asset] * specificVariance[asset];
        for (int f = 0; f < x.length; f++) {
          x[f] += weights[asset] * exposures[asset][f];
        }
      }
    }
    for (int a = 0; a < x.length; a++) {
      for (int b = 0; b < x.length; b++) {
        variance += x[a] * factorCovariance[a][b] * x[b];
      }
    }
    return variance;
  }
}

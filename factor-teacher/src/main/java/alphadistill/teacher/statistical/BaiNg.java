package alphadistill.teacher.statistical;

import alphadistill.teacher.covariance.ReturnSample;

/**
 * How many factors returns have, by the criteria IC_p1 to IC_p3 of Bai and Ng, "Determining the number of factors in
 * approximate factor models" (2002): {@code ln V(k) + k g(N, T)} with V(k) the mean squared residual after k principal
 * components. Returns are first demeaned and divided by their standard deviation (divisor T).
 *
 * <p>A choice of {@code kMax} says only that a criterion still falls there, as for few assets it does.
 *
 * @param residualVariances V(k), k = 0 .. kMax; V(0) = 1
 * @param criteria {@code [p - 1][k]}, penalties {@code (N + T) / (N T) ln(N T / (N + T))},
 *     {@code (N + T) / (N T) ln min(N, T)} and {@code ln min(N, T) / min(N, T)}
 * @param choices the k of the smallest value of each criterion
 */
public record BaiNg(double[] residualVariances, double[][] criteria, int[] choices) {

  /**
   * @param kMax largest number of factors considered, below the number of assets and of rows
   * @throws IllegalArgumentException if an asset's returns never change; the message names it
   */
  public static BaiNg of(ReturnSample sample, int kMax) {
    int n = sample.assets().size();
    int t = sample.rows();
    if (kMax < 1 || kMax >= Math.min(n, t)) {
      throw new IllegalArgumentException("kMax must be in 1 .. %d for %d assets and %d rows, was %d"
          .formatted(Math.min(n, t) - 1, n, t, kMax));
    }
    double[][] standardised = sample.centred();
    for (int asset = 0; asset < n; asset++) {
      PrincipalComponents.standardise(sample, standardised[asset], asset, t);
    }
    double[] squares = ThinSvd.of(standardised, kMax).squares();
    double[] variances = new double[kMax + 1];
    double left = 0;
    for (int k = squares.length; k >= 0; k--) { // from the smallest up: no cancellation
      if (k <= kMax) {
        variances[k] = left / n / t;
      }
      left += k > 0 ? squares[k - 1] : 0;
    }
    double smaller = Math.min(n, t);
    double ratio = ((double) n + t) / ((double) n * t);
    double[] penalties = {
      -ratio * Math.log(ratio), ratio * Math.log(smaller), Math.log(smaller) / smaller
    };
    double[][] criteria = new double[penalties.length][kMax + 1];
    int[] choices = new int[penalties.length];
    for (int p = 0; p < penalties.length; p++) {
      for (int k = 0; k <= kMax; k++) {
        criteria[p][k] = Math.log(variances[k]) + k * penalties[p];
        choices[p] = criteria[p][k] < criteria[p][choices[p]] ? k : choices[p];
      }
    }
    return new BaiNg(variances, criteria, choices);
  }
}

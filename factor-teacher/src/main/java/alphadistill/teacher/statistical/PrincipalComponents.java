package alphadistill.teacher.statistical;

import alphadistill.teacher.covariance.Covariance;
import alphadistill.teacher.covariance.ReturnSample;
import alphadistill.teacher.covariance.SymmetricEigen;
import java.util.Arrays;
import java.util.List;

/**
 * Principal components of a covariance or correlation matrix. Each component's loading of largest size is positive.
 *
 * <pre>{@code
 * PrincipalComponents components = PrincipalComponents.ofCorrelation(sample, 5);
 * double[][] scores = components.scores(sample);      // [row][component]
 * double share = components.share(0);                 // of the total variance
 * }</pre>
 *
 * @param assets names, in the order of loadings
 * @param eigenvalues falling: variance of each component, divisor T - 1; as many as there are assets, or rows if these
 *     are fewer (the others are zero)
 * @param loadings {@code [asset][component]}, of the components asked for; each column of length one
 * @param centres what is subtracted from each asset's return before a score: its mean, or zero
 * @param scales what it is then divided by: its standard deviation (divisor T - 1) for correlations, else one
 */
public record PrincipalComponents(
    List<String> assets,
    double[] eigenvalues,
    double[][] loadings,
    double[] centres,
    double[] scales) {

  public PrincipalComponents {
    assets = List.copyOf(assets);
  }

  /** Components of the sample covariance. */
  public static PrincipalComponents ofCovariance(ReturnSample sample, int components) {
    double[] ones = new double[sample.assets().size()];
    Arrays.fill(ones, 1);
    return of(sample, sample.centred(), ones, components);
  }

  /**
   * Components of the correlation matrix: every asset counts alike, whatever its volatility.
   *
   * @throws IllegalArgumentException if an asset's returns never change; the message names it
   */
  public static PrincipalComponents ofCorrelation(ReturnSample sample, int components) {
    double[][] standardised = sample.centred();
    double[] deviations = new double[standardised.length];
    for (int asset = 0; asset < deviations.length; asset++) {
      deviations[asset] = standardise(sample, standardised[asset], asset, sample.rows() - 1);
    }
    return of(sample, standardised, deviations, components);
  }

  /** Components of any covariance, such as a shrunk one; scores are of returns as they are, no mean subtracted. */
  public static PrincipalComponents of(Covariance covariance, int components) {
    int n = covariance.assets().size();
    SymmetricEigen eigen = SymmetricEigen.of(covariance.matrix());
    ThinSvd.requireVarying(eigen.values(), components, n);
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return new PrincipalComponents(
        covariance.assets(),
        eigen.values(),
        Arrays.stream(eigen.vectors())
            .map(row -> Arrays.copyOf(row, components))
            .toArray(double[][]::new),
        new double[n],
        ones);
  }

  private static PrincipalComponents of(
      ReturnSample sample, double[][] table, double[] scales, int components) {
    ThinSvd svd = ThinSvd.of(table, components);
    SymmetricEigen.fixSigns(svd.assets());
    return new PrincipalComponents(
        sample.assets(),
        Arrays.stream(svd.squares()).map(square -> square / (sample.rows() - 1)).toArray(),
        svd.assets(),
        sample.means(),
        scales);
  }

  /** Divides centred returns by their deviation, in place, and returns it. */
  static double standardise(ReturnSample sample, double[] centred, int asset, int divisor) {
    double squares = Arrays.stream(centred).map(value -> value * value).sum();
    double deviation = Math.sqrt(squares / divisor);
    if (!(deviation > 0)) {
      throw new IllegalArgumentException(
          "returns of '%s' never change, so they cannot be standardised; leave it out"
              .formatted(sample.assets().get(asset)));
    }
    for (int row = 0; row < centred.length; row++) {
      centred[row] /= deviation;
    }
    return deviation;
  }

  /** Share of the total variance that a component has. */
  public double share(int component) {
    return eigenvalues[component] / Arrays.stream(eigenvalues).sum();
  }

  /**
   * Values of the components in each row of a sample of the same assets: its own or a later one.
   *
   * @return {@code [row][component]}
   */
  public double[][] scores(ReturnSample sample) {
    if (!sample.assets().equals(assets)) {
      throw new IllegalArgumentException(
          "the components are of %s, the sample is of %s".formatted(assets, sample.assets()));
    }
    double[][] scores = new double[sample.rows()][loadings[0].length];
    for (int asset = 0; asset < loadings.length; asset++) {
      double[] own = sample.series()[asset];
      for (int row = 0; row < scores.length; row++) {
        double value = (own[row] - centres[asset]) / scales[asset];
        for (int component = 0; component < loadings[asset].length; component++) {
          scores[row][component] += value * loadings[asset][component];
        }
      }
    }
    return scores;
  }
}

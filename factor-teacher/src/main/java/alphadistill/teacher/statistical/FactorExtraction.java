package alphadistill.teacher.statistical;

import alphadistill.teacher.covariance.CovarianceEstimator;
import alphadistill.teacher.covariance.ReturnSample;
import java.util.Arrays;

/** How the loadings of statistical factors are found in a window of excess returns. */
public sealed interface FactorExtraction {
  /** @throws IllegalArgumentException if the returns do not vary in so many directions */
  FactorLoadings of(ReturnSample sample, int factors);

  /** {@link PrincipalComponents#ofCorrelation}: volatile assets do not count for more. */
  record OfCorrelation() implements FactorExtraction {
    @Override
    public FactorLoadings of(ReturnSample sample, int factors) {
      PrincipalComponents components = PrincipalComponents.ofCorrelation(sample, factors);
      double middle = Arrays.stream(components.scales()).sum() / components.scales().length;
      return FactorLoadings.of(
          sample.assets(),
          components.loadings(),
          Arrays.stream(components.scales()).map(scale -> middle / scale).toArray(),
          components.eigenvalues());
    }
  }

  /**
   * {@link PrincipalComponents} of a covariance. All but {@link CovarianceEstimator.Sample} hold the (N, N) matrix.
   * Shrinkage towards the identity changes the factors' shares and not their loadings.
   */
  record OfCovariance(CovarianceEstimator estimator) implements FactorExtraction {
    @Override
    public FactorLoadings of(ReturnSample sample, int factors) {
      PrincipalComponents components = estimator instanceof CovarianceEstimator.Sample
          ? PrincipalComponents.ofCovariance(sample, factors)
          : PrincipalComponents.of(estimator.of(sample), factors);
      return FactorLoadings.of(
          sample.assets(), components.loadings(), components.scales(), components.eigenvalues());
    }
  }

  /** {@link AsymptoticComponents}: as of the covariance, but about zero, so mean returns take part. */
  record Asymptotic() implements FactorExtraction {
    @Override
    public FactorLoadings of(ReturnSample sample, int factors) {
      AsymptoticComponents components = AsymptoticComponents.of(sample, factors);
      double[] ones = new double[sample.assets().size()];
      Arrays.fill(ones, 1);
      return FactorLoadings.of(
          sample.assets(), components.loadings(), ones, components.eigenvalues());
    }
  }
}

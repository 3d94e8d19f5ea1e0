package alphadistill.teacher.covariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.teacher.covariance.CovarianceEstimator.AutocorrelationCorrected;
import alphadistill.teacher.covariance.CovarianceEstimator.ConstantCorrelation;
import alphadistill.teacher.covariance.CovarianceEstimator.Denoised;
import alphadistill.teacher.covariance.CovarianceEstimator.Divisor;
import alphadistill.teacher.covariance.CovarianceEstimator.ExponentiallyWeighted;
import alphadistill.teacher.covariance.CovarianceEstimator.Mean;
import alphadistill.teacher.covariance.CovarianceEstimator.OracleApproximating;
import alphadistill.teacher.covariance.CovarianceEstimator.Sample;
import alphadistill.teacher.covariance.CovarianceEstimator.ScaledIdentity;
import alphadistill.teacher.covariance.CovarianceEstimator.SingleIndex;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What must hold for every covariance estimator. */
class CovariancePropertyTest {
  @Provide
  Arbitrary<CovarianceEstimator> estimators() {
    return Arbitraries.of(List.of(
        new Sample(Divisor.ROWS),
        new ExponentiallyWeighted(12, Mean.REMOVED),
        new ExponentiallyWeighted(12, Mean.ZERO),
        new AutocorrelationCorrected(2),
        new ScaledIdentity(),
        new ConstantCorrelation(),
        new SingleIndex(),
        new OracleApproximating(),
        new Denoised()));
  }

  @Property(tries = 300)
  void variancesArePositiveAndNoPortfolioHasANegativeOne(
      @ForAll("estimators") CovarianceEstimator estimator,
      @ForAll @IntRange(min = 1, max = 12) int assets,
      @ForAll @IntRange(min = 4, max = 40) int rows,
      @ForAll long seed) {
    Covariance covariance = estimator.of(RandomReturns.sample(assets, rows, 1, seed));
    double[] values = SymmetricEigen.of(covariance.matrix()).values();
    assertThat(values[assets - 1]).isGreaterThan(-1e-14 * values[0]);
    for (int i = 0; i < assets; i++) {
      assertThat(covariance.matrix()[i][i]).isPositive();
      for (int j = 0; j < assets; j++) {
        assertThat(covariance.matrix()[i][j]).isEqualTo(covariance.matrix()[j][i]);
      }
    }
    assertThat(Double.isNaN(covariance.shrinkage())
            || covariance.shrinkage() >= 0 && covariance.shrinkage() <= 1)
        .isTrue();
  }

  /** Twice the returns: four times the matrix, the same intensity. */
  @Property(tries = 200)
  void theUnitOfReturnsDoesNotChangeTheIntensity(
      @ForAll("estimators") CovarianceEstimator estimator,
      @ForAll @IntRange(min = 2, max = 10) int assets,
      @ForAll long seed) {
    double[][] returns = RandomReturns.of(assets, 30, 1, seed);
    double[][] twice = Arrays.stream(returns)
        .map(own -> Arrays.stream(own).map(value -> 2 * value).toArray())
        .toArray(double[][]::new);
    Covariance once = estimator.of(ReturnSample.of(RandomReturns.names(assets), returns));
    Covariance scaled = estimator.of(ReturnSample.of(RandomReturns.names(assets), twice));
    assertThat(Double.compare(scaled.shrinkage(), once.shrinkage()))
        .isZero(); // a power of two is exact, and NaN is as good as NaN
    for (int i = 0; i < assets; i++) {
      for (int j = 0; j < assets; j++) {
        assertThat(scaled.matrix()[i][j])
            .isCloseTo(4 * once.matrix()[i][j], within(1e-13 * scaled.matrix()[i][i]));
      }
    }
  }

  @Property(tries = 200)
  void theOrderOfAssetsDoesNotMatter(
      @ForAll("estimators") CovarianceEstimator estimator,
      @ForAll @IntRange(min = 2, max = 10) int assets,
      @ForAll long seed) {
    double[][] returns = RandomReturns.of(assets, 30, 2, seed);
    double[][] reversed = new double[assets][];
    for (int i = 0; i < assets; i++) {
      reversed[i] = returns[assets - 1 - i];
    }
    double[][] one =
        estimator.of(ReturnSample.of(RandomReturns.names(assets), returns)).matrix();
    double[][] other =
        estimator.of(ReturnSample.of(RandomReturns.names(assets), reversed)).matrix();
    for (int i = 0; i < assets; i++) {
      for (int j = 0; j < assets; j++) {
        assertThat(other[assets - 1 - i][assets - 1 - j])
            .isCloseTo(one[i][j], within(1e-11 * Math.sqrt(one[i][i] * one[j][j])));
      }
    }
  }

  @Property(tries = 100)
  void targetsKeepWhatTheyPromise(
      @ForAll @IntRange(min = 2, max = 15) int assets, @ForAll long seed) {
    ReturnSample sample = RandomReturns.sample(assets, 20, 1, seed);
    double[][] s = new Sample(Divisor.ROWS).of(sample).matrix();
    double[][] identity = new ScaledIdentity().of(sample).matrix();
    double[][] common = new ConstantCorrelation().of(sample).matrix();
    double[][] index = new SingleIndex().of(sample).matrix();
    double[][] clean = new Denoised().of(sample).matrix();
    double trace = 0;
    double shrunkTrace = 0;
    for (int i = 0; i < assets; i++) {
      trace += s[i][i];
      shrunkTrace += identity[i][i];
      assertThat(common[i][i]).isCloseTo(s[i][i], within(1e-15));
      assertThat(index[i][i]).isCloseTo(s[i][i], within(1e-15));
      assertThat(clean[i][i]).isCloseTo(s[i][i] * 20 / 19, within(1e-15));
    }
    assertThat(shrunkTrace).isCloseTo(trace, within(1e-14));
  }
}

package alphadistill.teacher.statistical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.teacher.covariance.Covariance;
import alphadistill.teacher.covariance.CovarianceEstimator;
import alphadistill.teacher.covariance.CovarianceEstimator.Divisor;
import alphadistill.teacher.covariance.CrossProducts;
import alphadistill.teacher.covariance.RandomReturns;
import alphadistill.teacher.covariance.ReturnSample;
import alphadistill.teacher.covariance.SymmetricEigen;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.LeastSquares;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Components against the plain eigen problem of the full matrix, and against what they are for. */
class ComponentsTest {
  @Test
  void eitherSideOfTheTableGivesTheComponentsOfTheCovariance() {
    for (int[] size : new int[][] {{8, 30}, {30, 8}, {9, 9}, {1, 5}, {12, 2}}) {
      ReturnSample sample = RandomReturns.sample(size[0], size[1], 2, size[0]);
      Covariance covariance = new CovarianceEstimator.Sample(Divisor.ROWS_MINUS_ONE).of(sample);
      int k = Math.min(3, Math.min(size[0], size[1] - 1));
      PrincipalComponents thin = PrincipalComponents.ofCovariance(sample, k);
      PrincipalComponents full = PrincipalComponents.of(covariance, k);
      for (int c = 0; c < k; c++) {
        assertThat(thin.eigenvalues()[c])
            .isCloseTo(full.eigenvalues()[c], within(1e-13 * full.eigenvalues()[0]));
        assertThat(thin.share(c)).isCloseTo(full.share(c), within(1e-12));
        assertThat(column(thin.loadings(), c))
            .containsExactly(column(full.loadings(), c), within(1e-9));
      }
    }
  }

  @Test
  void scoresAreUncorrelatedAndHaveTheEigenvaluesAsVariances() {
    ReturnSample sample = RandomReturns.sample(10, 50, 2, 3);
    for (PrincipalComponents components : List.of(
        PrincipalComponents.ofCovariance(sample, 4),
        PrincipalComponents.ofCorrelation(sample, 4))) {
      double[][] scores = components.scores(sample);
      for (int a = 0; a < 4; a++) {
        for (int b = 0; b < 4; b++) {
          double covariance = dot(column(scores, a), column(scores, b)) / 49;
          assertThat(covariance)
              .isCloseTo(
                  a == b ? components.eigenvalues()[a] : 0,
                  within(1e-13 * components.eigenvalues()[0]));
        }
      }
    }
  }

  @Test
  void correlationComponentsAreThoseOfTheCorrelationMatrix() {
    ReturnSample sample = RandomReturns.sample(6, 40, 2, 4);
    double[][] correlation =
        new CovarianceEstimator.Sample(Divisor.ROWS).of(sample).correlation();
    SymmetricEigen eigen = SymmetricEigen.of(correlation);
    PrincipalComponents components = PrincipalComponents.ofCorrelation(sample, 6);
    assertThat(components.eigenvalues()).containsExactly(eigen.values(), within(1e-13));
    for (int c = 0; c < 6; c++) {
      assertThat(column(components.loadings(), c))
          .containsExactly(column(eigen.vectors(), c), within(1e-10));
    }
  }

  @Test
  void aShrunkCovarianceGivesItsOwnComponents() {
    ReturnSample sample = RandomReturns.sample(20, 10, 1, 5);
    Covariance shrunk = new CovarianceEstimator.SingleIndex().of(sample);
    PrincipalComponents components = PrincipalComponents.of(shrunk, 20);
    double[] first = column(components.loadings(), 0);
    for (int i = 0; i < 20; i++) {
      assertThat(dot(shrunk.matrix()[i], first))
          .isCloseTo(components.eigenvalues()[0] * first[i], within(1e-15));
    }
    assertThat(components.scores(sample)[4][0])
        .isCloseTo(
            IntStream.range(0, 20)
                .mapToDouble(i -> first[i] * sample.series()[i][4])
                .sum(),
            within(1e-15));
  }

  /** As Connor and Korajczyk write it: the (T, T) matrix, then a regression. */
  @Test
  void asymptoticComponentsSolveTheirDefinition() {
    for (int[] size : new int[][] {{40, 12}, {7, 25}}) {
      ReturnSample sample = RandomReturns.sample(size[0], size[1], 2, 6);
      int t = size[1];
      double[][] rows = IntStream.range(0, t)
          .mapToObj(
              row -> Arrays.stream(sample.series()).mapToDouble(own -> own[row]).toArray())
          .toArray(double[][]::new);
      SymmetricEigen eigen = SymmetricEigen.of(CrossProducts.of(rows, size[0]));
      AsymptoticComponents components = AsymptoticComponents.of(sample, 2);
      for (int k = 0; k < 2; k++) {
        assertThat(components.eigenvalues()[k]).isCloseTo(eigen.values()[k], within(1e-15));
        double[] factor = column(components.factors(), k);
        double[] expected =
            Arrays.stream(column(eigen.vectors(), k)).map(f -> f * Math.sqrt(t)).toArray();
        assertThat(factor).containsExactly(expected, within(1e-10));
        for (int i = 0; i < size[0]; i++) {
          assertThat(components.loadings()[i][k])
              .isCloseTo(
                  LeastSquares.fit(
                          Design.ofColumns(List.of("f"), new double[][] {factor}),
                          sample.series()[i])
                      .coefficients()[0],
                  within(1e-13));
        }
      }
    }
  }

  /** V(k) as the mean squared residual of regressions on k scores. */
  @Test
  void theCriteriaOfBaiAndNgRestOnResiduals() {
    int n = 15;
    int t = 60;
    ReturnSample sample = RandomReturns.sample(n, t, 2, 7);
    double[][] standardised = sample.centred();
    for (double[] own : standardised) {
      double deviation = Math.sqrt(dot(own, own) / t);
      for (int row = 0; row < t; row++) {
        own[row] /= deviation;
      }
    }
    double[][] scores = PrincipalComponents.ofCorrelation(sample, 4).scores(sample);
    BaiNg criteria = BaiNg.of(sample, 4);
    for (int k = 1; k <= 4; k++) {
      double[][] columns = new double[k][];
      for (int c = 0; c < k; c++) {
        columns[c] = column(scores, c);
      }
      double squares = 0;
      for (double[] own : standardised) {
        squares += LeastSquares.fit(Design.ofColumns(FactorLoadings.names(k), columns), own)
            .residualSquares();
      }
      double v = squares / n / t;
      assertThat(criteria.residualVariances()[k]).isCloseTo(v, within(1e-13));
      assertThat(criteria.criteria()[1][k])
          .isCloseTo(
              Math.log(v) + k * (1.0 / n + 1.0 / t) * Math.log(Math.min(n, t)), within(1e-12));
    }
  }

  @Test
  void manyAssetsShowTheNumberOfPlantedFactors() {
    assertThat(BaiNg.of(RandomReturns.sample(100, 200, 3, 8), 10).choices())
        .containsExactly(3, 3, 3);
    assertThat(BaiNg.of(RandomReturns.sample(60, 200, 0, 8), 10).choices()).startsWith(0, 0);
  }

  @Test
  void refusesInWords() {
    ReturnSample sample = RandomReturns.sample(10, 4, 1, 9);
    assertThatThrownBy(() -> PrincipalComponents.ofCovariance(sample, 4))
        .hasMessage(
            "returns of 10 assets vary in 3 directions only, fewer than the 4 components asked for: take more rows or assets, or fewer components");
    assertThatThrownBy(() -> AsymptoticComponents.of(sample, 5))
        .hasMessageContaining("vary in 4 directions only");
    assertThatThrownBy(() -> PrincipalComponents.ofCovariance(sample, 0))
        .hasMessage("at least 1 component is needed, was 0");
    assertThatThrownBy(() -> BaiNg.of(sample, 4))
        .hasMessage("kMax must be in 1 .. 3 for 10 assets and 4 rows, was 4");
    double[][] flat = RandomReturns.of(2, 9, 1, 1);
    Arrays.fill(flat[0], 0.1);
    ReturnSample suspended = ReturnSample.of(RandomReturns.names(2), flat);
    assertThatThrownBy(() -> PrincipalComponents.ofCorrelation(suspended, 1))
        .hasMessage("returns of 'A0' never change, so they cannot be standardised; leave it out");
    assertThatThrownBy(() -> PrincipalComponents.ofCovariance(sample, 1).scores(suspended))
        .hasMessageStartingWith("the components are of [A0, A1, ");
  }

  static double[] column(double[][] table, int column) {
    return Arrays.stream(table).mapToDouble(row -> row[column]).toArray();
  }

  static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}

package alphadistill.teacher.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.testing.SharedFolder;
import alphadistill.teacher.regression.ErrorRule;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TradedFactorModelTest {
  /** Moments one by one, a matrix of derivatives and its inverse, as a textbook writes the method of moments. */
  @Test
  void theJointCovarianceIsThatOfStackedMoments() {
    PricingSample sample = new FrenchSample().sample();
    int n = 9;
    int k = 3;
    int periods = sample.periods();
    int width = n * (k + 1) + k;
    for (int lag : new int[] {0, 3}) {
      TradedFactorFit fit = new TradedFactorModel(lag, false).fit(sample);
      double[][] moments = new double[periods][width];
      RealMatrix derivatives = new Array2DRowRealMatrix(width, width);
      for (int t = 0; t < periods; t++) {
        double[] f = sample.factors().values()[t];
        double[] x = {1, f[0], f[1], f[2]};
        for (int i = 0; i < n; i++) {
          double error = sample.assets().values()[t][i] - fit.alphas()[i];
          for (int j = 0; j < k; j++) {
            error -= fit.betas()[i][j] * f[j];
          }
          for (int a = 0; a <= k; a++) {
            moments[t][i * (k + 1) + a] = x[a] * error;
            for (int b = 0; b <= k; b++) {
              derivatives.addToEntry(i * (k + 1) + a, i * (k + 1) + b, x[a] * x[b] / periods);
            }
          }
        }
        for (int j = 0; j < k; j++) {
          moments[t][n * (k + 1) + j] = f[j] - fit.premia()[j];
          derivatives.setEntry(n * (k + 1) + j, n * (k + 1) + j, 1);
        }
      }
      RealMatrix inverse = new LUDecomposition(derivatives).getSolver().getInverse();
      RealMatrix plain = inverse
          .multiply(longRun(moments, lag))
          .multiply(inverse.transpose())
          .scalarMultiply(1.0 / periods);
      RealMatrix ours = new Array2DRowRealMatrix(fit.covariance());
      assertThat(ours.subtract(plain).getNorm()).isLessThan(1e-11 * plain.getNorm());
      for (int i = 0; i < n; i++) {
        assertThat(fit.coefficientErrors()[i][2])
            .isCloseTo(Math.sqrt(plain.getEntry(i * 4 + 2, i * 4 + 2)), within(1e-14));
      }
      RealMatrix ofAlphas = new Array2DRowRealMatrix(n, n);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          ofAlphas.setEntry(i, j, plain.getEntry(4 * i, 4 * j));
        }
      }
      assertThat(fit.robustTest().statistic())
          .isCloseTo(quadratic(ofAlphas, fit.alphas()), relative(1e-9));
    }
  }

  @Test
  void theBartlettFormAgreesWithAPublicPackage() throws Exception {
    JsonNode published = new ObjectMapper()
        .readTree(SharedFolder.require("reference/golden-quant/published-packages.json")
            .toFile())
        .get("linearmodels")
        .get("traded-factors-bartlett-6");
    TradedFactorFit fit = new TradedFactorModel(6, true).fit(new FrenchSample().sample());
    assertThat(fit.robustTest().statistic())
        .isCloseTo(published.get("j").asDouble(), relative(1e-11));
    for (int f = 0; f < 3; f++) {
      assertThat(fit.premiaErrors()[f])
          .isCloseTo(published.get("risk_premia_se").get(f).asDouble(), relative(1e-11));
    }
  }

  /** GRS asks whether assets beside the factors raise the best squared Sharpe ratio (moments divided by T). */
  @Test
  void grsIsTheGainInTheBestSharpeRatio() {
    PricingSample sample = new FrenchSample().sample();
    double[][] all =
        InfluenceRows.joined(sample.assets().values(), sample.factors().values());
    double both = squaredSharpe(all);
    double alone = squaredSharpe(sample.factors().values());
    double plain = (819 - 9 - 3) / 9.0 * (both - alone) / (1 + alone);
    JointTest grs = TradedFactorModel.standard().fit(sample).grs();
    assertThat(grs.statistic()).isCloseTo(plain, relative(1e-10));
    assertThat(grs.pValue())
        .isCloseTo(1 - new FDistribution(9, 807).cumulativeProbability(plain), within(1e-13));
  }

  /** A test of all assets together must not depend on how assets and factors are mixed into others. */
  @Property(tries = 40)
  void testsDoNotDependOnRepackaging(
      @ForAll @IntRange(min = 0, max = 1000) int seed,
      @ForAll @DoubleRange(min = -0.9, max = 0.9) double share,
      @ForAll @DoubleRange(min = 0.2, max = 3) double scale) {
    ReturnTable factors = PricingSampleTest.table(70, 2, 0.03, seed);
    ReturnTable assets = PricingSampleTest.table(70, 4, 0.04, seed + 5000);
    double[][] mixedFactors = new double[70][];
    double[][] mixedAssets = new double[70][];
    for (int t = 0; t < 70; t++) {
      double[] f = factors.values()[t];
      double[] r = assets.values()[t];
      mixedFactors[t] = new double[] {scale * f[0] + share * f[1], f[1]};
      mixedAssets[t] =
          new double[] {r[0], scale * r[1] + share * r[0], r[2] + f[0], r[3] - share * r[1]};
    }
    TradedFactorFit plain = TradedFactorModel.standard().fit(new PricingSample(assets, factors));
    TradedFactorFit mixed = TradedFactorModel.standard()
        .fit(new PricingSample(
            new ReturnTable(assets.dates(), assets.names(), mixedAssets),
            new ReturnTable(factors.dates(), factors.names(), mixedFactors)));
    assertThat(mixed.grs().statistic()).isCloseTo(plain.grs().statistic(), relative(1e-8));
    assertThat(mixed.iidTest().pValue()).isCloseTo(plain.iidTest().pValue(), relative(1e-8));
    assertThat(mixed.robustTest().statistic())
        .isCloseTo(plain.robustTest().statistic(), relative(1e-8));
  }

  @Test
  void oneAssetAndOneFactorAreASimpleRegression() {
    PricingSample sample = new PricingSample(
        PricingSampleTest.table(30, 1, 0.04, 1), PricingSampleTest.table(30, 1, 0.03, 2));
    TradedFactorFit fit = TradedFactorModel.standard().fit(sample);
    double t = fit.alphas()[0] / fit.regressions().get(0).standardErrors(ErrorRule.classical())[0];
    assertThat(fit.grs().statistic()).isCloseTo(t * t, relative(1e-10)); // F(1, T - 2) is t squared
    assertThat(fit.rSquared()).isCloseTo(fit.regressions().get(0).rSquared(), within(1e-14));
    assertThat(List.of(fit.grs().degrees(), fit.grs().denominatorDegrees())).containsExactly(1, 28);
  }

  private static double squaredSharpe(double[][] returns) {
    RealMatrix covariance = new Covariance(new Array2DRowRealMatrix(returns), false) // divisor T
        .getCovarianceMatrix();
    double[] means = new double[returns[0].length];
    for (double[] row : returns) {
      for (int i = 0; i < means.length; i++) {
        means[i] += row[i] / returns.length;
      }
    }
    return quadratic(covariance, means);
  }

  static double quadratic(RealMatrix covariance, double[] v) {
    ArrayRealVector vector = new ArrayRealVector(v);
    return vector.dotProduct(new LUDecomposition(covariance, 0).getSolver().solve(vector));
  }

  /** Bartlett-weighted, not demeaned, divided by T. */
  static RealMatrix longRun(double[][] moments, int lag) {
    RealMatrix all = new Array2DRowRealMatrix(moments);
    int periods = moments.length;
    RealMatrix sum = all.transpose().multiply(all);
    for (int j = 1; j <= lag; j++) {
      RealMatrix late = all.getSubMatrix(j, periods - 1, 0, moments[0].length - 1);
      RealMatrix early = all.getSubMatrix(0, periods - 1 - j, 0, moments[0].length - 1);
      RealMatrix product = late.transpose().multiply(early);
      sum = sum.add(product.add(product.transpose()).scalarMultiply(1 - j / (lag + 1.0)));
    }
    return sum.scalarMultiply(1.0 / periods);
  }

  static Offset<Double> relative(double tolerance) {
    return within(tolerance * 100); // all numbers of these tests are below 100
  }
}

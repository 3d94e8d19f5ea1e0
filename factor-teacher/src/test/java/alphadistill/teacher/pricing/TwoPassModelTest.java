package alphadistill.teacher.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.teacher.pricing.TwoPassModel.Weighting;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoPassModelTest {
  /** Moments of betas, premia and pricing errors as one function, differentiated numerically. */
  @ParameterizedTest
  @CsvSource({"OLS, false, 0", "GLS, false, 2", "OLS, true, 2", "GLS, true, 0"})
  void theJointCovarianceIsThatOfStackedMoments(Weighting weighting, boolean zeroBeta, int lag) {
    PricingSample sample = new FrenchSample().sample();
    TwoPassFit fit = new TwoPassModel(weighting, zeroBeta, lag, true).fit(sample);
    RealMatrix weights = weighting == Weighting.OLS
        ? MatrixUtils.createRealIdentityMatrix(9)
        : MatrixUtils.inverse(
            new Covariance(new Array2DRowRealMatrix(sample.assets().values()))
                .getCovarianceMatrix());
    int constants = zeroBeta ? 1 : 0;
    int q = 3 + constants;
    double[] estimates = new double[36 + q + 9];
    TradedFactorFit first = TradedFactorModel.standard().fit(sample);
    for (int i = 0; i < 9; i++) {
      estimates[4 * i] = first.alphas()[i];
      System.arraycopy(fit.betas()[i], 0, estimates, 4 * i + 1, 3);
    }
    System.arraycopy(fit.premia(), 0, estimates, 36, q);
    System.arraycopy(fit.pricingErrors(), 0, estimates, 36 + q, 9);

    RealMatrix derivatives = new Array2DRowRealMatrix(estimates.length, estimates.length);
    for (int p = 0; p < estimates.length; p++) {
      double[] up = estimates.clone();
      double[] down = estimates.clone();
      up[p] += 1e-4; // moments are quadratic at most, so the step may be wide
      down[p] -= 1e-4;
      double[] above = mean(moments(sample, weights, constants, up));
      double[] below = mean(moments(sample, weights, constants, down));
      for (int m = 0; m < above.length; m++) {
        derivatives.setEntry(m, p, (above[m] - below[m]) / 2e-4);
      }
    }
    double[][] moments = moments(sample, weights, constants, estimates);
    assertThat(Arrays.stream(mean(moments)).map(Math::abs).max().orElseThrow()).isLessThan(1e-12);
    RealMatrix inverse = new LUDecomposition(derivatives, 0).getSolver().getInverse();
    RealMatrix plain = inverse
        .multiply(TradedFactorModelTest.longRun(moments, lag))
        .multiply(inverse.transpose())
        .scalarMultiply(1.0 / (819 - 4));
    for (int p = 0; p < q + 9; p++) {
      for (int r = 0; r < q + 9; r++) {
        double scale = Math.sqrt(plain.getEntry(36 + p, 36 + p) * plain.getEntry(36 + r, 36 + r));
        assertThat(fit.jointCovariance()[p][r])
            .isCloseTo(plain.getEntry(36 + p, 36 + r), within(1e-7 * scale));
      }
    }
    for (int p = 0; p < q; p++) {
      assertThat(fit.jointErrors()[p])
          .isCloseTo(Math.sqrt(plain.getEntry(36 + p, 36 + p)), within(1e-10));
    }
  }

  /** The distance by a QR of moving sums against the inverse of the covariance, where that is possible. */
  @Test
  void theJointTestInvertsTheCovarianceOfPricingErrors() {
    TwoPassFit fit =
        new TwoPassModel(Weighting.OLS, false, 4, true).fit(new FrenchSample().sample());
    RealMatrix covariance =
        new Array2DRowRealMatrix(fit.jointCovariance()).getSubMatrix(3, 11, 3, 11);
    assertThat(fit.jointTest().statistic())
        .isCloseTo(TradedFactorModelTest.quadratic(covariance, fit.pricingErrors()), within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({"OLS, false", "GLS, false", "OLS, true", "GLS, true"})
  void shankenErrorsAndTestAgreeWithLoops(Weighting weighting, boolean zeroBeta) {
    PricingSample sample = new FrenchSample().sample();
    TwoPassFit fit = new TwoPassModel(weighting, zeroBeta, 0, true).fit(sample);
    int constants = zeroBeta ? 1 : 0;
    int q = 3 + constants;
    RealMatrix b = new Array2DRowRealMatrix(9, q);
    for (int i = 0; i < 9; i++) {
      for (int c = 0; c < q; c++) {
        b.setEntry(i, c, c < constants ? 1 : fit.betas()[i][c - constants]);
      }
    }
    RealMatrix w = weighting == Weighting.OLS
        ? MatrixUtils.createRealIdentityMatrix(9)
        : MatrixUtils.inverse(
            new Covariance(new Array2DRowRealMatrix(sample.assets().values()))
                .getCovarianceMatrix());
    RealMatrix a = MatrixUtils.inverse(b.transpose().multiply(w).multiply(b))
        .multiply(b.transpose())
        .multiply(w);
    RealMatrix residuals = new Array2DRowRealMatrix(819, 9);
    for (int i = 0; i < 9; i++) {
      residuals.setColumn(i, sample.firstPass().get(i).residuals());
    }
    RealMatrix s = residuals.transpose().multiply(residuals).scalarMultiply(1.0 / 819);
    RealMatrix o = new Covariance(new Array2DRowRealMatrix(sample.factors().values()), false)
        .getCovarianceMatrix();
    double[] premia = a.operate(sample.assets().means());
    assertThat(fit.premia()).containsExactly(premia, within(1e-14));
    double c = TradedFactorModelTest.quadratic(o, Arrays.copyOfRange(premia, constants, q));
    assertThat(fit.shankenCorrection()).isCloseTo(c, within(1e-13));
    RealMatrix asa = a.multiply(s).multiply(a.transpose());
    for (int p = 0; p < q; p++) {
      double own = p < constants ? 0 : o.getEntry(p - constants, p - constants);
      assertThat(fit.shankenErrors()[p])
          .isCloseTo(Math.sqrt((asa.getEntry(p, p) * (1 + c) + own) / 819), within(1e-14));
    }
    // pricing errors live in the space that A sends to zero: an orthonormal basis of it makes the
    // inverse plain
    RealMatrix free = nullSpace(a);
    double[] errors = free.transpose().operate(fit.pricingErrors());
    RealMatrix m = MatrixUtils.createRealIdentityMatrix(9).subtract(b.multiply(a));
    RealMatrix covariance = free.transpose()
        .multiply(m)
        .multiply(s)
        .multiply(m.transpose())
        .multiply(free)
        .scalarMultiply((1 + c) / 819);
    double plain = TradedFactorModelTest.quadratic(covariance, errors);
    assertThat(fit.shankenTest().degrees()).isEqualTo(9 - q);
    assertThat(fit.shankenTest().statistic()).isCloseTo(plain, within(1e-8));
    assertThat(fit.shankenTest().pValue())
        .isCloseTo(
            1 - new ChiSquaredDistribution(9 - q).cumulativeProbability(plain), within(1e-12));
  }

  @Test
  void famaMacBethErrorsAreThoseOfTheMeanOfThePeriodPremia() {
    PricingSample sample = new FrenchSample().sample();
    TwoPassFit fit = TwoPassModel.standard().fit(sample);
    RealMatrix b = new Array2DRowRealMatrix(fit.betas());
    double[][] premia = new double[819][];
    for (int t = 0; t < 819; t++) {
      premia[t] = MatrixUtils.inverse(b.transpose().multiply(b))
          .multiply(b.transpose())
          .operate(sample.assets().values()[t]);
    }
    for (int f = 0; f < 3; f++) {
      int factor = f;
      double[] series = Arrays.stream(premia).mapToDouble(row -> row[factor]).toArray();
      assertThat(fit.famaMacBethErrors()[f])
          .isCloseTo(ReturnTable.deviation(series) / Math.sqrt(819), within(1e-15));
    }
    assertThat(fit.names()).isEqualTo(FrenchSample.FACTORS);
    assertThat(new TwoPassModel(Weighting.OLS, true, 0, true).fit(sample).names())
        .isEqualTo(List.of("constant", "MktRF", "SMB", "HML"));
  }

  /** A factor in other units has a premium in those units; everything else stays. */
  @Property(tries = 25)
  void scalingAFactorScalesItsPremiumAlone(
      @ForAll @IntRange(min = 0, max = 1000) int seed,
      @ForAll @DoubleRange(min = 0.2, max = 4) double scale) {
    ReturnTable factors = PricingSampleTest.table(90, 2, 0.03, seed);
    double[][] values = new double[90][5];
    ReturnTable noise = PricingSampleTest.table(90, 5, 0.01, seed + 4000);
    double[][] scaled = new double[90][];
    for (int t = 0; t < 90; t++) {
      double[] f = factors.values()[t];
      scaled[t] = new double[] {scale * f[0], f[1]};
      for (int i = 0; i < 5; i++) {
        values[t][i] =
            0.002 * i + f[0] * (0.5 + 0.3 * i) + f[1] * (1 - i % 3) + noise.values()[t][i];
      }
    }
    ReturnTable assets = new ReturnTable(factors.dates(), noise.names(), values);
    TwoPassFit plain =
        new TwoPassModel(Weighting.GLS, true, 1, true).fit(new PricingSample(assets, factors));
    TwoPassFit other = new TwoPassModel(Weighting.GLS, true, 1, true)
        .fit(new PricingSample(assets, new ReturnTable(factors.dates(), factors.names(), scaled)));
    assertThat(other.premia()[1]).isCloseTo(scale * plain.premia()[1], within(1e-10));
    assertThat(other.premia()[2]).isCloseTo(plain.premia()[2], within(1e-10));
    assertThat(other.shankenErrors()[1]).isCloseTo(scale * plain.shankenErrors()[1], within(1e-10));
    assertThat(other.jointErrors()[2]).isCloseTo(plain.jointErrors()[2], within(1e-10));
    assertThat(other.shankenTest().statistic())
        .isCloseTo(plain.shankenTest().statistic(), within(1e-6));
  }

  private static double[][] moments(
      PricingSample sample, RealMatrix weights, int constants, double[] p) {
    int q = 3 + constants;
    RealMatrix b = new Array2DRowRealMatrix(9, q);
    for (int i = 0; i < 9; i++) {
      for (int c = 0; c < q; c++) {
        b.setEntry(i, c, c < constants ? 1 : p[4 * i + 1 + c - constants]);
      }
    }
    double[] explained = b.operate(Arrays.copyOfRange(p, 36, 36 + q));
    RealMatrix instrument = b.transpose().multiply(weights);
    double[][] moments = new double[sample.periods()][];
    for (int t = 0; t < moments.length; t++) {
      double[] f = sample.factors().values()[t];
      double[] r = sample.assets().values()[t];
      double[] x = {1, f[0], f[1], f[2]};
      double[] row = new double[36 + q + 9];
      double[] u = new double[9];
      for (int i = 0; i < 9; i++) {
        double e = r[i];
        for (int a = 0; a < 4; a++) {
          e -= p[4 * i + a] * x[a];
        }
        for (int a = 0; a < 4; a++) {
          row[4 * i + a] = e * x[a];
        }
        u[i] = r[i] - explained[i];
        row[36 + q + i] = u[i] - p[36 + q + i];
      }
      System.arraycopy(instrument.operate(u), 0, row, 36, q);
      moments[t] = row;
    }
    return moments;
  }

  private static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.length;
      }
    }
    return mean;
  }

  /** Orthonormal columns that A sends to zero: eigenvectors of A'A with eigenvalue zero. */
  private static RealMatrix nullSpace(RealMatrix a) {
    RealMatrix v = new SingularValueDecomposition(a.transpose().multiply(a)).getV();
    return v.getSubMatrix(0, 8, a.getRowDimension(), 8);
  }
}

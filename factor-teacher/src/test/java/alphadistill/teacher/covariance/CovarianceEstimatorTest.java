package alphadistill.teacher.covariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;

/** Every estimator against its definition written out in loops or by another route. */
class CovarianceEstimatorTest {
  private static final int N = 7;
  private static final int T = 40;
  private final ReturnSample sample = RandomReturns.sample(N, T, 2, 1);
  private final double[][] x = sample.centred();

  @Test
  void theSampleCovarianceIsThatOfCommonsMath() {
    RealMatrix rows = new Array2DRowRealMatrix(sample.series()).transpose();
    double[][] expected = new org.apache.commons.math3.stat.correlation.Covariance(rows)
        .getCovarianceMatrix()
        .getData();
    Covariance covariance = new Sample(Divisor.ROWS_MINUS_ONE).of(sample);
    assertClose(covariance.matrix(), expected, 1e-14);
    assertClose(
        covariance.correlation(),
        new PearsonsCorrelation(rows).getCorrelationMatrix().getData(),
        1e-13);
    assertThat(covariance.shrinkage()).isNaN();
    assertThat(covariance.observations()).isEqualTo(T);
    assertThat(new Sample(Divisor.ROWS).of(sample).matrix()[2][4])
        .isCloseTo(expected[2][4] * (T - 1) / T, within(1e-16));
  }

  /** As a risk system updates it day by day: {@code S <- l S + (1 - l) r r'}, started so that weights sum to one. */
  @Test
  void exponentialWeightsAgreeWithTheDailyUpdate() {
    double decay = Math.pow(0.5, 1 / 10.0);
    double[] mean = new double[N];
    double[][] second = new double[N][N];
    double total = 0;
    for (int t = 0; t < T; t++) {
      total = decay * total + 1 - decay;
      for (int i = 0; i < N; i++) {
        mean[i] = decay * mean[i] + (1 - decay) * sample.series()[i][t];
        for (int j = 0; j < N; j++) {
          second[i][j] = decay * second[i][j]
              + (1 - decay) * sample.series()[i][t] * sample.series()[j][t];
        }
      }
    }
    double[][] about = new double[N][N];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        second[i][j] /= total;
        about[i][j] = second[i][j] - mean[i] / total * (mean[j] / total);
      }
    }
    assertClose(new ExponentiallyWeighted(10, Mean.ZERO).of(sample).matrix(), second, 1e-13);
    assertClose(new ExponentiallyWeighted(10, Mean.REMOVED).of(sample).matrix(), about, 1e-13);
  }

  @Test
  void correctionForAutocorrelationAddsWeightedLagsInBothDirections() {
    int lag = 3;
    double[][] expected = new double[N][N];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        for (int s = 0; s < T; s++) {
          for (int t = Math.max(0, s - lag); t <= Math.min(T - 1, s + lag); t++) {
            expected[i][j] += (1 - Math.abs(s - t) / (lag + 1.0)) * x[i][s] * x[j][t] / T;
          }
        }
      }
    }
    assertClose(new AutocorrelationCorrected(lag).of(sample).matrix(), expected, 1e-13);
    assertClose(
        new AutocorrelationCorrected(0).of(sample).matrix(),
        new Sample(Divisor.ROWS).of(sample).matrix(),
        1e-14);
  }

  /** Definition of the 2004 paper: distances of matrices, divided by N. */
  @Test
  void theIdentityIntensityIsTheRatioOfTwoDistances() {
    double[][] s = new Sample(Divisor.ROWS).of(sample).matrix();
    double mean = 0;
    for (int i = 0; i < N; i++) {
      mean += s[i][i] / N;
    }
    double distance = 0;
    double noise = 0;
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        distance += Math.pow(s[i][j] - (i == j ? mean : 0), 2) / N;
        for (int t = 0; t < T; t++) {
          noise += Math.pow(x[i][t] * x[j][t] - s[i][j], 2) / N / T / T;
        }
      }
    }
    double shrinkage = Math.min(noise, distance) / distance;
    Covariance covariance = new ScaledIdentity().of(sample);
    assertThat(covariance.shrinkage()).isCloseTo(shrinkage, within(1e-14));
    assertThat(covariance.matrix()[1][1])
        .isCloseTo(shrinkage * mean + (1 - shrinkage) * s[1][1], within(1e-16));
    assertThat(covariance.matrix()[1][2]).isCloseTo((1 - shrinkage) * s[1][2], within(1e-16));
  }

  /**
   * rho as a derivative: how far the target moves when the covariances move along the noise of one row, summed over rows.
   * Central differences instead of the papers' formulae.
   */
  @Test
  void theOtherIntensitiesAreWhatTheDeltaMethodGives() {
    double[] market = new double[T];
    for (int t = 0; t < T; t++) {
      for (int i = 0; i < N; i++) {
        market[t] += x[i][t] / N;
      }
    }
    double[][] all = new double[N + 1][];
    System.arraycopy(x, 0, all, 0, N);
    all[N] = market;
    assertThat(new ConstantCorrelation().of(sample).shrinkage())
        .isCloseTo(byDerivative(all, CovarianceEstimatorTest::constantCorrelation), within(1e-8));
    assertThat(new SingleIndex().of(sample).shrinkage())
        .isCloseTo(byDerivative(all, CovarianceEstimatorTest::singleIndex), within(1e-8));
  }

  private interface TargetOf {
    double at(double[][] s, int i, int j, double meanCorrelation);
  }

  private static double constantCorrelation(double[][] s, int i, int j, double correlation) {
    return i == j ? s[i][i] : correlation * Math.sqrt(s[i][i] * s[j][j]);
  }

  private static double singleIndex(double[][] s, int i, int j, double correlation) {
    return i == j ? s[i][i] : s[i][N] * s[j][N] / s[N][N];
  }

  private static double byDerivative(double[][] all, TargetOf target) {
    double[][] s = new double[N + 1][N + 1];
    for (int i = 0; i <= N; i++) {
      for (int j = 0; j <= N; j++) {
        for (int t = 0; t < T; t++) {
          s[i][j] += all[i][t] * all[j][t] / T;
        }
      }
    }
    double correlation = 0; // held fixed: the papers leave its own noise out
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        correlation += i == j ? 0 : s[i][j] / Math.sqrt(s[i][i] * s[j][j]) / (N * (N - 1));
      }
    }
    double noise = 0;
    double distance = 0;
    double step = 1e-4;
    for (int t = 0; t < T; t++) {
      double[][] up = new double[N + 1][N + 1];
      double[][] down = new double[N + 1][N + 1];
      for (int i = 0; i <= N; i++) {
        for (int j = 0; j <= N; j++) {
          double error = all[i][t] * all[j][t] - s[i][j];
          up[i][j] = s[i][j] + step * error;
          down[i][j] = s[i][j] - step * error;
        }
      }
      for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
          double error = all[i][t] * all[j][t] - s[i][j];
          double move =
              (target.at(up, i, j, correlation) - target.at(down, i, j, correlation)) / (2 * step);
          noise += error * (error - move) / T;
          distance += Math.pow(target.at(s, i, j, correlation) - s[i][j], 2) / T;
        }
      }
    }
    return Math.max(0, Math.min(1, noise / distance / T));
  }

  @Test
  void theOracleApproximationFollowsFromEigenvalues() {
    SymmetricEigen eigen = SymmetricEigen.of(new Sample(Divisor.ROWS).of(sample).matrix());
    double sum = 0;
    double squares = 0;
    for (double value : eigen.values()) {
      sum += value;
      squares += value * value;
    }
    assertThat(new OracleApproximating().of(sample).shrinkage())
        .isCloseTo((squares + sum * sum) / ((T + 1) * (squares - sum * sum / N)), within(1e-13));
  }

  @Test
  void denoisingLeavesTheSignalAndLevelsTheNoise() {
    int assets = 60;
    Random random = new Random(2);
    double[][] returns = new double[assets][150];
    for (int t = 0; t < 150; t++) {
      double market = 0.01 * random.nextGaussian();
      for (int i = 0; i < assets; i++) {
        returns[i][t] = (1 + i / 60.0) * (market + 0.015 * random.nextGaussian());
      }
    }
    ReturnSample wide = ReturnSample.of(RandomReturns.names(assets), returns);
    Covariance raw = new Sample(Divisor.ROWS_MINUS_ONE).of(wide);
    SymmetricEigen before = SymmetricEigen.of(raw.correlation());
    assertThat(MarchenkoPastur.signals(before.values(), 150)).isEqualTo(1);

    Covariance clean = new Denoised().of(wide);

    // (l1 - m) v v' + m I, with ones put back on the diagonal
    double noise = (assets - before.values()[0]) / (assets - 1);
    double[] v = new double[assets];
    for (int i = 0; i < assets; i++) {
      v[i] = before.vectors()[i][0];
    }
    double[][] correlation = clean.correlation();
    for (int i = 0; i < assets; i++) {
      assertThat(clean.matrix()[i][i]).isCloseTo(raw.matrix()[i][i], within(1e-17));
      for (int j = 0; j < i; j++) {
        double common = before.values()[0] - noise;
        double expected = common
            * v[i]
            * v[j]
            / Math.sqrt((common * v[i] * v[i] + noise) * (common * v[j] * v[j] + noise));
        assertThat(correlation[i][j]).isCloseTo(expected, within(1e-12));
      }
    }
    assertThat(clean.conditionNumber()).isLessThan(raw.conditionNumber() / 3);
  }

  @Test
  void pureNoiseHasNoSignal() {
    ReturnSample noise = RandomReturns.sample(50, 400, 0, 3);
    double[] values = SymmetricEigen.of(
            new Sample(Divisor.ROWS_MINUS_ONE).of(noise).correlation())
        .values();
    assertThat(MarchenkoPastur.signals(values, 400)).isZero();
    double[][] clean = new Denoised().of(noise).matrix();
    assertThat(clean[3][4]).isCloseTo(0, within(1e-16));
  }

  @Test
  void theInverseIsOneAndIsRefusedWhereThereIsNone() {
    Covariance covariance = new ScaledIdentity().of(sample);
    RealMatrix product = new Array2DRowRealMatrix(covariance.matrix())
        .multiply(new Array2DRowRealMatrix(covariance.inverse()));
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        assertThat(product.getEntry(i, j)).isCloseTo(i == j ? 1 : 0, within(1e-12));
      }
    }
    Covariance few = new Sample(Divisor.ROWS_MINUS_ONE).of(RandomReturns.sample(12, 10, 1, 4));
    assertThat(few.conditionNumber()).isInfinite();
    assertThatThrownBy(few::inverse)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "the covariance of 12 assets from 10 rows is singular \\(eigenvalues .* to .*\\) and has no inverse: take more rows than assets, or a shrunk or denoised estimator");
    assertThat(new ScaledIdentity().of(RandomReturns.sample(12, 10, 1, 4)).conditionNumber())
        .isBetween(1.0, 1e4);
    assertThat(new Denoised().of(RandomReturns.sample(12, 10, 1, 4)).conditionNumber())
        .isBetween(1.0, 1e4);
  }

  @Test
  void refusesWhatHasNoMeaning() {
    assertThatThrownBy(() -> new ExponentiallyWeighted(0, Mean.ZERO))
        .hasMessage("halflife must be positive, was 0.0");
    assertThatThrownBy(() -> new AutocorrelationCorrected(-1))
        .hasMessage("lag must not be negative, was -1");
    assertThatThrownBy(() -> new AutocorrelationCorrected(T).of(sample))
        .hasMessage("a lag of 40 needs more than 40 rows");
    double[][] flat = RandomReturns.of(3, 20, 1, 5);
    Arrays.fill(flat[1], 0.25);
    ReturnSample suspended = ReturnSample.of(RandomReturns.names(3), flat);
    assertThatThrownBy(() -> new ConstantCorrelation().of(suspended))
        .hasMessage("returns of 'A1' never change, so they have no correlation; leave it out");
    assertThatThrownBy(() -> new Denoised().of(suspended)).hasMessageContaining("'A1'");
    assertThatThrownBy(() -> new SingleIndex().of(suspended.withMarket(new double[20])))
        .hasMessage("the market's return never changes, so there are no betas on it");
  }

  private static void assertClose(double[][] actual, double[][] expected, double relative) {
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected.length; j++) {
        double scale = Math.sqrt(Math.abs(expected[i][i] * expected[j][j]));
        assertThat(actual[i][j]).isCloseTo(expected[i][j], within(relative * scale));
      }
    }
  }
}

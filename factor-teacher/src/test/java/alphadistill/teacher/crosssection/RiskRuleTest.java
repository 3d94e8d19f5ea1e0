package alphadistill.teacher.crosssection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.teacher.regression.NeweyWest;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;

class RiskRuleTest {
  private static final List<String> FACTORS = List.of("country", "value", "size");

  @Test
  void weightsHalveWithAgeAndLagsAreBartletts() {
    double[][] returns = random(50, 1);

    double[][] covariance = new RiskRule(10, 2, 10, 0, 20).factorCovariance(FACTORS, returns);

    double[] weights = new double[50];
    double sum = 0;
    for (int t = 0; t < 50; t++) {
      weights[t] = Math.pow(0.5, (49 - t) / 10.0);
      sum += weights[t];
    }
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        double expected = 0;
        for (int t = 0; t < 50; t++) {
          for (int s = Math.max(0, t - 2); s < Math.min(50, t + 3); s++) {
            double bartlett = 1 - Math.abs(t - s) / 3.0;
            expected += bartlett
                * Math.sqrt(weights[t] * weights[s])
                / sum
                * (returns[t][a] - mean(returns, weights, a))
                * (returns[s][b] - mean(returns, weights, b));
          }
        }
        assertThat(covariance[a][b]).isCloseTo(expected, within(1e-15));
      }
    }
    double[] eigenvalues =
        new EigenDecomposition(new Array2DRowRealMatrix(covariance)).getRealEigenvalues();
    assertThat(eigenvalues[2]).isPositive();
  }

  @Test
  void withoutDecayItIsNeweyAndWest() {
    double[][] returns = random(60, 2);

    double[][] covariance = new RiskRule(1e12, 3, 10, 0, 20).factorCovariance(FACTORS, returns);

    double[][] expected = NeweyWest.longRunCovariance(returns, 3);
    for (int a = 0; a < 3; a++) {
      assertThat(covariance[a]).containsExactly(expected[a], within(1e-13));
    }
  }

  @Test
  void whatLiesFarOutIsShrunkMost() {
    double[][] residuals = new double[40][4];
    for (int t = 0; t < 40; t++) {
      double sign = t % 2 == 0 ? 1 : -1;
      residuals[t] = new double[] {0.01 * sign, 0.02 * sign, 0.06 * sign, t < 30 ? Double.NaN : 1};
    }

    double[] variance = new RiskRule(10, 0, 10, 0.5, 20).specificVariance(residuals);

    double mean = 0.03;
    double spread = Math.sqrt((0.0004 + 0.0001 + 0.0009) / 3);
    double share = 0.5 * 0.03 / (spread + 0.5 * 0.03);
    assertThat(Math.sqrt(variance[2])).isCloseTo(share * mean + (1 - share) * 0.06, within(1e-15));
    assertThat(Math.sqrt(variance[3])).isCloseTo(mean, within(1e-15)); // ten residuals are too few
    assertThat(new RiskRule(10, 0, 10, 0, 20).specificVariance(residuals)[2])
        .isCloseTo(0.0036, within(1e-15));
  }

  @Test
  void aDayWithoutAFactorIsLeftOut() {
    double[][] returns = random(50, 3);
    returns[20][1] = Double.NaN;
    RiskRule rule = new RiskRule(10, 0, 10, 0, 50);

    assertThatThrownBy(() -> rule.factorCovariance(FACTORS, returns))
        .hasMessage(
            "of 50 days with factor returns 49 have all 3 of them, 50 are needed; 'value' lacks 1: join it with another industry");
    assertThat(new RiskRule(10, 0, 10, 0, 49).factorCovariance(FACTORS, returns)[1][1])
        .isPositive();
    assertThatThrownBy(() -> rule.specificVariance(new double[][] {{0.1}}))
        .hasMessage("no asset has 50 residuals in 1 days");
    assertThatThrownBy(() -> new RiskRule(0, 0, 10, 0, 20))
        .hasMessage("half-lives must be positive numbers of days, were 0.0 and 10.0");
  }

  private static double[][] random(int days, long seed) {
    Random random = new Random(seed);
    double[][] returns = new double[days][3];
    for (double[] row : returns) {
      for (int f = 0; f < 3; f++) {
        row[f] = 0.01 * random.nextGaussian();
      }
    }
    return returns;
  }

  private static double mean(double[][] rows, double[] weights, int column) {
    double sum = 0;
    double weightSum = 0;
    for (int t = 0; t < rows.length; t++) {
      sum += weights[t] * rows[t][column];
      weightSum += weights[t];
    }
    return sum / weightSum;
  }
}

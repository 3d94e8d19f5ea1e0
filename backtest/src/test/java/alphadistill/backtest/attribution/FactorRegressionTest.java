package alphadistill.backtest.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.backtest.metric.Annualisation;
import alphadistill.backtest.significance.HacMean;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FactorRegressionTest {
  private static final List<String> NAMES = List.of("market", "size");

  @Test
  void anExactRelationIsRecovered() {
    double[][] factors = noise(50, 2, 1);
    double[] returns = new double[50];
    for (int day = 0; day < 50; day++) {
      returns[day] = 0.001 + 1.5 * factors[day][0] - 0.5 * factors[day][1];
    }

    FactorRegression fit = FactorRegression.of(returns, NAMES, factors, Annualisation.DAILY);

    assertThat(fit.alpha()).isEqualTo(0.001, within(1e-14));
    assertThat(fit.loadings().get(0).beta()).isEqualTo(1.5, within(1e-12));
    assertThat(fit.loadings().get(1).beta()).isEqualTo(-0.5, within(1e-12));
    assertThat(fit.rSquared()).isEqualTo(1, within(1e-12));
    assertThat(fit.explainedAnnual() + fit.alphaAnnual())
        .isEqualTo(fit.meanAnnual(), within(1e-12));
  }

  @Test
  void withoutFactorsAlphaIsTheMeanWithItsHacError() {
    double[] returns = new Random(2).doubles(200).toArray();

    FactorRegression fit =
        FactorRegression.of(returns, List.of(), new double[200][0], Annualisation.DAILY);
    HacMean mean = HacMean.ofOverlapping(returns, 1);

    assertThat(fit.alpha()).isEqualTo(mean.mean(), within(1e-14));
    assertThat(fit.lag()).isEqualTo(mean.lag());
    assertThat(fit.alphaError()).isEqualTo(mean.standardError(), within(1e-14));
  }

  @Test
  void daysWithAMissingValueAreLeftOut() {
    double[][] factors = noise(40, 2, 3);
    double[] returns = new Random(4).doubles(40).toArray();
    factors[7][1] = Double.NaN;
    returns[9] = Double.NaN;

    assertThat(FactorRegression.of(returns, NAMES, factors, Annualisation.DAILY).count())
        .isEqualTo(38);
  }

  @Test
  void refusesCollinearFactorsAndTooFewDays() {
    double[][] factors = noise(30, 2, 5);
    for (double[] row : factors) {
      row[1] = 2 * row[0];
    }
    double[] returns = new Random(6).doubles(30).toArray();

    assertThatThrownBy(() -> FactorRegression.of(returns, NAMES, factors, Annualisation.DAILY))
        .hasMessage("the factors [market, size] are collinear over these 30 periods");
    assertThatThrownBy(
            () -> FactorRegression.of(new double[3], NAMES, new double[3][2], Annualisation.DAILY))
        .hasMessageContaining("3 periods")
        .hasMessageContaining("too few for 3 coefficients");
  }

  @Test
  void rollingWindowsEndOnTheDayTheyAreShownAt() {
    double[][] factors = noise(100, 2, 7);
    double[] returns = new double[100];
    for (int day = 0; day < 100; day++) {
      returns[day] = (day < 50 ? 1 : 2) * factors[day][0];
    }

    RollingExposures rolling =
        RollingExposures.of(returns, NAMES, factors, 25, 25, Annualisation.DAILY);

    assertThat(rolling.days()).containsExactly(24, 49, 74, 99);
    assertThat(rolling.betas()[1][0]).isEqualTo(1, within(1e-12));
    assertThat(rolling.betas()[2][0]).isEqualTo(2, within(1e-12));
  }

  private static double[][] noise(int days, int factors, long seed) {
    Random random = new Random(seed);
    double[][] noise = new double[days][factors];
    for (double[] row : noise) {
      java.util.Arrays.setAll(row, i -> 0.01 * random.nextGaussian());
    }
    return noise;
  }
}

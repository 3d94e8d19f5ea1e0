package alphadistill.teacher.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrewhiteningTest {
  /** One series, every sum written out. */
  @ParameterizedTest
  @ValueSource(doubles = {-0.4, 0, 0.5, 0.9})
  void theErrorOfAMeanIsTheFormulaWrittenOut(double persistence) {
    double[] series = autoregression(300, persistence, 7);
    double mean = Arrays.stream(series).average().orElseThrow();
    double[] v = Arrays.stream(series).map(s -> s - mean).toArray();
    double product = 0;
    double square = 0;
    for (int t = 1; t < 300; t++) {
      product += v[t] * v[t - 1];
      square += v[t - 1] * v[t - 1];
    }
    double rho = product / square;
    double[] u = new double[299];
    for (int t = 1; t < 300; t++) {
      u[t - 1] = v[t] - rho * v[t - 1];
    }
    int pilot = 3; // floor(3 * 3^(2/9)) = floor(3.83)
    double s0 = sum(u, 0);
    double s1 = 0;
    for (int j = 1; j <= pilot; j++) {
      s0 += 2 * sum(u, j);
      s1 += 2 * j * sum(u, j);
    }
    int lag = (int) Math.floor(1.1447 * Math.pow(s1 / s0 * (s1 / s0) * 300, 1.0 / 3));
    double white = sum(u, 0);
    for (int j = 1; j <= lag; j++) {
      white += 2 * (1 - j / (lag + 1.0)) * sum(u, j);
    }
    double plain = Math.sqrt(white) / (1 - rho) / 300;
    assertThat(NeweyWest.prewhitenedErrorOfMean(series)).isCloseTo(plain, within(1e-12));
    Regression onOne =
        LeastSquares.fit(Design.ofColumns(List.of("constant"), new double[][] {ones(300)}), series);
    assertThat(onOne.standardErrors(ErrorRule.prewhitened())[0])
        .isCloseTo(plain * Math.sqrt(300 / 299.0), within(1e-12));
  }

  /** The true error of the mean of an AR(1) is 1 / (1 - rho) / sqrt(T); plain Bartlett weights fall far short. */
  @Test
  void itSeesPersistenceThatBartlettWeightsMiss() {
    double truth = 1 / (1 - 0.85) / Math.sqrt(1000);
    double prewhitened = 0;
    double plain = 0;
    for (int draw = 0; draw < 40; draw++) {
      double[] series = autoregression(1000, 0.85, draw);
      prewhitened += NeweyWest.prewhitenedErrorOfMean(series) / 40;
      plain += NeweyWest.errorOfMean(series, NeweyWest.ruleLag(1000)) / 40;
    }
    assertThat(prewhitened).isCloseTo(truth, within(0.08 * truth));
    assertThat(plain).isLessThan(0.8 * truth);
  }

  @Test
  void nearUnitRootsAreCut() {
    double[] trend = new double[200];
    for (int t = 0; t < 200; t++) {
      trend[t] = t;
    }
    double error = NeweyWest.prewhitenedErrorOfMean(trend);
    assertThat(error).isFinite().isGreaterThan(NeweyWest.errorOfMean(trend, 4));
  }

  /** Two regressors: changing their units changes errors by the units; the lag is chosen without the constant. */
  @Test
  void errorsOfARegressionAreOfTheRightSize() {
    double[] x = autoregression(2000, 0.7, 1);
    double[] e = autoregression(2000, 0.7, 2);
    double[] y = new double[2000];
    for (int t = 0; t < 2000; t++) {
      y[t] = 0.5 * x[t] + e[t];
    }
    Regression fit = LeastSquares.fit(Design.withConstant(List.of("x"), new double[][] {x}), y);
    // scores x e are an AR(1) of persistence 0.49: variance of the slope (1 + 0.49) / (1 - 0.49)
    // times the classical
    double ratio = fit.standardErrors(ErrorRule.prewhitened())[1]
        / fit.standardErrors(ErrorRule.classical())[1];
    assertThat(ratio).isCloseTo(Math.sqrt(1.49 / 0.51), within(0.2));
  }

  @Test
  void refusesTooFewObservationsAndAcceptsAPerfectFit() {
    assertThatThrownBy(() -> NeweyWest.prewhitenedErrorOfMean(new double[5]))
        .hasMessage(
            "5 observations are too few to prewhiten 1 scores; use at least 6 or hac with a given lag");
    assertThat(NeweyWest.prewhitenedErrorOfMean(new double[10])).isZero();
  }

  private static double[] autoregression(int periods, double persistence, long seed) {
    Random random = new Random(seed);
    double[] series = new double[periods];
    double state = 0;
    for (int t = -100; t < periods; t++) {
      state = persistence * state + random.nextGaussian();
      if (t >= 0) {
        series[t] = state;
      }
    }
    return series;
  }

  private static double sum(double[] u, int j) {
    double sum = 0;
    for (int t = j; t < u.length; t++) {
      sum += u[t] * u[t - j];
    }
    return sum;
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}

package alphadistill.teacher.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.panel.FactorReturns;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingRegressionTest {

  /** windows: 0 is expanding; correlation of each factor with the first. */
  @ParameterizedTest
  @CsvSource({
    "0, 10, 0.3",
    "7, 7, 0",
    "60, 20, 0.3",
    "60, 60, 0.99",
    "60, 30, 0.9995",
    "252, 30, 0.9999",
    "9, 8, 0.999999"
  })
  void theFastWayAgreesWithQrOfEveryWindow(int rows, int minimum, double correlation) {
    RollingRegression rule =
        new RollingRegression(rows == 0 ? Window.expanding() : Window.last(rows), minimum);
    FactorReturns factors = factors(400, 4, correlation, 1);
    factors.returns()[33][2] = Double.NaN;
    double[][] returns = returns(factors, 5, 2);
    gaps(returns);

    RollingCoefficients fast = rule.fit(factors, returns);
    RollingCoefficients plain = rule.fitPlainly(factors, returns);

    int fitted = 0;
    double worst = 0;
    for (int asset = 0; asset < 5; asset++) {
      for (int day = 0; day < 400; day++) {
        assertThat(fast.isFitted(asset, day)).isEqualTo(plain.isFitted(asset, day));
        assertThat(fast.observations(asset, day)).isEqualTo(plain.observations(asset, day));
        if (!plain.isFitted(asset, day)) {
          continue;
        }
        fitted++;
        worst = Math.max(worst, gap(fast.rSquared(asset, day), plain.rSquared(asset, day), 1));
        double[] slopes = plain.coefficients(asset, day);
        double scale = IntStream.range(1, slopes.length)
            .mapToDouble(i -> Math.abs(slopes[i]))
            .max()
            .orElseThrow();
        for (int i = 0; i < fast.width(); i++) {
          double error = plain.standardError(asset, day, i);
          double size = Math.max(i == 0 ? 0.01 : scale, Math.abs(slopes[i]));
          worst = Math.max(worst, gap(fast.coefficient(asset, day, i), slopes[i], size));
          worst = Math.max(worst, gap(fast.standardError(asset, day, i), error, error));
        }
      }
    }
    assertThat(fitted).isGreaterThan(900);
    assertThat(worst).isLessThan(1e-9);
  }

  private static double gap(double actual, double expected, double size) {
    return Math.abs(actual - expected) / size;
  }

  @Test
  void aPerfectFitHasNoRoundingLeftInItsError() {
    FactorReturns factors = factors(50, 2, 0.3, 3);
    double[] exact = IntStream.range(0, 50)
        .mapToDouble(
            day -> 0.001 + 1.7 * factors.returns()[day][0] - 0.3 * factors.returns()[day][1])
        .toArray();

    RollingCoefficients fits =
        new RollingRegression(Window.last(20), 20).fit(factors, new double[][] {exact});

    for (int day = 19; day < 50; day++) {
      assertThat(fits.coefficient(0, day, 1)).isCloseTo(1.7, within(1e-13));
      assertThat(fits.standardError(0, day, 1)).isBetween(0.0, 1e-14);
      assertThat(fits.rSquared(0, day)).isCloseTo(1, within(1e-14));
    }
  }

  @Test
  void aHugeReturnLeavesNoTraceAfterItsWindow() {
    FactorReturns factors = factors(200, 2, 0.3, 4);
    double[][] calm = returns(factors, 1, 5);
    double[][] jump = {calm[0].clone()};
    jump[0][50] = 1e9;
    RollingRegression rule = new RollingRegression(Window.last(30), 30);

    RollingCoefficients expected = rule.fit(factors, calm);
    RollingCoefficients actual = rule.fit(factors, jump);

    for (int day = 80; day < 200; day++) {
      assertThat(actual.coefficients(0, day)).isEqualTo(expected.coefficients(0, day));
    }
  }

  @Test
  void laterDaysChangeNoBitOfEarlierFits() {
    FactorReturns factors = factors(300, 3, 0.5, 6);
    for (Window window : List.of(Window.last(40), Window.expanding())) {
      RollingRegression rule = new RollingRegression(window, 20);
      RollingCoefficients before = rule.fit(factors, returns(factors, 3, 7));
      for (int today : new int[] {39, 40, 79, 80, 123, 298}) {
        FactorReturns changed = factors(300, 3, 0.5, 6);
        double[][] returns = returns(factors, 3, 7);
        for (int day = today + 1; day < 300; day++) {
          changed.returns()[day][1] = day % 3 == 0 ? Double.NaN : 0.5 * Math.sin(day);
          returns[0][day] *= 10;
          returns[1][day] = Double.NaN; // a gap later must not change how earlier days are added up
        }
        RollingCoefficients after = rule.fit(changed, returns);
        for (int asset = 0; asset < 3; asset++) {
          for (int day = 0; day <= today; day++) {
            assertThat(after.coefficients(asset, day)).isEqualTo(before.coefficients(asset, day));
            assertThat(after.standardErrors(asset, day))
                .isEqualTo(before.standardErrors(asset, day));
          }
        }
      }
    }
  }

  @Test
  void theNumberOfThreadsChangesNoBit() throws Exception {
    FactorReturns factors = factors(300, 3, 0.5, 8);
    double[][] returns = returns(factors, 7, 9);
    gaps(returns);
    RollingRegression rule = new RollingRegression(Window.last(40), 20);
    RollingCoefficients expected = rule.fit(factors, returns);
    for (int threads : new int[] {1, 3, 8}) {
      ForkJoinPool pool = new ForkJoinPool(threads);
      RollingCoefficients actual = pool.submit(() -> rule.fit(factors, returns)).get();
      pool.shutdown();
      for (int asset = 0; asset < 7; asset++) {
        for (int day = 0; day < 300; day++) {
          assertThat(actual.coefficients(asset, day)).isEqualTo(expected.coefficients(asset, day));
        }
      }
    }
  }

  @Test
  void collinearFactorsAreNamedWithTheirDates() {
    FactorReturns factors = factors(100, 3, 0.2, 10);
    for (int day = 50; day < 100; day++) {
      factors.returns()[day][2] = factors.returns()[day][0] - factors.returns()[day][1];
    }
    RollingRegression rule = new RollingRegression(Window.last(20), 20);
    String message =
        "2010-02-23 to 2010-03-14: regressor 'F2' is a linear combination of [F0, F1] in these 20 rows; leave one of them out";
    assertThatThrownBy(() -> rule.fit(factors, returns(factors, 1, 1)))
        .isInstanceOf(CollinearRegressorsException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> rule.fitPlainly(factors, returns(factors, 1, 1))).hasMessage(message);
  }

  @Test
  void anAssetWhoseFewRowsCannotTellFactorsApartHasNoFit() {
    FactorReturns factors = factors(40, 2, 0, 11);
    for (int day = 0; day < 10; day++) {
      factors.returns()[day][1] = 0; // the second factor starts late
    }
    double[][] returns = returns(factors, 1, 12);
    Arrays.fill(returns[0], 10, 40, Double.NaN);
    RollingRegression rule = new RollingRegression(Window.expanding(), 5);
    FactorReturns late = new FactorReturns(
        factors.dates().subList(4, 40),
        factors.names(),
        Arrays.copyOfRange(factors.returns(), 4, 40),
        new double[36]);
    late.returns()[0][1] = 1e-3; // one day of it, before the asset
    double[] y = Arrays.copyOfRange(returns[0], 4, 40);
    y[0] = Double.NaN;
    RollingCoefficients fits = rule.fit(late, new double[][] {y});
    assertThat(fits.observations(0, 20)).isEqualTo(5);
    assertThat(fits.isFitted(0, 20)).isFalse();
  }

  @Test
  void anAssetWithoutReturnsHasNoFitAndNoObservations() {
    FactorReturns factors = factors(30, 1, 0, 13);
    double[][] returns = new double[1][30];
    Arrays.fill(returns[0], Double.NaN);
    RollingCoefficients fits = new RollingRegression(Window.last(10), 5).fit(factors, returns);
    assertThat(fits.isFitted(0, 29)).isFalse();
    assertThat(fits.observations(0, 29)).isZero();
    assertThat(fits.coefficient(0, 29, 1)).isNaN();
  }

  @Test
  void refusesRulesThatNeverGiveAFit() {
    FactorReturns factors = factors(30, 3, 0, 14);
    assertThatThrownBy(() -> new RollingRegression(Window.last(10), 11))
        .hasMessage("minimumObservations of 11 never fit into the last 10 rows");
    assertThatThrownBy(
            () -> new RollingRegression(Window.last(10), 4).fit(factors, new double[1][30]))
        .hasMessage(
            "minimumObservations of 4 leave no degree of freedom for a constant and 3 factors [F0, F1, F2]; use at least 5");
    assertThatThrownBy(
            () -> new RollingRegression(Window.last(10), 5).fit(factors, new double[1][29]))
        .hasMessage("asset 0 has 29 returns for 30 days of factors");
    assertThatThrownBy(() -> Window.last(1)).hasMessageContaining("at least 2 rows");
  }

  private static FactorReturns factors(int days, int count, double correlation, long seed) {
    Random random = new Random(seed);
    double[][] returns = new double[days][count];
    for (double[] row : returns) {
      row[0] = 0.0003 + 0.01 * random.nextGaussian();
      for (int i = 1; i < count; i++) {
        row[i] = correlation * row[0]
            + Math.sqrt(1 - correlation * correlation) * 0.01 * random.nextGaussian();
      }
    }
    return new FactorReturns(
        Stream.iterate(LocalDate.of(2010, 1, 4), d -> d.plusDays(1)).limit(days).toList(),
        IntStream.range(0, count).mapToObj(i -> "F" + i).toList(),
        returns,
        new double[days]);
  }

  private static double[][] returns(FactorReturns factors, int assets, long seed) {
    Random random = new Random(seed);
    double[][] returns = new double[assets][factors.dates().size()];
    for (double[] series : returns) {
      double beta = 1 + 0.3 * random.nextGaussian();
      for (int day = 0; day < series.length; day++) {
        double market = factors.returns()[day][0];
        series[day] = beta * market + 0.02 * random.nextGaussian();
      }
    }
    return returns;
  }

  /** Asset 1 is listed late, asset 2 is delisted, asset 3 has holes. */
  private static void gaps(double[][] returns) {
    Arrays.fill(returns[1], 0, 150, Double.NaN);
    Arrays.fill(returns[2], 222, returns[2].length, Double.NaN);
    for (int day = 5; day < returns[3].length; day += 11) {
      returns[3][day] = Double.NaN;
    }
  }
}

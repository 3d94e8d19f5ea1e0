package alphadistill.teacher.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.panel.FactorReturns;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowEstimatorTest {
  private static final List<String> NAMES = List.of("F0", "F1", "F2");
  private static final double EQUAL = Double.POSITIVE_INFINITY;

  /** windows: 0 is expanding; halflives: 0 is none. */
  @ParameterizedTest
  @CsvSource({
    "0, 20, 0",
    "60, 20, 0",
    "60, 3, 0",
    "7, 50, 0",
    "250, 2, 0",
    "0, 0, 0.1",
    "60, 0, 2",
    "60, 15, 0.5"
  })
  void theFastWayAgreesWithQrOfEveryWindow(int rows, double halflife, double ridge) {
    Window window = rows == 0 ? Window.expanding() : Window.last(rows);
    WindowEstimator estimator =
        new WindowEstimator(halflife == 0 ? EQUAL : halflife, ridge, ErrorRule.classical());
    RollingRegression rule = new RollingRegression(window, 7, estimator);
    FactorReturns factors = factors(300, 1);
    factors.returns()[33][2] = Double.NaN;
    double[][] returns = returns(factors, 3, 2);
    Arrays.fill(returns[1], 0, 150, Double.NaN);
    for (int day = 5; day < 300; day += 11) {
      returns[2][day] = Double.NaN;
    }
    RollingCoefficients fast = rule.fit(factors, returns);
    RollingCoefficients plain = rule.fitPlainly(factors, returns);
    int fitted = 0;
    for (int asset = 0; asset < 3; asset++) {
      for (int day = 0; day < 300; day++) {
        assertThat(fast.isFitted(asset, day)).isEqualTo(plain.isFitted(asset, day));
        assertThat(fast.observations(asset, day)).isEqualTo(plain.observations(asset, day));
        if (!plain.isFitted(asset, day)) {
          continue;
        }
        fitted++;
        assertThat(fast.coefficients(asset, day))
            .containsExactly(plain.coefficients(asset, day), within(1e-9));
        assertThat(fast.rSquared(asset, day)).isCloseTo(plain.rSquared(asset, day), within(1e-9));
        for (int i = 0; i < 4; i++) {
          double error = plain.standardError(asset, day, i);
          assertThat(fast.standardError(asset, day, i)).isCloseTo(error, within(1e-9 * error));
        }
      }
    }
    assertThat(fitted).isGreaterThan(500);
  }

  /** Normal equations with weights and penalties written out, and the sandwich of weighted scores. */
  @ParameterizedTest
  @CsvSource({"10, 0", "0, 0.4", "25, 1.5", "0, 0"})
  void coefficientsAndErrorsAreTheNormalEquations(double halflife, double ridge) {
    int rows = 50;
    double[][] x = factors(rows, 3).returns();
    double[] y = returns(factors(rows, 3), 1, 4)[0];
    int[] ages = IntStream.range(0, rows).map(row -> 2 * (rows - 1 - row) + 1).toArray(); // gaps
    WindowEstimator estimator =
        new WindowEstimator(halflife == 0 ? EQUAL : halflife, ridge, ErrorRule.hc0());
    Regression fit = estimator.fit(NAMES, x, y, ages);

    double[] w = Arrays.stream(ages)
        .mapToDouble(age -> halflife == 0 ? 1 : Math.exp(-Math.log(2) * age / halflife))
        .toArray();
    RealMatrix left = new Array2DRowRealMatrix(4, 4);
    RealVector right = new ArrayRealVector(4);
    double total = Arrays.stream(w).sum();
    for (int a = 0; a < 4; a++) {
      double mean = 0;
      double square = 0;
      for (int row = 0; row < rows; row++) {
        mean += w[row] * value(x[row], a) / total;
        square += w[row] * value(x[row], a) * value(x[row], a);
        right.addToEntry(a, w[row] * value(x[row], a) * y[row]);
        for (int b = 0; b < 4; b++) {
          left.addToEntry(a, b, w[row] * value(x[row], a) * value(x[row], b));
        }
      }
      left.addToEntry(a, a, ridge * (square - total * mean * mean)); // zero for the constant
    }
    RealMatrix inverse = new LUDecomposition(left, 0).getSolver().getInverse();
    double[] plain = inverse.operate(right).toArray();
    assertThat(fit.coefficients()).containsExactly(plain, within(1e-11));

    RealMatrix filling = new Array2DRowRealMatrix(4, 4);
    for (int row = 0; row < rows; row++) {
      double e = y[row];
      for (int a = 0; a < 4; a++) {
        e -= value(x[row], a) * plain[a];
      }
      for (int a = 0; a < 4; a++) {
        for (int b = 0; b < 4; b++) {
          filling.addToEntry(a, b, w[row] * w[row] * e * e * value(x[row], a) * value(x[row], b));
        }
      }
    }
    RealMatrix covariance = inverse.multiply(filling).multiply(inverse);
    double[] errors = fit.standardErrors(estimator.errors());
    for (int a = 0; a < 4; a++) {
      assertThat(errors[a])
          .isCloseTo(Math.sqrt(covariance.getEntry(a, a)), within(1e-9 * errors[a]));
    }
  }

  @Test
  void aRidgeDividesSlopesOnUnrelatedFactorsAndTellsDuplicatesApart() {
    double[][] x = {{0.01, 0.02}, {-0.01, 0.02}, {0.01, -0.02}, {-0.01, -0.02}};
    double[] y = {0.03, 0.01, -0.01, -0.02};
    int[] ages = {3, 2, 1, 0};
    List<String> two = List.of("p", "q");
    double[] free = WindowEstimator.leastSquares().fit(two, x, y, ages).coefficients();
    double[] shrunk = WindowEstimator.ridge(0.25).fit(two, x, y, ages).coefficients();
    assertThat(shrunk)
        .containsExactly(new double[] {free[0], free[1] / 1.25, free[2] / 1.25}, within(1e-14));

    FactorReturns factors = factors(60, 5);
    for (double[] row : factors.returns()) {
      row[2] = row[0]; // the same factor twice
    }
    double[][] returns = returns(factors, 1, 6);
    RollingRegression refused = new RollingRegression(Window.last(30), 20);
    assertThatThrownBy(() -> refused.fit(factors, returns))
        .isInstanceOf(CollinearRegressorsException.class);
    RollingCoefficients fits = new RollingRegression(
            Window.last(30), 20, WindowEstimator.ridge(0.01))
        .fit(factors, returns);
    assertThat(fits.coefficient(0, 59, 1)).isCloseTo(fits.coefficient(0, 59, 3), within(1e-10));
  }

  @Test
  void otherErrorsChangeErrorsAndNothingElse() {
    FactorReturns factors = factors(80, 7);
    double[][] returns = returns(factors, 1, 8);
    RollingRegression classical = new RollingRegression(Window.last(40), 30);
    RollingRegression robust = new RollingRegression(
        Window.last(40), 30, WindowEstimator.leastSquares().withErrors(ErrorRule.hac(3)));
    RollingCoefficients a = classical.fit(factors, returns);
    RollingCoefficients b = robust.fit(factors, returns);
    assertThat(b.coefficients(0, 70)).containsExactly(a.coefficients(0, 70), within(1e-12));
    double[][] window = Arrays.copyOfRange(factors.returns(), 31, 71);
    double[] plain = LeastSquares.fit(
            Design.rowsWithConstant(NAMES, window), Arrays.copyOfRange(returns[0], 31, 71))
        .standardErrors(ErrorRule.hac(3));
    assertThat(b.standardErrors(0, 70)).containsExactly(plain, within(1e-15));
  }

  @Test
  void laterDaysAndThreadsChangeNoBitOfEarlierFits() {
    for (WindowEstimator estimator : List.of(
        WindowEstimator.exponential(9),
        WindowEstimator.ridge(0.3),
        WindowEstimator.exponential(9).withErrors(ErrorRule.hc1()))) {
      for (Window window : List.of(Window.last(40), Window.expanding())) {
        RollingRegression rule = new RollingRegression(window, 20, estimator);
        RollingCoefficients before = rule.fit(factors(150, 9), returns(factors(150, 9), 2, 10));
        for (int today : new int[] {39, 40, 80, 148}) {
          FactorReturns changed = factors(150, 9);
          double[][] returns = returns(factors(150, 9), 2, 10);
          for (int day = today + 1; day < 150; day++) {
            changed.returns()[day][1] = day % 3 == 0 ? Double.NaN : 0.5 * Math.sin(day);
            returns[0][day] *= 10;
            returns[1][day] = Double.NaN;
          }
          RollingCoefficients after = rule.fit(changed, returns);
          for (int day = 0; day <= today; day++) {
            for (int asset = 0; asset < 2; asset++) {
              assertThat(after.coefficients(asset, day)).isEqualTo(before.coefficients(asset, day));
              assertThat(after.standardErrors(asset, day))
                  .isEqualTo(before.standardErrors(asset, day));
            }
          }
        }
      }
    }
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> WindowEstimator.exponential(0))
        .hasMessage("halflife must be positive, was 0.0");
    assertThatThrownBy(() -> WindowEstimator.ridge(-1))
        .hasMessage("ridge must be a number of at least 0, was -1.0");
    assertThatThrownBy(() -> WindowEstimator.ridge(Double.NaN)).hasMessageContaining("was NaN");
  }

  private static double value(double[] row, int column) {
    return column == 0 ? 1 : row[column - 1];
  }

  private static FactorReturns factors(int days, long seed) {
    Random random = new Random(seed);
    double[][] returns = new double[days][3];
    for (double[] row : returns) {
      row[0] = 0.0003 + 0.01 * random.nextGaussian();
      for (int i = 1; i < 3; i++) {
        row[i] = 0.4 * row[0] + 0.008 * random.nextGaussian();
      }
    }
    return new FactorReturns(
        Stream.iterate(LocalDate.of(2010, 1, 4), d -> d.plusDays(1)).limit(days).toList(),
        NAMES,
        returns,
        new double[days]);
  }

  private static double[][] returns(FactorReturns factors, int assets, long seed) {
    Random random = new Random(seed);
    double[][] returns = new double[assets][factors.dates().size()];
    for (double[] series : returns) {
      for (int day = 0; day < series.length; day++) {
        series[day] = factors.returns()[day][0] + 0.02 * random.nextGaussian();
      }
    }
    return returns;
  }
}

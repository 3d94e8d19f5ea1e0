package alphadistill.teacher.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.panel.FactorReturns;
import alphadistill.teacher.diagnostics.ResidualAutocorrelation.LjungBox;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.ErrorRule;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.Regression;
import alphadistill.teacher.regression.RollingCoefficients;
import alphadistill.teacher.regression.RollingRegression;
import alphadistill.teacher.regression.Window;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
  private static final List<String> THREE = List.of("a", "b", "c");

  /** Inflation against its definition: the R2 of one regressor on the others. */
  @Property(tries = 50)
  void inflationIsOneOverTheUnexplainedShare(
      @ForAll @IntRange(min = 6, max = 60) int rows,
      @ForAll @DoubleRange(min = 0, max = 0.99) double correlation,
      @ForAll long seed) {
    double[][] x = columns(rows, correlation, seed);
    Collinearity found = Collinearity.of(THREE, x);
    for (int j = 0; j < 3; j++) {
      int out = j;
      double[][] others =
          IntStream.range(0, 3).filter(i -> i != out).mapToObj(i -> x[i]).toArray(double[][]::new);
      Regression fit = LeastSquares.fit(Design.withConstant(List.of("p", "q"), others), x[j]);
      double plain = 1 / (1 - fit.rSquared());
      assertThat(found.varianceInflation().get(j)).isCloseTo(plain, within(1e-7 * plain * plain));
    }
    assertThat(found.rank()).isEqualTo(4);
  }

  @Test
  void anExactCombinationHasInfiniteInflationAndTheOthersDoNot() {
    double[][] x = columns(40, 0.2, 1);
    double[][] five = {x[0], x[1], x[2], new double[40], new double[40]};
    for (int row = 0; row < 40; row++) {
      five[3][row] = x[0][row] - 2 * x[1][row] + 3;
      five[4][row] = 7;
    }
    Collinearity found = Collinearity.of(List.of("a", "b", "c", "ab", "seven"), five);
    assertThat(found.varianceInflation().get(0)).isInfinite();
    assertThat(found.varianceInflation().get(1)).isInfinite();
    assertThat(found.varianceInflation().get(3)).isInfinite();
    assertThat(found.varianceInflation().get(2)).isBetween(1.0, 2.0);
    assertThat(found.varianceInflation().get(4)).isNaN();
    assertThat(found.rank()).isEqualTo(4); // constant, a, b, c
    assertThat(found.conditionNumber()).isInfinite();
  }

  @Test
  void theConditionNumberIsThatOfColumnsOfLengthOne() {
    double[][] orthogonal = {{1, -1, 1, -1}, {500, 500, -500, -500}};
    assertThat(Collinearity.of(List.of("p", "q"), orthogonal).conditionNumber())
        .isCloseTo(1, within(1e-14));
    double[][] one = {{1, 1, 1, 2}}; // cosine with the constant: 5 / sqrt(4 * 7)
    double cosine = 5 / Math.sqrt(28);
    assertThat(Collinearity.of(List.of("p"), one).conditionNumber())
        .isCloseTo(Math.sqrt((1 + cosine) / (1 - cosine)), within(1e-12));
    assertThatThrownBy(() -> Collinearity.of(List.of("p"), new double[][] {{1, Double.NaN}}))
        .hasMessage("regressor 'p' is NaN in row 1; drop missing rows before");
    assertThatThrownBy(() -> Collinearity.of(List.of("p", "q"), new double[1][3]))
        .hasMessageStartingWith("2 names");
    assertThatThrownBy(() -> Collinearity.of(List.of("p"), new double[1][1]))
        .hasMessage("collinearity needs at least 2 rows, there are 1");
    assertThatThrownBy(() -> Collinearity.of(List.of("p", "q"), new double[][] {{1, 2}, {1}}))
        .hasMessage("regressor 'q' has 1 rows, the first one 2");
  }

  @Test
  void changesAreCountedWithinRuns() {
    double nan = Double.NaN;
    double[][] loadings = {{1, 0, nan}, {1.5, 0, nan}, {nan, 0, nan}, {3, 0, nan}, {2.75, 0, 1}};
    assertThat(LoadingStability.meanAbsoluteChange(loadings)).containsExactly(0.375, 0, nan);

    double[][] factor = new double[80][1];
    double[] y = new double[80];
    Random random = new Random(3);
    for (int day = 0; day < 80; day++) {
      factor[day][0] = 0.01 * random.nextGaussian();
      y[day] = factor[day][0] + 0.01 * random.nextGaussian();
    }
    List<LocalDate> dates =
        Stream.iterate(LocalDate.of(2020, 1, 1), d -> d.plusDays(1)).limit(80).toList();
    RollingCoefficients fits = new RollingRegression(Window.last(30), 30)
        .fit(new FactorReturns(dates, List.of("m"), factor, new double[80]), new double[][] {y});
    double plain = 0;
    for (int day = 30; day < 80; day++) {
      plain += Math.abs(fits.coefficient(0, day, 1) - fits.coefficient(0, day - 1, 1)) / 50;
    }
    assertThat(LoadingStability.meanAbsoluteChange(fits, 0)[1]).isCloseTo(plain, within(1e-14));
  }

  @Test
  void halvesNoticeABetaThatChanges() {
    Random random = new Random(4);
    double[] x = IntStream.range(0, 201).mapToDouble(i -> random.nextGaussian()).toArray();
    double[] steady = new double[201];
    double[] broken = new double[201];
    for (int t = 0; t < 201; t++) {
      double e = 0.5 * random.nextGaussian();
      steady[t] = x[t] + e;
      broken[t] = (t < 100 ? 0.7 : 1.3) * x[t] + e;
    }
    Design design = Design.withConstant(List.of("m"), new double[][] {x});
    LoadingStability.Halves same = LoadingStability.halves(design, steady, ErrorRule.hc1());
    LoadingStability.Halves moved = LoadingStability.halves(design, broken, ErrorRule.hc1());
    assertThat(same.largestDistance()).isLessThan(3);
    assertThat(moved.distances().get(1)).isGreaterThan(5).isEqualTo(moved.largestDistance());
    assertThat(moved.first().get(1)).isCloseTo(0.7, within(0.2));
    assertThat(moved.second().get(1)).isCloseTo(1.3, within(0.2));
    Regression second = LeastSquares.fit(
        Design.withConstant(List.of("m"), new double[][] {Arrays.copyOfRange(x, 100, 201)}),
        Arrays.copyOfRange(broken, 100, 201));
    assertThat(moved.second()).containsExactly(second.coefficients()[0], second.coefficients()[1]);
    assertThatThrownBy(() -> LoadingStability.halves(
            Design.withConstant(List.of("m"), new double[][] {{1, 2, 3, 4, 5}}),
            new double[5],
            ErrorRule.hc1()))
        .hasMessage(
            "half of 5 rows leaves no degree of freedom for 2 coefficients; use at least 6 rows");
  }

  /** Worked by hand: e = 1, 2, 3, 4: r1 = 0.25, r2 = -0.3. */
  @Test
  void ljungBoxIsTheFormula() {
    LjungBox test = LjungBox.of("x", new double[] {1, 2, Double.NaN, 3, 4}, 2);
    assertThat(test.statistic())
        .isCloseTo(4 * 6 * (0.25 * 0.25 / 3 + 0.3 * 0.3 / 2), within(1e-13));
    assertThat(test.pValue())
        .isCloseTo(Math.exp(-test.statistic() / 2), within(1e-14)); // chi-square of two degrees
    assertThat(test.observations()).isEqualTo(4);
    assertThatThrownBy(() -> LjungBox.of("x", new double[] {1, 2, 3}, 2))
        .hasMessage("2 lags for the 3 residuals of 'x'; at least 1 lag and 4 residuals are needed");
    assertThatThrownBy(() -> LjungBox.of("x", new double[5], 1))
        .hasMessageContaining("are all the same");
  }

  @Test
  void independentResidualsFailAtTheirLevelAndPersistentOnesAlways() {
    Random random = new Random(5);
    double[][] white = new double[400][200];
    double[][] red = new double[400][200];
    for (int asset = 0; asset < 400; asset++) {
      double state = 0;
      for (int t = 0; t < 200; t++) {
        white[asset][t] = random.nextGaussian();
        state = 0.5 * state + random.nextGaussian();
        red[asset][t] = state;
      }
    }
    List<String> names = IntStream.range(0, 400).mapToObj(i -> "A" + i).toList();
    ResidualAutocorrelation quiet = ResidualAutocorrelation.of(names, white, 5, 0.05);
    assertThat(quiet.failures()).isBetween(9, 34); // 20 expected, deviation 4.4
    assertThat(quiet.jointPValue()).isGreaterThan(0.001);
    ResidualAutocorrelation loud = ResidualAutocorrelation.of(names, red, 5, 0.05);
    assertThat(loud.failures()).isEqualTo(400);
    assertThat(loud.jointPValue()).isZero();
    assertThatThrownBy(() -> ResidualAutocorrelation.of(names, red, 5, 1))
        .hasMessage("level must be between 0 and 1, was 1.0");
    assertThatThrownBy(() -> ResidualAutocorrelation.of(THREE, red, 5, 0.1))
        .hasMessage("3 names for 400 series of residuals");
  }

  @Test
  void theThreeOutOfSampleR2AreWhatTheirNamesSay() {
    double[] realised = {0.03, -0.01, Double.NaN, 0.02, 0.04};
    double[] forecast = {0.02, 0.00, 0.01, 0.02, Double.NaN};
    OutOfSampleR2 found = OutOfSampleR2.of(realised, forecast);
    assertThat(found.uncentred()).isCloseTo(1 - 2e-4 / 14e-4, within(1e-14));
    double mean = 0.04 / 3;
    assertThat(found.centred()).isCloseTo(1 - 2e-4 / (14e-4 - 3 * mean * mean), within(1e-13));
    assertThat(found.observations()).isEqualTo(3);
    assertThat(found.dropped()).isEqualTo(2);
    double[] benchmark = {0.01, 0.01, 0.01, Double.NaN, 0.01};
    assertThat(OutOfSampleR2.against(realised, forecast, benchmark))
        .isCloseTo(1 - 2e-4 / 8e-4, within(1e-14));
    double[] zero = new double[5];
    assertThat(OutOfSampleR2.against(realised, forecast, zero))
        .isCloseTo(found.uncentred(), within(1e-15));
    assertThatThrownBy(() -> OutOfSampleR2.of(realised, new double[4]))
        .hasMessage("5 returns and 4 forecasts");
    assertThatThrownBy(() -> OutOfSampleR2.of(new double[] {Double.NaN}, new double[1]))
        .hasMessage("none of the 1 rows has both a return and a forecast");
  }

  private static double[][] columns(int rows, double correlation, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[3][rows];
    for (int row = 0; row < rows; row++) {
      double common = random.nextGaussian();
      for (int c = 0; c < 3; c++) {
        x[c][row] = 2
            + Math.sqrt(correlation) * common
            + Math.sqrt(1 - correlation) * random.nextGaussian();
      }
    }
    return x;
  }
}

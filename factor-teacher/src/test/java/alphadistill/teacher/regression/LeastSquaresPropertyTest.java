package alphadistill.teacher.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What must hold for least squares on any data, against formulas written out. */
class LeastSquaresPropertyTest {
  private static final List<String> NAMES = List.of("f", "g");

  @Property(tries = 100)
  void residualsAreOrthogonalToEveryRegressor(
      @ForAll @IntRange(min = 4, max = 60) int rows, @ForAll long seed) {
    double[][] x = columns(rows, seed);
    Regression fit = LeastSquares.fit(Design.withConstant(NAMES, x), series(rows, seed + 1));
    double[] e = fit.residuals();
    assertThat(dot(e, ones(rows))).isCloseTo(0, within(1e-12));
    assertThat(dot(e, x[0])).isCloseTo(0, within(1e-12));
    assertThat(dot(e, x[1])).isCloseTo(0, within(1e-12));
    assertThat(fit.rSquared()).isBetween(-1e-12, 1.0);
  }

  /** quant.md 1.11: what lets a linear teacher answer for a blend of two assets. */
  @Property(tries = 100)
  void coefficientsOfABlendAreTheBlendOfCoefficients(
      @ForAll @IntRange(min = 4, max = 60) int rows,
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll long seed) {
    Design design = Design.withConstant(NAMES, columns(rows, seed));
    double[] a = series(rows, seed + 1);
    double[] b = series(rows, seed + 2);
    double[] mix = IntStream.range(0, rows)
        .mapToDouble(i -> share * a[i] + (1 - share) * b[i])
        .toArray();
    double[] ofA = LeastSquares.fit(design, a).coefficients();
    double[] ofB = LeastSquares.fit(design, b).coefficients();
    double[] ofMix = LeastSquares.fit(design, mix).coefficients();
    for (int i = 0; i < 3; i++) {
      double scale = 1 + Math.abs(ofA[i]) + Math.abs(ofB[i]);
      assertThat(ofMix[i]).isCloseTo(share * ofA[i] + (1 - share) * ofB[i], within(1e-11 * scale));
    }
  }

  /** quant.md 1.11: {@code (G1 + G2)^-1 (G1 b1 + G2 b2)}, one regressor without constant. */
  @Property(tries = 100)
  void theBetaOfASpliceIsWeightedByTheVariationOfTheFactor(
      @ForAll @IntRange(min = 2, max = 30) int first,
      @ForAll @IntRange(min = 2, max = 30) int second,
      @ForAll long seed) {
    double[] x = series(first + second, seed);
    double[] y = series(first + second, seed + 1);
    double[] x1 = Arrays.copyOf(x, first);
    double[] x2 = Arrays.copyOfRange(x, first, first + second);
    double b1 = beta(x1, Arrays.copyOf(y, first));
    double b2 = beta(x2, Arrays.copyOfRange(y, first, first + second));
    double g1 = dot(x1, x1);
    double g2 = dot(x2, x2);
    assertThat(beta(x, y)).isCloseTo((g1 * b1 + g2 * b2) / (g1 + g2), within(1e-11));
  }

  @Property(tries = 50)
  void sandwichErrorsAreTheSumsWrittenOut(
      @ForAll @IntRange(min = 5, max = 40) int rows,
      @ForAll @IntRange(min = 0, max = 50) int lag,
      @ForAll long seed) {
    double[] x = series(rows, seed);
    Regression fit = LeastSquares.fit(
        Design.ofColumns(List.of("f"), new double[][] {x}), series(rows, seed + 1));
    double[] e = fit.residuals();
    double meat = 0;
    for (int s = 0; s < rows; s++) {
      for (int t = 0; t < rows; t++) {
        double weight = Math.max(0, 1 - Math.abs(s - t) / (lag + 1.0));
        meat += weight * x[s] * e[s] * x[t] * e[t];
      }
    }
    double expected = Math.sqrt(meat) / dot(x, x);
    assertThat(fit.standardErrors(ErrorRule.hac(lag))[0]).isCloseTo(expected, within(1e-12));
    assertThat(fit.standardErrors(ErrorRule.hacSmallSample(lag))[0])
        .isCloseTo(expected * Math.sqrt(rows / (rows - 1.0)), within(1e-12));
  }

  @Property(tries = 50)
  void equalWeightsChangeNothingAndAWeightOfTwoIsARowTwice(
      @ForAll @IntRange(min = 4, max = 30) int rows, @ForAll long seed) {
    double[][] x = columns(rows, seed);
    double[] y = series(rows, seed + 1);
    double[] weights = new double[rows];
    Arrays.fill(weights, 3);
    Regression plain = LeastSquares.fit(Design.withConstant(NAMES, x), y);
    Regression equal = LeastSquares.fit(Design.withConstant(NAMES, x), y, weights);
    assertThat(equal.coefficients()).containsExactly(plain.coefficients(), within(1e-9));
    assertThat(equal.rSquared()).isCloseTo(plain.rSquared(), within(1e-9));
    assertThat(equal.adjustedRSquared()).isCloseTo(plain.adjustedRSquared(), within(1e-8));

    weights[0] = 6;
    double[][] longer = {append(x[0], x[0][0]), append(x[1], x[1][0])};
    assertThat(LeastSquares.fit(Design.withConstant(NAMES, x), y, weights).coefficients())
        .containsExactly(
            LeastSquares.fit(Design.withConstant(NAMES, longer), append(y, y[0]))
                .coefficients(),
            within(1e-9));
  }

  private static double beta(double[] x, double[] y) {
    return LeastSquares.fit(Design.ofColumns(List.of("f"), new double[][] {x}), y)
        .coefficient("f");
  }

  private static double[][] columns(int rows, long seed) {
    return new double[][] {series(rows, seed + 10), series(rows, seed + 11)};
  }

  /** Uniform in [-1, 1): bounded, so that tolerances can be absolute. */
  private static double[] series(int rows, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, rows)
        .mapToDouble(i -> 2 * random.nextDouble() - 1)
        .toArray();
  }

  private static double[] append(double[] values, double last) {
    double[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = last;
    return longer;
  }

  private static double[] ones(int rows) {
    return IntStream.range(0, rows).mapToDouble(i -> 1).toArray();
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}

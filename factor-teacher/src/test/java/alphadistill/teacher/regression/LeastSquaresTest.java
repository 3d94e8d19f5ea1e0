package alphadistill.teacher.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
  private static final double[] UP = {1, 2, 3, 4};
  private static final double[] Y = {1, 3, 2, 5};

  @Test
  void fitsALineByHand() {
    Regression fit = LeastSquares.fit(Design.withConstant(List.of("x"), new double[][] {UP}), Y);
    assertThat(fit.coefficients()).containsExactly(new double[] {0, 1.1}, within(1e-14));
    assertThat(fit.residualSquares()).isCloseTo(2.7, within(1e-14)); // .1, .8, 1.3, .6 squared
    assertThat(fit.residualVariance()).isCloseTo(1.35, within(1e-14));
    assertThat(fit.rSquared()).isCloseTo(1 - 2.7 / 8.75, within(1e-14));
    assertThat(fit.standardErrors(ErrorRule.classical())[1])
        .isCloseTo(Math.sqrt(1.35 / 5), within(1e-14));
  }

  @Test
  void withoutConstantRSquaredIsAboutZero() {
    Regression fit = LeastSquares.fit(Design.ofColumns(List.of("x"), new double[][] {UP}), Y);
    assertThat(fit.coefficient("x")).isCloseTo(33.0 / 30, within(1e-14));
    assertThat(fit.rSquared()).isCloseTo(33.0 * 33 / 30 / 39, within(1e-14));
  }

  @Test
  void asManyRowsAsCoefficientsFitExactlyAndHaveNoVariance() {
    Regression fit = LeastSquares.fit(
        Design.withConstant(List.of("x"), new double[][] {{1, 3}}), new double[] {2, 8});
    assertThat(fit.coefficients()).containsExactly(new double[] {-1, 3}, within(1e-14));
    assertThat(fit.residualVariance()).isNaN();
  }

  @Test
  void refusesCollinearRegressorsByName() {
    double[] sum = {2, 4, 3, 9};
    double[] other = {1, 2, 0, 5}; // sum - up
    assertThatThrownBy(() -> LeastSquares.fit(
            Design.withConstant(List.of("up", "other", "sum"), new double[][] {UP, other, sum}), Y))
        .isInstanceOf(CollinearRegressorsException.class)
        .hasMessage(
            "regressor 'sum' is a linear combination of [up, other] in these 4 rows; leave one of them out");
    assertThatThrownBy(() -> LeastSquares.fit(
            Design.withConstant(List.of("flat"), new double[][] {{7, 7, 7, 7}}), Y))
        .hasMessageContaining("'flat' is a linear combination of [constant]");
    assertThatThrownBy(() -> LeastSquares.fit(
            Design.withConstant(List.of("none"), new double[][] {{0, 0, 0, 0}}), Y))
        .hasMessage("regressor 'none' is zero in all 4 rows; leave it out");
  }

  @Test
  void badScalesAreNotCollinear() {
    Regression fit = LeastSquares.fit(
        Design.withConstant(
            List.of("tiny", "huge"),
            new double[][] {{1e-12, 3e-12, 2e-12, 9e-12}, {1e9, 3e8, 7e9, 2e9}}),
        Y);
    assertThat(fit.rSquared()).isBetween(0.0, 1.0);
  }

  @Test
  void refusesMissingValuesAndTooFewRows() {
    Design design = Design.withConstant(List.of("x"), new double[][] {UP});
    assertThatThrownBy(() -> LeastSquares.fit(design, new double[] {1, Double.NaN, 2, 3}))
        .hasMessage("y is NaN in row 1; drop missing rows before the fit");
    assertThatThrownBy(() -> LeastSquares.fit(
            Design.withConstant(List.of("x"), new double[][] {{1, 2, Double.NaN, 3}}), Y))
        .hasMessage("regressor 'x' is NaN in row 2; drop missing rows before the fit");
    assertThatThrownBy(() -> LeastSquares.fit(
            Design.withConstant(List.of("x"), new double[][] {{1}}), new double[] {1}))
        .hasMessage("too few observations: 1 rows for 2 coefficients [constant, x]");
    assertThatThrownBy(() -> LeastSquares.fit(design, new double[3]))
        .hasMessage("3 values of y for 4 rows of regressors");
    assertThatThrownBy(() -> LeastSquares.fit(design, Y, new double[] {1, 1, 0, 1}))
        .hasMessage("weights must be positive, was 0.0 in row 2");
    assertThatThrownBy(() -> Design.ofColumns(List.of("a", "b"), new double[][] {UP, {1}}))
        .hasMessage("regressors have different lengths: [4, 1]");
    assertThatThrownBy(() -> ErrorRule.hac(-1)).hasMessage("lag must not be negative, was -1");
  }

  @Test
  void aMeanOfOneValueHasNoLagToLookAt() {
    assertThat(NeweyWest.errorOfMean(new double[] {3}, 5)).isZero();
    assertThat(NeweyWest.ruleLag(819)).isEqualTo(6);
    assertThat(NeweyWest.ruleLag(100, 21)).isEqualTo(20);
    assertThatThrownBy(() -> NeweyWest.errorOfMean(new double[0], 1))
        .hasMessage("a mean needs at least one value");
  }

  @Test
  void aPriorIsMovedToByTheErrorOfTheBeta() {
    VasicekPrior prior = VasicekPrior.of(0.5, 1.5, Double.NaN);
    assertThat(prior).isEqualTo(new VasicekPrior(1, 0.5));
    assertThat(prior.shrink(2, 0)).isEqualTo(2);
    assertThat(prior.shrink(2, Math.sqrt(0.5))).isCloseTo(1.5, within(1e-15));
    assertThat(VasicekPrior.of(0.7)).isEqualTo(VasicekPrior.flat(0.7));
    assertThat(VasicekPrior.flat(0.7).shrink(2, 10)).isEqualTo(2);
    assertThat(VasicekPrior.of(1, 1).shrink(2, 0.1)).isEqualTo(1);
    assertThatThrownBy(() -> VasicekPrior.of(Double.NaN))
        .hasMessage("a prior needs at least one beta");
    assertThatThrownBy(() -> new VasicekPrior(1, -0.1)).hasMessageContaining("was -0.1");
  }
}

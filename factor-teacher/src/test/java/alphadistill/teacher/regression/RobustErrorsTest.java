package alphadistill.teacher.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RobustErrorsTest {
  /** On dummies of groups, HC2 is the textbook error of a group's mean: its own variance over its own size. */
  @Test
  void hc2OfGroupMeansIsEachGroupsOwnError() {
    int[] sizes = {5, 9};
    Random random = new Random(1);
    double[] y =
        IntStream.range(0, 14).mapToDouble(i -> random.nextGaussian() * (1 + i)).toArray();
    double[][] dummies = new double[2][14];
    Arrays.fill(dummies[0], 0, 5, 1);
    Arrays.fill(dummies[1], 5, 14, 1);
    double[] errors = LeastSquares.fit(Design.ofColumns(List.of("a", "b"), dummies), y)
        .standardErrors(ErrorRule.hc2());
    for (int group = 0; group < 2; group++) {
      double[] own = Arrays.copyOfRange(y, group * 5, 5 + group * 9);
      double mean = Arrays.stream(own).average().orElseThrow();
      double variance =
          Arrays.stream(own).map(v -> (v - mean) * (v - mean)).sum() / (own.length - 1);
      assertThat(errors[group]).isCloseTo(Math.sqrt(variance / sizes[group]), within(1e-12));
    }
  }

  @Property(tries = 50)
  void hc3IsTheSumOfSquaredChangesWhenOneIsLeftOut(
      @ForAll @IntRange(min = 8, max = 40) int rows, @ForAll long seed) {
    Random random = new Random(seed);
    double[][] x = new double[2][rows];
    double[] y = new double[rows];
    for (int row = 0; row < rows; row++) {
      x[0][row] = random.nextGaussian();
      x[1][row] = random.nextGaussian();
      y[row] = x[0][row] + random.nextGaussian();
    }
    Regression fit = LeastSquares.fit(Design.withConstant(List.of("f", "g"), x), y);
    double[][] plain = new double[3][3];
    for (int out = 0; out < rows; out++) {
      int o = out;
      double[] b = LeastSquares.fit(
              Design.withConstant(
                  List.of("f", "g"),
                  Arrays.stream(x).map(column -> without(column, o)).toArray(double[][]::new)),
              without(y, o))
          .coefficients();
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          plain[i][j] += (b[i] - fit.coefficients()[i]) * (b[j] - fit.coefficients()[j]);
        }
      }
    }
    for (int i = 0; i < 3; i++) {
      assertThat(fit.covariance(ErrorRule.hc3())[i])
          .containsExactly(plain[i], within(1e-9 * (1 + plain[i][i])));
    }
    assertThat(Arrays.stream(fit.leverages()).sum()).isCloseTo(3, within(1e-10));
    double[] hc0 = fit.standardErrors(ErrorRule.hc0());
    double[] hc2 = fit.standardErrors(ErrorRule.hc2());
    double[] hc3 = fit.standardErrors(ErrorRule.hc3());
    for (int i = 0; i < 3; i++) {
      assertThat(hc0[i]).isLessThanOrEqualTo(hc2[i]);
      assertThat(hc2[i]).isLessThanOrEqualTo(hc3[i]);
    }
  }

  @Test
  void anObservationWithItsOwnDummyHasNoLeveragedError() {
    double[][] columns = {{1, 1, 1, 1}, {0, 0, 1, 0}};
    Regression fit = LeastSquares.fit(
        Design.ofColumns(List.of("constant", "crash"), columns), new double[] {1, 2, 9, 4});
    assertThatThrownBy(() -> fit.standardErrors(ErrorRule.hc3()))
        .hasMessageStartingWith("observation 2 alone decides a coefficient");
    assertThatThrownBy(() -> new ErrorRule.Leveraged(3))
        .hasMessage("power must be 1 (HC2) or 2 (HC3), was 3");
  }

  private static double[] without(double[] values, int index) {
    return IntStream.range(0, values.length)
        .filter(i -> i != index)
        .mapToDouble(i -> values[i])
        .toArray();
  }
}

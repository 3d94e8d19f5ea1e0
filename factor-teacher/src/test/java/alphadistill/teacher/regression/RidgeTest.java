package alphadistill.teacher.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RidgeTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 63, 64, 65, 200})
  void theGradientOfTheObjectiveVanishes(int rows) {
    Random random = new Random(rows);
    int width = 5;
    double[][] x = new double[rows][width];
    double[] y = new double[rows];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        x[row][i] = 3 + random.nextGaussian();
      }
      y[row] = random.nextGaussian();
    }
    double alpha = 0.7;

    Ridge.Fit fit = Ridge.fit(names(width), x, y, alpha);

    double[] gradient = new double[width];
    double residuals = 0;
    for (int row = 0; row < rows; row++) {
      double residual = y[row] - fit.predict(x[row]);
      residuals += residual;
      for (int i = 0; i < width; i++) {
        gradient[i] += residual * x[row][i];
      }
    }
    assertThat(residuals).isCloseTo(0, within(1e-11)); // the intercept is free
    for (int i = 0; i < width; i++) {
      assertThat(gradient[i]).isCloseTo(alpha * fit.coefficients()[i], within(1e-11));
    }
  }

  @Test
  void withoutPenaltyItIsLeastSquares() {
    Random random = new Random(5);
    double[][] columns = new double[3][150];
    double[] y = new double[150];
    double[][] rows = new double[150][3];
    for (int row = 0; row < y.length; row++) {
      for (int i = 0; i < 3; i++) {
        columns[i][row] = rows[row][i] = 1000 + random.nextGaussian(); // far from zero
      }
      y[row] = 2 + columns[0][row] + 0.1 * random.nextGaussian();
    }
    double[] plain = LeastSquares.fit(Design.withConstant(names(3), columns), y).coefficients();

    Ridge.Fit fit = Ridge.fit(names(3), rows, y, 0);

    for (int i = 0; i < 3; i++) {
      assertThat(fit.coefficients()[i]).isCloseTo(plain[i + 1], within(1e-11));
    }
  }

  @Test
  void floatRowsAndLaterRowsGiveTheSameFit() {
    Random random = new Random(6);
    Ridge asFloat = new Ridge(names(2));
    Ridge asDouble = new Ridge(names(2));
    for (int row = 0; row < 100; row++) {
      float[] x = {random.nextFloat(), random.nextFloat()};
      double y = random.nextGaussian();
      asFloat.add(x, y);
      asDouble.add(new double[] {x[0], x[1]}, y);
      if (row == 40) {
        asFloat.solve(1); // looking does not end the stream
      }
    }
    Ridge.Fit a = asFloat.solve(1);
    Ridge.Fit b = asDouble.solve(1);
    assertThat(a.rows()).isEqualTo(100);
    assertThat(a.coefficients()).containsExactly(b.coefficients(), within(1e-13));
    assertThat(a.predict(new float[] {1, 2}))
        .isCloseTo(b.predict(new double[] {1, 2}), within(1e-12));
  }

  @Test
  void aPenaltyTellsDuplicatesApartAndItsAbsenceIsRefused() {
    double[][] twice = IntStream.range(0, 20)
        .mapToObj(i -> new double[] {Math.sin(i), Math.sin(i)})
        .toArray(double[][]::new);
    double[] y = IntStream.range(0, 20).mapToDouble(i -> Math.sin(i)).toArray();
    double[] shared = Ridge.fit(names(2), twice, y, 1e-6).coefficients();
    assertThat(shared[0]).isCloseTo(0.5, within(1e-6));
    assertThat(shared[1]).isCloseTo(0.5, within(1e-6));
    assertThatThrownBy(() -> Ridge.fit(names(2), twice, y, 0))
        .isInstanceOf(CollinearRegressorsException.class)
        .hasMessageContaining("raise alpha");
    double[][] constant = new double[20][2];
    assertThat(Ridge.fit(names(2), constant, y, 1).coefficients()).containsExactly(0, 0);
  }

  @Test
  void refusesMissingValuesAndBadPenalties() {
    Ridge ridge = new Ridge(List.of("value", "size"));
    ridge.add(new double[] {1, 2}, 0);
    assertThatThrownBy(() -> ridge.add(new float[] {1, Float.NaN}, 0))
        .hasMessage("feature 'size' is NaN in row 1; fill or drop missing values before");
    assertThatThrownBy(() -> ridge.add(new double[] {1, 2}, Double.NaN))
        .hasMessageStartingWith("the label is NaN in row 1");
    assertThatThrownBy(() -> ridge.add(new double[3], 0))
        .hasMessage("a row of 3 values for 2 features");
    assertThatThrownBy(() -> ridge.solve(1)).hasMessage("too few observations: 1 rows");
    assertThatThrownBy(() -> ridge.solve(-1)).hasMessageContaining("was -1.0");
    assertThatThrownBy(() -> ridge.solve(Double.NaN)).hasMessageContaining("was NaN");
    assertThatThrownBy(() -> new Ridge(List.of())).hasMessageContaining("at least one feature");
  }

  private static List<String> names(int width) {
    return IntStream.range(0, width).mapToObj(i -> "f" + i).toList();
  }
}

package alphadistill.teacher.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {

  /** Widths around multiples of a panel. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 40})
  void theFactorTimesItsTransposeIsTheMatrixAndSolvesGoBack(int width) {
    double[] matrix = gram(width, width + 3);
    double[] factor = matrix.clone();

    double pivot = Cholesky.factor(factor, width);

    assertThat(pivot).isBetween(0.0, 1.0);
    for (int i = 0; i < width; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int c = 0; c <= j; c++) {
          sum += factor[Cholesky.row(i) + c] * factor[Cholesky.row(j) + c];
        }
        assertThat(sum).isCloseTo(matrix[Cholesky.row(i) + j], within(1e-12 * width));
      }
    }
    double[] expected = new Random(2).doubles(width).toArray();
    double[] v = new double[width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        v[i] += matrix[Cholesky.row(Math.max(i, j)) + Math.min(i, j)] * expected[j];
      }
    }
    Cholesky.solveLower(factor, v, width);
    Cholesky.solveUpper(factor, v, width);
    assertThat(v).containsExactly(expected, within(1e-8));
  }

  @Test
  void theSmallestPivotIsTheShareThatTheColumnsBeforeDoNotExplain() {
    double[] correlated = {1, 0.6, 1, 0, 0, 1};
    assertThat(Cholesky.factor(correlated, 3)).isCloseTo(1 - 0.36, within(1e-15));
    assertThat(Cholesky.factor(new double[] {1, 1, 1}, 2)).isZero();
    assertThat(Cholesky.factor(gram(9, 5), 9)).isLessThan(1e-12);
  }

  /** Products of random rows: singular where there are fewer rows than columns. */
  private static double[] gram(int width, int rows) {
    Random random = new Random(1);
    double[] packed = new double[Cholesky.size(width)];
    for (int row = 0; row < rows; row++) {
      double[] x = random.doubles(width, -1, 1).toArray();
      for (int i = 0; i < width; i++) {
        for (int j = 0; j <= i; j++) {
          packed[Cholesky.row(i) + j] += x[i] * x[j];
        }
      }
    }
    return packed;
  }
}

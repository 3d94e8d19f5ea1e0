package alphadistill.teacher.ipca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.teacher.regression.Cholesky;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fast sums against loops that can be read at a glance. */
class ProductsTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 7", "4, 8", "5, 16", "9, 33", "21, 500"})
  void productsOfColumnsAreThoseOfALoopWithVectorsAndWithout(int width, int rows) {
    double[][] columns = random(width, rows, 1);
    for (boolean vectors : new boolean[] {true, false}) {
      double[] packed = new double[Cholesky.size(width)];
      ColumnProducts.write(columns, packed, vectors);
      for (int i = 0; i < width; i++) {
        for (int j = 0; j <= i; j++) {
          double sum = 0;
          for (int row = 0; row < rows; row++) {
            sum += columns[i][row] * columns[j][row];
          }
          assertThat(packed[Cholesky.row(i) + j]).isCloseTo(sum, within(1e-14 * rows));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 17", "5, 40"})
  void systemsSideBySideAreSolvedAsOneByOne(int width, int periods) {
    double[][] packed = new double[Cholesky.size(width)][periods];
    for (int period = 0; period < periods; period++) {
      double[] gram = new double[packed.length];
      ColumnProducts.write(random(width, width + 2, period), gram);
      for (int pair = 0; pair < gram.length; pair++) {
        packed[pair][period] = gram[pair];
      }
    }
    double[][] v = random(width, periods, 99);
    double[][] expected = new double[width][periods];
    double[] forms = new double[periods];
    PeriodSystems.addQuadraticForm(packed, v, forms);
    for (int period = 0; period < periods; period++) {
      double[] factor = column(packed, period);
      double[] one = column(v, period);
      double form = 0;
      for (int i = 0; i < width; i++) {
        for (int j = 0; j < width; j++) {
          form += one[i] * factor[Cholesky.row(Math.max(i, j)) + Math.min(i, j)] * one[j];
        }
      }
      assertThat(forms[period]).isCloseTo(form, within(1e-12));
      Cholesky.factor(factor, width);
      Cholesky.solveLower(factor, one, width);
      Cholesky.solveUpper(factor, one, width);
      for (int i = 0; i < width; i++) {
        expected[i][period] = one[i];
      }
    }

    assertThat(PeriodSystems.factor(packed, width, 1e-14)).isEqualTo(-1);
    PeriodSystems.solve(packed, v, width);

    for (int i = 0; i < width; i++) {
      for (int period = 0; period < periods; period++) {
        double size = Math.max(1, Math.abs(expected[i][period]));
        assertThat(v[i][period] / size).isCloseTo(expected[i][period] / size, within(1e-8));
      }
    }
  }

  @Test
  void theFirstSingularPeriodIsNamed() {
    double[][] packed = {{1, 1, 1, 1}, {0.5, 1, 0, 1}, {1, 1, 1, 1}};
    assertThat(PeriodSystems.factor(packed, 2, 1e-14)).isEqualTo(1);
    assertThat(PeriodSystems.factor(new double[][] {{1, Double.NaN}}, 1, 1e-14)).isEqualTo(1);
  }

  private static double[] column(double[][] rows, int column) {
    return IntStream.range(0, rows.length).mapToDouble(row -> rows[row][column]).toArray();
  }

  private static double[][] random(int rows, int columns, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, rows)
        .mapToObj(row -> random.doubles(columns, -1, 1).toArray())
        .toArray(double[][]::new);
  }
}

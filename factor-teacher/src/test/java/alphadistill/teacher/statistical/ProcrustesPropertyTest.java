package alphadistill.teacher.statistical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ProcrustesPropertyTest {
  @Property(tries = 200)
  void aTurnedTableIsTurnedBack(
      @ForAll @IntRange(min = 1, max = 5) int factors, @ForAll long seed) {
    double[][] table = table(factors + 4, factors, seed);
    double[][] turn = // any rotation or reflection
        Procrustes.rotation(table(9, factors, seed + 1), table(9, factors, seed + 2));
    double[][] turned = Procrustes.turned(table, turn);
    double[][] back = Procrustes.turned(turned, Procrustes.rotation(turned, table));
    for (int row = 0; row < table.length; row++) {
      assertThat(back[row]).containsExactly(table[row], within(1e-12));
    }
  }

  /** Two factors: every rotation and reflection tried in small steps. */
  @Property(tries = 50)
  void noOtherTurnComesNearer(@ForAll long seed) {
    double[][] a = table(8, 2, seed);
    double[][] b = table(8, 2, seed + 1);
    double best = distance(Procrustes.turned(a, Procrustes.rotation(a, b)), b);
    double nearest = Double.POSITIVE_INFINITY;
    for (int step = 0; step < 3600; step++) {
      double cos = Math.cos(step * Math.PI / 1800);
      double sin = Math.sin(step * Math.PI / 1800);
      nearest = Math.min(
          nearest, distance(Procrustes.turned(a, new double[][] {{cos, -sin}, {sin, cos}}), b));
      nearest = Math.min(
          nearest, distance(Procrustes.turned(a, new double[][] {{cos, sin}, {sin, -cos}}), b));
    }
    assertThat(best).isBetween(nearest - 1e-3, nearest + 1e-12);
  }

  /** What makes turning harmless: fitted returns are loadings times scores. */
  @Property(tries = 50)
  void loadingsAndScoresTurnedTogetherDescribeTheSameReturns(@ForAll long seed) {
    double[][] loadings = table(6, 3, seed);
    double[][] scores = table(10, 3, seed + 1);
    double[][] turn = Procrustes.rotation(loadings, table(6, 3, seed + 2));
    double[][] turnedLoadings = Procrustes.turned(loadings, turn);
    double[][] turnedScores = Procrustes.turned(scores, turn);
    for (int row = 0; row < 10; row++) {
      for (int asset = 0; asset < 6; asset++) {
        assertThat(ComponentsTest.dot(turnedLoadings[asset], turnedScores[row]))
            .isCloseTo(ComponentsTest.dot(loadings[asset], scores[row]), within(1e-12));
      }
    }
  }

  private static double distance(double[][] a, double[][] b) {
    double sum = 0;
    for (int row = 0; row < a.length; row++) {
      for (int column = 0; column < a[row].length; column++) {
        sum += Math.pow(a[row][column] - b[row][column], 2);
      }
    }
    return sum;
  }

  private static double[][] table(int rows, int columns, long seed) {
    Random random = new Random(seed);
    double[][] table = new double[rows][columns];
    for (double[] row : table) {
      for (int column = 0; column < columns; column++) {
        row[column] = random.nextGaussian();
      }
    }
    return table;
  }
}

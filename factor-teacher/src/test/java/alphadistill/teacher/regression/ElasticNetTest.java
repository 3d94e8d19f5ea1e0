package alphadistill.teacher.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class ElasticNetTest {
  /** Every choice of signs is a linear system; the best of all answers that keep their signs is the optimum. */
  @Property(tries = 60)
  void agreesWithTryingAllSigns(
      @ForAll long seed,
      @ForAll @IntRange(min = 5, max = 40) int rows,
      @ForAll @DoubleRange(min = 0.01, max = 0.6) double alpha,
      @ForAll @DoubleRange(min = 0.05, max = 1) double l1Ratio) {
    Data data = new Data(rows, 4, 0.6, seed);
    double[] best = null;
    double lowest = Double.POSITIVE_INFINITY;
    for (int pattern = 0; pattern < 81; pattern++) {
      double[] b = forSigns(data, pattern, alpha, l1Ratio);
      if (b != null && objective(data, b, alpha, l1Ratio) < lowest) {
        lowest = objective(data, b, alpha, l1Ratio);
        best = b;
      }
    }
    ElasticNet.Fit fit = ElasticNet.fit(names(4), data.x, data.y, alpha, l1Ratio);
    assertThat(fit.coefficients()).containsExactly(best, within(1e-10));
    assertThat(fit.predict(data.meanX)).isCloseTo(data.meanY, within(1e-12));
  }

  /** No descent from the answer: the gap bounds what any other coefficients could gain. */
  @Property(tries = 40)
  void theDualityGapIsACertificate(
      @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 0.3) double alpha) {
    Data data = new Data(60, 12, 0.9, seed);
    ElasticNet.Fit fit = ElasticNet.fit(names(12), data.x, data.y, alpha, 0.7);
    double[] b = fit.coefficients();
    double ours = objective(data, b, alpha, 0.7);
    double gap = gapFromRows(data, b, alpha, 0.7);
    assertThat(fit.dualityGap()).isCloseTo(gap, within(1e-13));
    assertThat(gap).isBetween(-1e-14, 1e-12);
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      double[] other = b.clone();
      other[random.nextInt(12)] += 1e-3 * random.nextGaussian();
      other[random.nextInt(12)] *= random.nextDouble();
      assertThat(objective(data, other, alpha, 0.7)).isGreaterThan(ours - gap - 1e-14);
    }
    b[3] += 0.1; // away from the optimum the certificate must notice
    assertThat(gapFromRows(data, b, alpha, 0.7))
        .isGreaterThanOrEqualTo(objective(data, b, alpha, 0.7) - ours - 1e-12);
  }

  @Property(tries = 40)
  void noFeatureLeftOutPullsHarderThanThePenalty(
      @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 1) double l1Ratio) {
    Data data = new Data(100, 20, 0.95, seed);
    ElasticNet.Fit fit = ElasticNet.fit(names(20), data.x, data.y, 0.02, l1Ratio);
    double[] b = fit.coefficients();
    for (int i = 0; i < 20; i++) {
      double pull = 0;
      for (int row = 0; row < 100; row++) {
        pull += (data.x[row][i] - data.meanX[i]) * (data.y[row] - fit.predict(data.x[row])) / 100;
      }
      pull -= 0.02 * (1 - l1Ratio) * b[i];
      if (b[i] == 0) {
        assertThat(Math.abs(pull)).isLessThanOrEqualTo(0.02 * l1Ratio + 1e-12);
      } else {
        assertThat(pull).isCloseTo(0.02 * l1Ratio * Math.signum(b[i]), within(1e-11));
      }
    }
  }

  @Test
  void duplicatesShareOrAreLeftOutAndConstantsStayZero() {
    double[][] x = IntStream.range(0, 30)
        .mapToObj(i -> new double[] {Math.sin(i), Math.sin(i), 5})
        .toArray(double[][]::new);
    double[] y = IntStream.range(0, 30).mapToDouble(i -> Math.sin(i)).toArray();
    double[] shared = ElasticNet.fit(names(3), x, y, 1e-3, 0.5).coefficients();
    assertThat(shared[0]).isCloseTo(shared[1], within(1e-9)).isGreaterThan(0.45);
    assertThat(shared[2]).isZero();
    ElasticNet.Fit lasso = ElasticNet.fit(names(3), x, y, 1e-3, 1);
    assertThat(lasso.coefficients()[0] + lasso.coefficients()[1])
        .isCloseTo(1, within(3e-3)); // any split is optimal
    assertThat(lasso.dualityGap()).isLessThan(1e-14);
  }

  @Property(tries = 40)
  void theSmallestEmptyPenaltyIsWhereTheFirstFeatureEnters(
      @ForAll long seed, @ForAll @DoubleRange(min = 0.05, max = 1) double l1Ratio) {
    Data data = new Data(40, 5, 0.5, seed);
    ElasticNet net = new ElasticNet(names(5));
    for (int row = 0; row < 40; row++) {
      net.add(data.x[row], data.y[row]);
    }
    double alpha = net.emptyAt(l1Ratio);
    assertThat(net.solve(alpha * (1 + 1e-9), l1Ratio).active()).isEmpty();
    assertThat(net.solve(alpha * (1 - 1e-6), l1Ratio).active()).isNotEmpty();
  }

  @Test
  void aLargePenaltyLeavesTheMeanAndASmallOneLeastSquares() {
    Data data = new Data(80, 3, 0.3, 5);
    ElasticNet.Fit nothing = ElasticNet.fit(names(3), data.x, data.y, 100, 0.5);
    assertThat(nothing.active()).isEmpty();
    assertThat(nothing.intercept()).isCloseTo(data.meanY, within(1e-14));
    double[][] columns = new Array2DRowRealMatrix(data.x).transpose().getData();
    double[] plain =
        LeastSquares.fit(Design.withConstant(names(3), columns), data.y).coefficients();
    double[] almost = ElasticNet.fit(names(3), data.x, data.y, 1e-12, 0.5).coefficients();
    assertThat(almost).containsExactly(new double[] {plain[1], plain[2], plain[3]}, within(1e-10));
  }

  @Test
  void oneStreamServesManyPenaltiesAndFloats() {
    Data data = new Data(150, 3, 0.3, 6);
    ElasticNet net = new ElasticNet(names(3));
    for (int row = 0; row < 150; row++) {
      float[] x = {(float) data.x[row][0], (float) data.x[row][1], (float) data.x[row][2]};
      net.add(x, data.y[row]);
      if (row == 70) {
        net.solve(0.1, 1); // looking does not end the stream
      }
    }
    double[] b = net.solve(0.05, 0.5).coefficients();
    assertThat(net.rows()).isEqualTo(150);
    assertThat(b)
        .containsExactly(
            ElasticNet.fit(names(3), data.x, data.y, 0.05, 0.5).coefficients(), within(1e-6));
  }

  @Test
  void refusesPenaltiesThatAreNone() {
    ElasticNet net = new ElasticNet(names(1));
    net.add(new double[] {1}, 2);
    assertThatThrownBy(() -> net.solve(0, 0.5))
        .hasMessage("alpha must be a positive number, was 0.0; without a penalty use LeastSquares");
    assertThatThrownBy(() -> net.solve(1, 0))
        .hasMessage("l1Ratio must be above 0 and at most 1, was 0.0; for 0 use Ridge");
    assertThatThrownBy(() -> net.solve(Double.NaN, 0.5)).hasMessageContaining("was NaN");
    assertThatThrownBy(() -> net.solve(1, 0.5)).hasMessage("too few observations: 1 rows");
    assertThatThrownBy(() -> ElasticNet.fit(names(1), new double[2][1], new double[3], 1, 1))
        .hasMessage("2 rows of features and 3 labels");
  }

  /** Coefficients for one pattern of signs (base 3: zero, plus, minus); null if the answer has other signs. */
  private static double[] forSigns(Data data, int pattern, double alpha, double l1Ratio) {
    int[] sign = new int[4];
    for (int i = 0, rest = pattern; i < 4; i++, rest /= 3) {
      sign[i] = rest % 3 == 2 ? -1 : rest % 3;
    }
    int[] active = IntStream.range(0, 4).filter(i -> sign[i] != 0).toArray();
    double[] b = new double[4];
    if (active.length > 0) {
      RealMatrix left = new Array2DRowRealMatrix(active.length, active.length);
      ArrayRealVector right = new ArrayRealVector(active.length);
      for (int i = 0; i < active.length; i++) {
        for (int row = 0; row < data.y.length; row++) {
          double centred = data.x[row][active[i]] - data.meanX[active[i]];
          right.addToEntry(i, centred * (data.y[row] - data.meanY) / data.y.length);
          for (int j = 0; j < active.length; j++) {
            left.addToEntry(
                i, j, centred * (data.x[row][active[j]] - data.meanX[active[j]]) / data.y.length);
          }
        }
        left.addToEntry(i, i, alpha * (1 - l1Ratio));
        right.addToEntry(i, -alpha * l1Ratio * sign[active[i]]);
      }
      double[] solved = new LUDecomposition(left).getSolver().solve(right).toArray();
      for (int i = 0; i < active.length; i++) {
        if (solved[i] * sign[active[i]] <= 0) {
          return null;
        }
        b[active[i]] = solved[i];
      }
    }
    return b;
  }

  private static double objective(Data data, double[] b, double alpha, double l1Ratio) {
    double sum = 0;
    for (int row = 0; row < data.y.length; row++) {
      sum += Math.pow(data.residual(row, b), 2) / (2.0 * data.y.length);
    }
    for (double value : b) {
      sum += alpha * l1Ratio * Math.abs(value) + alpha * (1 - l1Ratio) / 2 * value * value;
    }
    return sum;
  }

  /** The penalty of squares as extra rows sqrt(n alpha (1 - l1)) e_i, then the gap of a lasso. */
  private static double gapFromRows(Data data, double[] b, double alpha, double l1Ratio) {
    int n = data.y.length;
    double root = Math.sqrt(n * alpha * (1 - l1Ratio));
    double[] residual = new double[n + b.length];
    for (int row = 0; row < n; row++) {
      residual[row] = data.residual(row, b);
    }
    double hardest = 0;
    double absolute = 0;
    for (int i = 0; i < b.length; i++) {
      residual[n + i] = -root * b[i];
      double pull = root * residual[n + i];
      for (int row = 0; row < n; row++) {
        pull += (data.x[row][i] - data.meanX[i]) * residual[row];
      }
      hardest = Math.max(hardest, Math.abs(pull));
      absolute += Math.abs(b[i]);
    }
    double share = Math.min(1, n * alpha * l1Ratio / hardest);
    double primal = n * alpha * l1Ratio * absolute;
    double dual = 0;
    for (int row = 0; row < residual.length; row++) {
      double y = row < n ? data.y[row] - data.meanY : 0;
      primal += 0.5 * residual[row] * residual[row];
      dual += 0.5 * y * y - 0.5 * Math.pow(share * residual[row] - y, 2);
    }
    return (primal - dual) / n;
  }

  private static List<String> names(int width) {
    return IntStream.range(0, width).mapToObj(i -> "f" + i).toList();
  }

  /** Correlated features away from zero; every third one matters. */
  private static final class Data {
    final double[][] x;
    final double[] y;
    final double[] meanX;
    final double meanY;

    Data(int rows, int width, double correlation, long seed) {
      Random random = new Random(seed);
      x = new double[rows][width];
      y = new double[rows];
      meanX = new double[width];
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        double common = random.nextGaussian();
        for (int i = 0; i < width; i++) {
          x[row][i] = 3
              + Math.sqrt(correlation) * common
              + Math.sqrt(1 - correlation) * random.nextGaussian();
          meanX[i] += x[row][i] / rows;
          y[row] += i % 3 == 0 ? x[row][i] : 0;
        }
        y[row] += random.nextGaussian();
        sum += y[row];
      }
      meanY = sum / rows;
    }

    double residual(int row, double[] b) {
      double residual = y[row] - meanY;
      for (int i = 0; i < b.length; i++) {
        residual -= b[i] * (x[row][i] - meanX[i]);
      }
      return residual;
    }
  }
}

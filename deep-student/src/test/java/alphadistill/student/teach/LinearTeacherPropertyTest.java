package alphadistill.student.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.Draws;
import alphadistill.augment.window.CrossAssetMixup;
import alphadistill.augment.window.LeverageScaling;
import alphadistill.augment.window.RegimeSplice;
import alphadistill.augment.window.TeacherInputs;
import alphadistill.augment.window.WindowBatch;
import alphadistill.augment.window.WindowTransform;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.LeastSquares;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What transforms do to regressions on the teacher's returns, in random markets. */
class LinearTeacherPropertyTest {
  private static final int DAYS = 40;
  private static final List<String> FACTORS = List.of("market", "size");

  private static ReferenceMarket market(long seed) {
    double[][] factors = new double[2][120];
    double[][] assets = new double[3][120];
    Draws draws = Draws.of(seed, "market");
    for (int day = 0; day < 120; day++) {
      double volatility = day < 60 ? 0.005 : 0.03; // a calm half and a turbulent one
      factors[0][day] = volatility * draws.normal();
      factors[1][day] = volatility * draws.normal();
      for (int asset = 0; asset < 3; asset++) {
        double beta = day < 60 ? 0.5 + asset : 1.5 - asset;
        assets[asset][day] = beta * factors[0][day] + 0.01 * draws.normal();
      }
    }
    return new ReferenceMarket(assets, factors);
  }

  @Property(tries = 50)
  void coefficientsOfAMixAreTheMixOfCoefficients(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 1) double share) {
    WindowBatch batch = market(seed).batch(119, DAYS);
    WindowBatch mixed =
        new CrossAssetMixup(1, CrossAssetMixup.Nonlinear.REFUSE).mixed(batch, 0, 2, share);

    double[] own = coefficients(batch, 0, 0, DAYS);
    double[] partner = coefficients(batch, 2, 0, DAYS);
    double[] mix = coefficients(mixed, 0, 0, DAYS);
    for (int k = 0; k < mix.length; k++) {
      assertThat(mix[k]).isCloseTo(share * own[k] + (1 - share) * partner[k], within(1e-12));
    }
  }

  @Property(tries = 50)
  void splicedCoefficientsAreGramWeighted(
      @ForAll long seed, @ForAll @IntRange(min = 8, max = 32) int length) {
    ReferenceMarket market = market(seed);
    RegimeSplice splice =
        new RegimeSplice(1, 0, RegimeSplice.Label.KEEP, RegimeSplice.Seam.REFUSE, market);
    WindowBatch spliced = splice.spliced(market.batch(119, DAYS), 1, 0, length, 50);

    double[] first = coefficients(spliced, 1, 0, length);
    double[] second = coefficients(spliced, 1, length, DAYS);
    double[] whole = coefficients(spliced, 1, 0, DAYS);
    double[][] gramOfFirst = gram(spliced, 1, 0, length);
    double[][] gramOfSecond = gram(spliced, 1, length, DAYS);
    for (int i = 0; i < whole.length; i++) { // (G1 + G2) b = G1 b1 + G2 b2
      double left = 0;
      double right = 0;
      double size = 0;
      for (int j = 0; j < whole.length; j++) {
        left += (gramOfFirst[i][j] + gramOfSecond[i][j]) * whole[j];
        right += gramOfFirst[i][j] * first[j] + gramOfSecond[i][j] * second[j];
        size += Math.abs(gramOfFirst[i][j] * first[j]) + Math.abs(gramOfSecond[i][j] * second[j]);
      }
      assertThat(left).isCloseTo(right, within(1e-11 * size));
    }
  }

  @Property(tries = 50)
  void leverageTimesBetas(@ForAll long seed) {
    WindowBatch batch = market(seed).batch(119, DAYS);
    WindowBatch levered =
        new LeverageScaling(2).apply(batch, new WindowTransform.Key(seed, 0, 0), 1);

    double factor = levered.windows()[0] / (double) batch.windows()[0];
    double[] before = coefficients(batch, 0, 0, DAYS);
    double[] after = coefficients(levered, 0, 0, DAYS);
    for (int k = 0; k < after.length; k++) {
      assertThat(after[k]).isCloseTo(factor * before[k], within(1e-5 * (1 + Math.abs(before[k]))));
    }
  }

  private static double[] coefficients(WindowBatch batch, int sample, int from, int to) {
    TeacherInputs.ReturnHistory history = (TeacherInputs.ReturnHistory) batch.teacherInputs();
    double[] y = Arrays.copyOfRange(history.asset(), sample * DAYS + from, sample * DAYS + to);
    return LeastSquares.fit(Design.rowsWithConstant(FACTORS, factors(batch, sample, from, to)), y)
        .coefficients();
  }

  private static double[][] gram(WindowBatch batch, int sample, int from, int to) {
    double[][] gram = new double[3][3];
    for (double[] factors : factors(batch, sample, from, to)) {
      double[] x = {1, factors[0], factors[1]};
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          gram[i][j] += x[i] * x[j];
        }
      }
    }
    return gram;
  }

  private static double[][] factors(WindowBatch batch, int sample, int from, int to) {
    TeacherInputs.ReturnHistory history = (TeacherInputs.ReturnHistory) batch.teacherInputs();
    double[][] rows = new double[to - from][];
    for (int i = from; i < to; i++) {
      int at = (sample * DAYS + i) * 2;
      rows[i - from] = Arrays.copyOfRange(history.factor(), at, at + 2);
    }
    return rows;
  }
}

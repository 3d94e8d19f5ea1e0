package alphadistill.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.teacher.famamacbeth.MeanSlopes;
import alphadistill.teacher.pricing.PricingSample;
import alphadistill.teacher.pricing.ReturnTable;
import alphadistill.teacher.pricing.TradedFactorFit;
import alphadistill.teacher.pricing.TradedFactorModel;
import alphadistill.teacher.pricing.TwoPassFit;
import alphadistill.teacher.pricing.TwoPassModel;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.ErrorRule;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.Regression;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Simulated samples whose truth is known: an interval of 95 % must hold it in 95 % of them, to two points. With 2,000
 * draws the share itself has an error of half a point. Every draw has its own seed, so the count is always the same.
 *
 * <p>T is as large as the theory asks for: 400 dates for errors that allow for autocorrelation of 0.3 at lag 5, whose
 * Bartlett weights make them some per cent too small; 500 for the second pass, where estimated betas pull the premium
 * down by 1 %; 400 for tests that are chi-square in large samples only; 150 for independent dates.
 */
class CoverageTest {
  private static final int DRAWS = 2000;
  private static final double NORMAL_95 = 1.959964;

  @Test
  void leastSquaresWithNeweyWest() {
    double share = covered(draw -> {
      Random random = new Random(draw);
      double[] x = autoregression(random, 400, 0.3);
      double[] e = autoregression(random, 400, 0.3);
      double[] y = IntStream.range(0, 400).mapToDouble(t -> 0.5 * x[t] + e[t]).toArray();
      Regression fit = LeastSquares.fit(Design.withConstant(List.of("x"), new double[][] {x}), y);
      return holds(0.5, fit.coefficient("x"), fit.standardErrors(ErrorRule.hacSmallSample(5))[1]);
    });
    assertThat(share).isCloseTo(0.95, within(0.02));
  }

  /** A premium as large as the factor's deviation, so c = 1: errors that take betas as known are far too small. */
  @Test
  void shankenErrorsOfTwoPassPremia() {
    double premium = 0.02;
    double[] shares = shares(3, draw -> {
      Panel panel = new Panel(new Random(draw), 500, 6, premium, 0.02, 0.05);
      TwoPassFit fit = TwoPassModel.standard().fit(panel.sample());
      double estimate = fit.premia()[0];
      return holds(premium, estimate, fit.shankenErrors()[0])
          + 2 * holds(premium, estimate, fit.jointErrors()[0])
          + 4 * holds(premium, estimate, fit.famaMacBethErrors()[0]);
    });
    assertThat(shares[0]).isCloseTo(0.95, within(0.02));
    assertThat(shares[1]).isCloseTo(0.95, within(0.02));
    assertThat(shares[2]).isLessThan(0.92);
  }

  @Test
  void famaMacBethPremia() {
    double[] shares = shares(2, draw -> {
      Random random = new Random(draw);
      double[][] slopes = new double[150][];
      double[][] characteristic = new double[1][20];
      double[] y = new double[20];
      for (int t = 0; t < slopes.length; t++) {
        double premium = 0.004 + 0.01 * random.nextGaussian();
        for (int i = 0; i < 20; i++) {
          characteristic[0][i] = random.nextGaussian();
          y[i] = premium * characteristic[0][i] + 0.05 * random.nextGaussian();
        }
        slopes[t] = LeastSquares.fit(Design.withConstant(List.of("c"), characteristic), y)
            .coefficients();
      }
      MeanSlopes mean = MeanSlopes.of(slopes);
      return holds(0.004, mean.means()[1], mean.standardErrors()[1])
          + 2 * holds(0.004, mean.means()[1], mean.neweyWestErrors(4)[1]);
    });
    assertThat(shares[0]).isCloseTo(0.95, within(0.02));
    assertThat(shares[1]).isCloseTo(0.95, within(0.02));
  }

  /** Tests reject a true model in 5 % of samples: GRS exactly, Shanken's and the robust one for large T. */
  @Test
  void testsRejectATrueModelAtTheirLevel() {
    double[] shares = shares(3, draw -> {
      PricingSample sample = new Panel(new Random(draw), 400, 4, 0.006, 0.04, 0.03).sample();
      TradedFactorFit traded = TradedFactorModel.standard().fit(sample);
      int grs = traded.grs().pValue() < 0.05 ? 1 : 0;
      int robust = traded.robustTest().pValue() < 0.05 ? 2 : 0;
      int shanken = TwoPassModel.standard().fit(sample).shankenTest().pValue() < 0.05 ? 4 : 0;
      return grs + robust + shanken;
    });
    assertThat(shares[0]).isCloseTo(0.05, within(0.015));
    assertThat(shares[1]).isCloseTo(0.05, within(0.02));
    assertThat(shares[2]).isCloseTo(0.05, within(0.02));
  }

  private static int holds(double truth, double estimate, double error) {
    return Math.abs(estimate - truth) <= NORMAL_95 * error ? 1 : 0;
  }

  private static double covered(IntUnaryOperator draw) {
    return shares(1, draw)[0];
  }

  /** Share of draws in which each bit of the answer is set. */
  private static double[] shares(int bits, IntUnaryOperator draw) {
    int[] answers = IntStream.range(0, DRAWS).parallel().map(draw).toArray();
    return IntStream.range(0, bits)
        .mapToDouble(bit -> IntStream.of(answers).map(a -> a >> bit & 1).sum() / (double) DRAWS)
        .toArray();
  }

  private static double[] autoregression(Random random, int periods, double persistence) {
    double[] series = new double[periods];
    double state = random.nextGaussian() / Math.sqrt(1 - persistence * persistence);
    for (int t = 0; t < periods; t++) {
      series[t] = state;
      state = persistence * state + random.nextGaussian();
    }
    return series;
  }

  /** One traded factor and assets that it prices exactly. */
  private static final class Panel {
    final ReturnTable assets;
    final ReturnTable factors;

    Panel(Random random, int periods, int count, double premium, double deviation, double noise) {
      List<LocalDate> dates = Stream.iterate(LocalDate.of(2000, 1, 1), d -> d.plusDays(1))
          .limit(periods)
          .toList();
      double[][] returns = new double[periods][count];
      double[][] factor = new double[periods][1];
      for (int t = 0; t < periods; t++) {
        factor[t][0] = premium + deviation * random.nextGaussian();
        for (int i = 0; i < count; i++) {
          double beta = 0.5 + i / (count - 1.0);
          returns[t][i] = beta * factor[t][0] + noise * random.nextGaussian();
        }
      }
      assets = new ReturnTable(
          dates, IntStream.range(0, count).mapToObj(i -> "A" + i).toList(), returns);
      factors = new ReturnTable(dates, List.of("m"), factor);
    }

    PricingSample sample() {
      return new PricingSample(assets, factors);
    }
  }
}

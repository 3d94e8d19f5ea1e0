package alphadistill.backtest.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.backtest.metric.Annualisation;
import alphadistill.backtest.weight.Targets;
import alphadistill.backtest.weight.WeightRule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens after a day, nothing that was decided, filled or earned up to that day may change. */
class LookAheadTest {
  private static final int DAYS = 90;
  private static final int ASSETS = 9;

  @ParameterizedTest
  @EnumSource(Execution.Fill.class)
  void changingEverythingAfterADayChangesNoWeightFillOrReturnUpToIt(Execution.Fill fill) {
    Backtest backtest = new Backtest(
        new Execution(1, fill),
        new TradingCosts(0.001, 0.001, 0.02, Optional.of(new MarketImpact(1, 1e5, 0.2, 10))),
        new DelistingRule(3, -0.3),
        Annualisation.DAILY);
    for (WeightRule rule : List.of(
        new WeightRule.QuantileLongShort(0.3, 1),
        new WeightRule.TopKDropout(3, 1),
        new WeightRule.SignalWeighted(1))) {
      for (int day : new int[] {5, 40, 41, 88}) {
        BacktestResult before = run(backtest, rule, DAYS);
        BacktestResult after = run(backtest, rule, day);

        assertThat(past(after.net(), day)).isEqualTo(past(before.net(), day));
        assertThat(past(after.turnover(), day)).isEqualTo(past(before.turnover(), day));
        assertThat(Arrays.copyOf(after.weights(), day + 1))
            .isDeepEqualTo(Arrays.copyOf(before.weights(), day + 1));
        assertThat(until(after.rejected(), before, day))
            .isEqualTo(until(before.rejected(), before, day));
        assertThat(after.delistings().stream()
                .filter(d -> !d.date().isAfter(before.dates().get(day)))
                .toList())
            .isEqualTo(before.delistings().stream()
                .filter(d -> !d.date().isAfter(before.dates().get(day)))
                .toList());
      }
    }
  }

  /** The same world up to and including {@code lastShared}; other prices, gaps and scores after it. */
  private static BacktestResult run(Backtest backtest, WeightRule rule, int lastShared) {
    double[][] close = new double[DAYS][ASSETS];
    double[][] open = new double[DAYS][ASSETS];
    double[][] volume = new double[DAYS][ASSETS];
    double[][] scores = new double[DAYS][ASSETS];
    double[] last = new double[ASSETS];
    Arrays.fill(last, 50);
    for (int day = 0; day < DAYS; day++) {
      Random random = new Random(day <= lastShared ? day : 10_000 + day);
      for (int asset = 0; asset < ASSETS; asset++) {
        open[day][asset] = last[asset] * Math.exp(0.01 * random.nextGaussian());
        last[asset] = open[day][asset] * Math.exp(0.01 * random.nextGaussian());
        boolean gap = random.nextInt(10) == 0 || asset == 0 && day > 30;
        close[day][asset] = gap ? Double.NaN : last[asset];
        open[day][asset] = gap ? Double.NaN : open[day][asset];
        volume[day][asset] = random.nextInt(20) * 100;
        scores[day][asset] = random.nextInt(8) == 0 ? Double.NaN : random.nextInt(5);
      }
    }
    Market market = new Market(
        Markets.dates(DAYS), Markets.assets(ASSETS), close, Optional.of(open), Optional.of(volume));
    return backtest.run(Targets.of(scores, rule, 2), market);
  }

  private static double[] past(double[] series, int day) {
    return Arrays.copyOf(series, day + 1);
  }

  private static List<RejectedOrder> until(
      List<RejectedOrder> orders, BacktestResult result, int day) {
    return orders.stream()
        .filter(o -> !o.date().isAfter(result.dates().get(day)))
        .toList();
  }
}

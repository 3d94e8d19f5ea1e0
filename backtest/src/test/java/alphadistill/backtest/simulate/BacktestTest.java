package alphadistill.backtest.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.backtest.metric.Annualisation;
import alphadistill.backtest.metric.Wealth;
import alphadistill.backtest.simulate.RejectedOrder.Reason;
import alphadistill.backtest.weight.Targets;
import alphadistill.backtest.weight.WeightRule;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BacktestTest {
  private static final double NAN = Double.NaN;
  private static final double[] LEAVE = {};
  private final Backtest free = backtest(TradingCosts.NONE);

  @Test
  void aTargetEarnsNothingBeforeItsFill() {
    Market market = Markets.of(new double[][] {{100}, {200}, {300}});

    BacktestResult result = free.run(new Targets(new double[][] {{1}, LEAVE, LEAVE}), market);

    assertThat(result.gross()).containsExactly(new double[] {0, 0, 0.5}, within(1e-15));
    assertThat(result.firstFill()).isEqualTo(1);
  }

  @Test
  void weightsDriftWithReturnsBetweenDecisions() {
    Market market = Markets.of(new double[][] {{10, 10}, {10, 10}, {20, 10}, {20, 10}});

    BacktestResult result =
        free.run(new Targets(new double[][] {{0.5, 0.5}, LEAVE, LEAVE, LEAVE}), market);

    assertThat(result.weights()[2]).containsExactly(new double[] {2.0 / 3, 1.0 / 3}, within(1e-15));
    assertThat(result.turnover()).containsExactly(0, 1, 0, 0);
  }

  @Test
  void aFillAtTheOpenEarnsTheRestOfTheDay() {
    Market market = new Market(
        Markets.dates(3),
        Markets.assets(1),
        new double[][] {{100}, {110}, {110}},
        Optional.of(new double[][] {{100}, {105}, {121}}),
        Optional.empty());
    Backtest atOpen = new Backtest(
        Execution.NEXT_OPEN, TradingCosts.NONE, DelistingRule.AT_LAST_PRICE, Annualisation.DAILY);

    BacktestResult result = atOpen.run(new Targets(new double[][] {{1}, {0}, LEAVE}), market);

    assertThat(result.gross())
        .containsExactly(new double[] {0, 110.0 / 105 - 1, 0.1}, within(1e-12));
  }

  @Test
  void anOrderWithoutAPriceIsRejectedAndListed() {
    Market market = Markets.of(new double[][] {{10, 10}, {NAN, 10}, {10, 10}});

    BacktestResult result =
        free.run(new Targets(new double[][] {{0.5, 0.5}, LEAVE, LEAVE}), market);

    assertThat(result.rejected())
        .containsExactly(new RejectedOrder(market.dates().get(1), "A0", 0.5, 0, Reason.NO_PRICE));
    assertThat(result.weights()[1]).containsExactly(0, 0.5);
    assertThat(result.turnover()[1]).isEqualTo(0.5);
  }

  @Test
  void aSuspendedNameKeepsItsValueAndCatchesUpWhenItsPriceReturns() {
    Market market = Markets.of(new double[][] {{10}, {10}, {NAN}, {15}});

    BacktestResult result = free.run(new Targets(new double[][] {{1}, {0}, LEAVE, LEAVE}), market);

    assertThat(result.gross()).containsExactly(new double[] {0, 0, 0, 0.5}, within(1e-15));
    assertThat(result.rejected()).extracting(RejectedOrder::reason).containsOnly(Reason.NO_PRICE);
  }

  @Test
  void aDayWithoutVolumeIsNotTradable() {
    Market market = new Market(
        Markets.dates(2),
        Markets.assets(1),
        new double[][] {{10}, {10}},
        Optional.empty(),
        Optional.of(new double[][] {{5}, {0}}));

    assertThat(free.run(new Targets(new double[][] {{1}, LEAVE}), market).rejected())
        .extracting(RejectedOrder::reason)
        .containsExactly(Reason.NO_VOLUME);
  }

  @Test
  void aDelistedNameBooksItsDelistingReturnOnceAndNeverTradesAgain() {
    Backtest strict = new Backtest(
        Execution.NEXT_CLOSE, TradingCosts.NONE, new DelistingRule(2, -0.3), Annualisation.DAILY);
    Market market =
        Markets.of(new double[][] {{10, 10}, {10, 10}, {NAN, 10}, {NAN, 10}, {NAN, 10}});
    double[] half = {0.5, 0.5};

    BacktestResult result =
        strict.run(new Targets(new double[][] {half, LEAVE, LEAVE, half, LEAVE}), market);

    assertThat(result.gross()).containsExactly(new double[] {0, 0, 0, -0.15, 0}, within(1e-15));
    assertThat(result.delistings())
        .containsExactly(
            new Delisting(market.dates().get(3), "A0", market.dates().get(1), 0.5, -0.3));
    assertThat(result.weights()[3]).containsExactly(new double[] {0, 0.5 / 0.85}, within(1e-15));
    assertThat(result.rejected())
        .extracting(RejectedOrder::reason)
        .containsExactly(Reason.DELISTED);
    assertThat(result.weights()[4][0]).isZero();
  }

  @Test
  void anAccountThatLosesEverythingStopsTrading() {
    Market market = Markets.of(new double[][] {{10}, {10}, {25}, {1}});

    BacktestResult result = free.run(new Targets(new double[][] {{-1}, {-1}, {-1}, LEAVE}), market);

    assertThat(Wealth.path(result.net())).containsExactly(1, 1, 1, 0, 0);
    assertThat(result.exposure().gross()[3]).isZero();
  }

  @Test
  void costsAreSplitAndDifferFromNoCostsByTurnoverTimesRate() {
    Market market = Markets.randomWalk(40, 6, 3);
    Targets targets =
        Targets.of(Markets.noise(40, 6, 4), new WeightRule.QuantileLongShort(0.34, 1), 1);

    BacktestResult none = free.run(targets, market);
    BacktestResult paid = backtest(new TradingCosts(0.0006, 0.0004, 0)).run(targets, market);

    assertThat(paid.turnover()).containsExactly(none.turnover(), within(1e-15));
    for (int day = 0; day < 40; day++) {
      double lost = 1 - (1 + paid.net()[day]) / (1 + none.net()[day]);
      assertThat(lost).isEqualTo(0.001 * paid.turnover()[day], within(1e-12));
      assertThat(paid.costs().commission()[day])
          .isEqualTo(1.5 * paid.costs().slippage()[day], within(1e-15));
    }
  }

  @Test
  void impactGrowsWithCapitalAndLargeOrdersAreCut() {
    Market market = Markets.withVolume(Markets.randomWalk(60, 4, 5), 1_000);
    Targets targets =
        Targets.of(Markets.noise(60, 4, 6), new WeightRule.QuantileLongShort(0.25, 1), 5);

    BacktestResult small = backtest(impact(1_000)).run(targets, market);
    BacktestResult large = backtest(impact(1_000_000)).run(targets, market);

    assertThat(small.rejected())
        .isNotEmpty()
        .allMatch(order -> order.reason() == Reason.NO_HISTORY);
    assertThat(Arrays.stream(small.costs().impact()).sum()).isPositive();
    assertThat(large.rejected())
        .anyMatch(order -> order.reason() == Reason.PARTICIPATION
            && Math.abs(order.filled()) > 0
            && Math.abs(order.filled()) < Math.abs(order.wanted()));
  }

  @Test
  void theBreakEvenCostMakesTheTotalReturnZero() {
    Market market = Markets.randomWalk(120, 8, 7);
    Targets targets =
        Targets.of(Markets.tomorrow(market), new WeightRule.QuantileLongShort(0.25, 1), 1);
    BacktestResult result = free.run(targets, market);

    CostSweep sweep = CostSweep.of(result, CostSweep.usualRates(), Annualisation.DAILY);

    double rate = sweep.breakEven();
    assertThat(rate).isBetween(0.0001, 0.09);
    double[] net = backtest(new TradingCosts(rate, 0, 0)).run(targets, market).net();
    assertThat(Wealth.totalReturn(net)).isEqualTo(0, within(1e-9));
    assertThat(sweep.rows().get(0).sharpe()).isGreaterThan(sweep.rows().get(7).sharpe());
  }

  @Test
  void withoutTradesCostsNeverMatter() {
    BacktestResult idle = free.run(
        Targets.of(new double[20][3], new WeightRule.SignalWeighted(1), 1),
        Markets.randomWalk(20, 3, 1));

    assertThat(CostSweep.of(idle, CostSweep.usualRates(), Annualisation.DAILY).breakEven())
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(idle.firstFill()).isEqualTo(20);
  }

  @Test
  void lagZeroIsMarkedAsLookAhead() {
    Market market = Markets.randomWalk(80, 8, 9);
    Targets targets =
        Targets.of(Markets.tomorrow(market), new WeightRule.QuantileLongShort(0.25, 1), 1);

    LagSensitivity lags = LagSensitivity.of(free, targets, market, 3);

    assertThat(lags.rows())
        .extracting(LagSensitivity.Row::lookAhead)
        .containsExactly(true, false, false, false);
    assertThat(lags.rows().get(0).sharpeGross()).isLessThan(lags.rows().get(1).sharpeGross());
  }

  @Test
  void theSimulationAgreesWithThePlainAccountingWhenEverythingTrades() {
    Market market = Markets.randomWalk(50, 7, 11);
    double[][] targets = new double[50][];
    Arrays.setAll(
        targets,
        day -> new WeightRule.SignalWeighted(1.5)
            .target(Markets.noise(50, 7, 12)[day], new double[7])
            .orElseThrow());

    Accounting plain = Accounting.of(targets, Markets.returns(market), 2, 0.002, 0.05, 252);
    BacktestResult result = new Backtest(
            new Execution(2, Execution.Fill.CLOSE),
            new TradingCosts(0.0015, 0.0005, 0.05),
            DelistingRule.AT_LAST_PRICE,
            Annualisation.DAILY)
        .run(new Targets(targets), market);

    assertThat(result.net()).containsExactly(plain.net(), within(1e-12));
    assertThat(result.turnover()).containsExactly(plain.turnover(), within(1e-12));
  }

  @Test
  void refusesAFillAtTheCloseTheSignalWasMadeFrom() {
    assertThatThrownBy(() -> new Execution(0, Execution.Fill.CLOSE))
        .hasMessage(
            "lag must be at least 1 trading day, was 0: a signal made at a close cannot be filled at that close");
  }

  @Test
  void refusesPercentForDecimalsAndFieldsThatAreMissing() {
    assertThatThrownBy(() -> new TradingCosts(5, 0, 0))
        .hasMessageContaining("costs are decimals, not percent: commission 5.0");
    Market closes = Markets.randomWalk(5, 2, 1);
    Targets targets = new Targets(new double[5][2]);
    Backtest atOpen = new Backtest(
        Execution.NEXT_OPEN, TradingCosts.NONE, DelistingRule.AT_LAST_PRICE, Annualisation.DAILY);
    assertThatThrownBy(() -> atOpen.run(targets, closes)).hasMessageContaining("field 'open'");
    assertThatThrownBy(() -> backtest(impact(1)).run(targets, closes))
        .hasMessageContaining("field 'volume'");
    assertThatThrownBy(() -> free.run(new Targets(new double[4][2]), closes))
        .hasMessage("4 days of targets for 5 days of prices");
  }

  @Test
  void refusesPricesThatAreNotPositive() {
    assertThatThrownBy(() -> Markets.of(new double[][] {{10}, {-1}}))
        .hasMessageContaining("a close of -1.0 on 2020-01-02");
  }

  private static TradingCosts impact(double capital) {
    return new TradingCosts(0, 0, 0, Optional.of(new MarketImpact(1, capital, 0.1, 10)));
  }

  private static Backtest backtest(TradingCosts costs) {
    return new Backtest(
        Execution.NEXT_CLOSE, costs, DelistingRule.AT_LAST_PRICE, Annualisation.DAILY);
  }
}

package alphadistill.cli.bench;

import alphadistill.backtest.metric.Annualisation;
import alphadistill.backtest.simulate.Backtest;
import alphadistill.backtest.simulate.DelistingRule;
import alphadistill.backtest.simulate.Execution;
import alphadistill.backtest.simulate.Market;
import alphadistill.backtest.simulate.TradingCosts;
import alphadistill.backtest.weight.Targets;
import alphadistill.backtest.weight.WeightRule;
import java.util.List;

/** From scores to net returns: weights decided every day, traded with costs, drifted between. */
final class BacktestBench {
  private static final double GOAL_SECONDS = 0.3;

  private BacktestBench() {}

  static List<BenchResult> run(Sizes sizes) {
    Market market = Market.of(SyntheticMarket.prices(sizes));
    double[][] scores = SyntheticMarket.gaussian(sizes.days(), sizes.assets(), 1, 4);
    WeightRule rule = new WeightRule.QuantileLongShort(0.2, 1);
    Backtest backtest = new Backtest(
        Execution.NEXT_CLOSE,
        new TradingCosts(0.0005, 0.0005, 0.01),
        DelistingRule.AT_LAST_PRICE,
        Annualisation.DAILY);
    Alternation times = Alternation.alone(
        3,
        sizes.runs(),
        Alternation.seconds(() -> backtest.run(Targets.of(scores, rule, 1), market)));
    return List.of(BenchResult.goal(
        "backtest",
        "%d assets x %,d days, quantile weights every day, costs"
            .formatted(sizes.assets(), sizes.days()),
        GOAL_SECONDS,
        times,
        sizes.runs()));
  }
}

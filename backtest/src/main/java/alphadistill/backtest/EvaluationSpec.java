package alphadistill.backtest;

import alphadistill.backtest.metric.Annualisation;
import alphadistill.backtest.signal.SignalSpec;
import alphadistill.backtest.significance.BlockBootstrap;
import alphadistill.backtest.simulate.Backtest;
import alphadistill.backtest.simulate.DelistingRule;
import alphadistill.backtest.simulate.Execution;
import alphadistill.backtest.simulate.TradingCosts;
import alphadistill.backtest.weight.WeightRule;

/**
 * How scores are turned into results. The same for every model that is compared.
 *
 * @param signal horizon and summary of the signal; its lag is that of the execution
 * @param rule from scores to weights
 * @param rebalanceEvery trading days between decisions; at least 1
 * @param backtest execution, costs, delisting and periods a year
 * @param mostLag lag sensitivity runs from 0 to this many trading days
 * @param rollingDays window of rolling Sharpe ratios and exposures; at least 20
 * @param bootstrap of paired differences
 */
public record EvaluationSpec(
    SignalSpec signal,
    WeightRule rule,
    int rebalanceEvery,
    Backtest backtest,
    int mostLag,
    int rollingDays,
    BlockBootstrap bootstrap) {

  public EvaluationSpec {
    if (signal.lag() != backtest.execution().lag()) {
      throw new IllegalArgumentException(
          "the signal is judged with a lag of %d but traded with a lag of %d: they must be the same"
              .formatted(signal.lag(), backtest.execution().lag()));
    }
    if (rebalanceEvery < 1 || mostLag < 1 || rollingDays < 20) {
      throw new IllegalArgumentException(
          "rebalanceEvery and mostLag are at least 1 and rollingDays at least 20, were %d, %d, %d"
              .formatted(rebalanceEvery, mostLag, rollingDays));
    }
    if (bootstrap.blockLength() < signal.horizon()) {
      throw new IllegalArgumentException(
          "bootstrap blocks of %d days are shorter than the horizon of %d: the overlap of labels would be lost"
              .formatted(bootstrap.blockLength(), signal.horizon()));
    }
  }

  /** Daily data: decisions once a horizon, filled at the next close, five lags, one year of rolling window. */
  public static EvaluationSpec daily(int horizon, WeightRule rule, TradingCosts costs) {
    return new EvaluationSpec(
        SignalSpec.of(horizon, 1),
        rule,
        horizon,
        new Backtest(Execution.NEXT_CLOSE, costs, DelistingRule.AT_LAST_PRICE, Annualisation.DAILY),
        5,
        252,
        BlockBootstrap.forHorizon(horizon, 1));
  }

  public Annualisation annualisation() {
    return backtest.annualisation();
  }
}

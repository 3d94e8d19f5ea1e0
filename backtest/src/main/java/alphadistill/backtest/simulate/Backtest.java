package alphadistill.backtest.simulate;

import alphadistill.backtest.metric.Annualisation;
import alphadistill.backtest.weight.Targets;

/**
 * Trades target weights in a market and books what they earn.
 *
 * <p>A target decided at the close of t is traded at day t + lag. Between trades weights drift with returns. A name
 * without a price keeps its last value, cannot trade (the order is listed as rejected), and is closed by the
 * {@link DelistingRule}. Costs are charged multiplicatively on equity and do not change the weights. An account that
 * has lost everything stops trading.
 *
 * <pre>{@code
 * Backtest backtest = new Backtest(
 *     Execution.NEXT_CLOSE, new TradingCosts(0.0005, 0.0005, 0.01), DelistingRule.AT_LAST_PRICE, Annualisation.DAILY);
 * BacktestResult result = backtest.run(targets, market);
 * }</pre>
 *
 * @param execution when orders are filled
 * @param costs what trading and shorting cost
 * @param delisting when a name without a price counts as gone
 * @param annualisation days a year the borrow fee is spread over
 */
public record Backtest(
    Execution execution, TradingCosts costs, DelistingRule delisting, Annualisation annualisation) {

  /** The backtest with the weights of every day kept. */
  public BacktestResult run(Targets targets, Market market) {
    return run(targets, market, execution.lag(), true);
  }

  /** As {@link #run}, without keeping weights. */
  public BacktestResult runLean(Targets targets, Market market) {
    return run(targets, market, execution.lag(), false);
  }

  BacktestResult run(Targets targets, Market market, int lag, boolean keepWeights) {
    if (targets.days() != market.days()) {
      throw new IllegalArgumentException(
          "%d days of targets for %d days of prices".formatted(targets.days(), market.days()));
    }
    return new Simulation(this, market, lag, keepWeights).run(targets);
  }
}

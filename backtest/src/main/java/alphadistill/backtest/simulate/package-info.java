/**
 * What target weights would have earned: fills after the signal, drifting positions, costs, names that cannot trade.
 *
 * <p>Entry point: {@link alphadistill.backtest.simulate.Backtest}. Weights and trades are shares of the equity of the
 * moment; returns are decimal and simple; turnover is two-way, the sum of absolute trades against <em>drifted</em>
 * weights (one-way is half of it).
 */
package alphadistill.backtest.simulate;

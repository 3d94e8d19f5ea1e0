/**
 * How much of a return is known factors and how much is left.
 *
 * <p>Entry point: {@link alphadistill.backtest.attribution.FactorRegression}.
 */
package alphadistill.backtest.attribution;

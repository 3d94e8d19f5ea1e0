/**
 * What dated scores know about later returns: information coefficients, quantile returns, decay, turnover.
 *
 * <p>Entry point: {@link alphadistill.backtest.signal.SignalSheet}. Scores and returns are {@code [day][asset]}, NaN is
 * missing; a score of day t is known at the close of t and is compared with the return that starts at the fill, lag
 * days later. Nothing here is annualised.
 */
package alphadistill.backtest.signal;

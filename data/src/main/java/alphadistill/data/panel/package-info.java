/**
 * Daily panels and factor returns: what every reader produces and every estimator, feature and backtest consumes.
 *
 * <p>Entry point: {@link alphadistill.data.panel.Panel}. Dates are exchange days, values float32, NaN is missing.
 */
package alphadistill.data.panel;

/**
 * Time-series factor models: each asset's excess returns regressed on factor returns over a moving window, betas shrunk
 * towards the cross-section, premia as mean factor returns.
 *
 * <p>Entry point: {@link alphadistill.teacher.timeseries.TimeSeriesBetas}.
 */
package alphadistill.teacher.timeseries;

/**
 * Performance of one series of simple returns: ratios, drawdowns, tails, comparison with a benchmark, calendar.
 *
 * <p>Entry point: {@link alphadistill.backtest.metric.PerformanceSummary}. Returns are decimal simple returns per period
 * (0.01 is one per cent), NaN is a missing return: nothing is earned in wealth, means and deviations skip it, and it
 * counts as elapsed time. Every formula names the convention it follows (empyrical, quantstats, qlib).
 */
package alphadistill.backtest.metric;

/**
 * The report: one HTML file that opens without a network, made of a comparison, its evaluations and what the caller
 * knows about the run.
 *
 * <p>Entry point: {@link alphadistill.backtest.report.Report}. Same input, same bytes: nothing here reads a clock.
 * Every text that goes into the page is escaped, whatever an asset or a file is called.
 */
package alphadistill.backtest.report;

/**
 * What a market holds, in words: spans and coverage, and one asset on one day from its file to its label.
 *
 * <p>Entry points: {@link alphadistill.cli.inspect.MarketDescription}, {@link alphadistill.cli.inspect.CellExplanation}.
 */
package alphadistill.cli.inspect;

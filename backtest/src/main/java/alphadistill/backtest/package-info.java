/**
 * From dated scores to weights, simulation, metrics, significance and report. Knows scores, never a model.
 *
 * <p>Entry points: {@link alphadistill.backtest.Evaluation} for one model and
 * {@link alphadistill.backtest.Comparison} for several.
 */
package alphadistill.backtest;

/** From dated scores to weights, simulation, metrics, significance and report. Knows scores, never a model. */
package alphadistill.backtest;

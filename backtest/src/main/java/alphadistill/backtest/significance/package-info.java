/**
 * What is chance and what is not: autocorrelation-robust means, block bootstrap, paired differences of two models,
 * Sharpe ratios deflated for the number of trials, overfitting probability, multiple testing.
 *
 * <p>Entry points: {@link alphadistill.backtest.significance.HacMean} for one series,
 * {@link alphadistill.backtest.significance.PairedDifference} for two models,
 * {@link alphadistill.backtest.significance.DeflatedSharpe} for the best of many. Everything random takes a seed.
 */
package alphadistill.backtest.significance;

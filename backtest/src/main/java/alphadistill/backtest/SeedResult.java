package alphadistill.backtest;

import alphadistill.backtest.metric.PerformanceSummary;
import alphadistill.backtest.signal.IcSummary;

/**
 * What one seed of a model achieved on its own.
 *
 * @param seed index in the order given
 * @param predictionHash SHA-256 of the scores
 * @param dailyIc Pearson coefficient of each scored day
 * @param dailyRankIc rank coefficient of each scored day
 * @param dailyNet net return of each day of the portfolio
 * @param ic summary
 * @param rankIc summary
 * @param net summary of net returns, in excess of cash
 * @param turnoverAnnual two-way
 */
public record SeedResult(
    int seed,
    String predictionHash,
    Dated dailyIc,
    Dated dailyRankIc,
    Dated dailyNet,
    IcSummary ic,
    IcSummary rankIc,
    PerformanceSummary net,
    double turnoverAnnual) {}

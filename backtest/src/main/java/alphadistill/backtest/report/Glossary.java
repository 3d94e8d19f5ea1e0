package alphadistill.backtest.report;

import alphadistill.backtest.EvaluationSpec;
import alphadistill.backtest.page.Words;
import alphadistill.backtest.report.ReportContext.Definition;
import alphadistill.backtest.simulate.TradingCosts;
import java.util.List;

/** What the report's own words mean, with this evaluation's numbers in them. */
final class Glossary {
  private Glossary() {}

  static List<Definition> of(EvaluationSpec spec, int trials) {
    TradingCosts costs = spec.backtest().costs();
    int horizon = spec.signal().horizon();
    return List.of(
        new Definition(
            "Rank IC",
            "Spearman correlation of score and return inside each day's cross-section, then the mean over days. The return runs over %s from the fill, %s after the score. Several seeds: the figure is that of their mean rank; \"by seed\" is mean and deviation of the seeds on their own."
                .formatted(
                    Words.plural(horizon, "trading day"),
                    Words.plural(spec.signal().lag(), "trading day"))),
        new Definition("ICIR", "Mean daily rank IC over its deviation; not annualised."),
        new Definition(
            "HAC t",
            "Mean over a Newey-West error (Bartlett weights, lag the larger of three horizons and 1.3 √n), because returns over %s overlap. p-values allow for the noise of so long a lag (Kiefer and Vogelsang 2005)."
                .formatted(Words.plural(horizon, "day"))),
        new Definition(
            "Paired difference",
            "One model less another on the same days, seeds averaged first. Interval: %.0f %%, %s block bootstrap, blocks of %s, %s resamples."
                .formatted(
                    100 * spec.bootstrap().confidence(),
                    spec.bootstrap().kind().name().toLowerCase(java.util.Locale.ROOT),
                    Words.plural(spec.bootstrap().blockLength(), "day"),
                    Words.count(spec.bootstrap().resamples()))),
        new Definition(
            "Portfolio",
            "%s; decided every %s, filled %s later at the %s, positions drift in between."
                .formatted(
                    ModelTables.capital(spec.rule().describe()),
                    Words.plural(spec.rebalanceEvery(), "trading day"),
                    Words.plural(spec.backtest().execution().lag(), "trading day"),
                    spec.backtest().execution().fill().name().toLowerCase(java.util.Locale.ROOT))),
        new Definition(
            "Net",
            "After commission %s and slippage %s of the traded value on each side%s, and borrow of %s a year on the value held short."
                .formatted(
                    Words.basisPoints(costs.commission()),
                    Words.basisPoints(costs.slippage()),
                    costs.impact().isPresent() ? ", market impact" : "",
                    Words.percent(costs.borrowAnnual(), 2))),
        new Definition(
            "Sharpe",
            "Mean over deviation of daily returns in excess of cash on the net exposure, times √%s."
                .formatted(Words.decimal(spec.annualisation().periodsPerYear(), 0))),
        new Definition(
            "Return a year",
            "Compound annual growth. Where \"summed\" is said: mean a day times days a year."),
        new Definition(
            "Drawdown",
            "Net wealth over its highest value so far, less one; wealth starts at 1 before the first return."),
        new Definition(
            "Turnover",
            "Two-way: sum of absolute trades against drifted weights, as a multiple of equity; one-way is half."),
        new Definition(
            "Break-even cost",
            "Rate of commission and slippage on each side of a trade at which the total net return is zero."),
        new Definition(
            "Deflated Sharpe",
            "Probability that the true Sharpe ratio is above what the best of as many worthless trials would show by chance (Bailey and Lopez de Prado 2014). The run ledger counts %s; nobody typed it."
                .formatted(Words.plural(trials, "trial"))),
        new Definition(
            "Factors and alpha",
            "Least squares of net returns in excess of cash on the factor returns, Newey-West errors; through time over windows of %s."
                .formatted(Words.plural(spec.rollingDays(), "day"))));
  }
}

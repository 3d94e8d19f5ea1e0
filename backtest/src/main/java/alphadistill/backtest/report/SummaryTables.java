package alphadistill.backtest.report;

import static alphadistill.backtest.page.Words.UNDEFINED;
import static alphadistill.backtest.page.Words.decimal;
import static alphadistill.backtest.page.Words.percent;
import static alphadistill.backtest.page.Words.signed;

import alphadistill.backtest.Comparison;
import alphadistill.backtest.Evaluation;
import alphadistill.backtest.SeedResult;
import alphadistill.backtest.page.Table;
import alphadistill.backtest.page.Words;
import alphadistill.backtest.significance.PairedDifference;
import alphadistill.backtest.significance.Spread;
import java.util.List;
import java.util.Optional;

/** Tables with all models side by side. */
final class SummaryTables {
  private SummaryTables() {}

  static Table headline(Comparison comparison, Optional<Evaluation> oracle) {
    Table table = new Table("All models: signal and portfolio, out of sample, net of costs")
        .words("Model")
        .numbers(
            "Seeds",
            "Rank IC",
            "By seed",
            "HAC t",
            "ICIR",
            "Sharpe net",
            "Sharpe by seed",
            "Return a year",
            "Drawdown",
            "Turnover a year",
            "Break-even cost",
            "Deflated Sharpe, " + Words.plural(comparison.trials(), "trial"));
    for (Comparison.Row row : comparison.rows()) {
      table.row(
          row.model(),
          Words.count(row.seeds()),
          decimal(row.rankIc().mean(), 4),
          spread(row.rankIcBySeed(), 4),
          decimal(row.rankIc().hac().t(), 2),
          decimal(row.rankIc().icir(), 3),
          decimal(row.net().sharpe(), 2),
          spread(row.sharpeBySeed(), 2),
          percent(row.net().annualReturn(), 1),
          percent(row.net().maximumDrawdown(), 1),
          decimal(row.turnoverBySeed().mean(), 1),
          Words.basisPoints(row.breakEven()),
          decimal(row.deflated().probability(), 3));
    }
    oracle.ifPresent(truth -> table.marked(
        "reference",
        truth.model() + " (planted truth)",
        UNDEFINED,
        decimal(truth.signal().rankIc().mean(), 4),
        UNDEFINED,
        decimal(truth.signal().rankIc().hac().t(), 2),
        decimal(truth.signal().rankIc().icir(), 3),
        decimal(truth.portfolio().net().sharpe(), 2),
        UNDEFINED,
        percent(truth.portfolio().net().annualReturn(), 1),
        percent(truth.portfolio().net().maximumDrawdown(), 1),
        decimal(truth.portfolio().turnoverAnnual(), 1),
        Words.basisPoints(truth.costSweep().breakEven()),
        UNDEFINED));
    return table;
  }

  /** One model less each other. */
  static Table differences(String model, List<Comparison.Difference> pairs) {
    Table table = new Table("%s less each other model, paired day by day".formatted(model))
        .words("%s less".formatted(model))
        .numbers(
            "Rank IC",
            "95 % interval",
            "HAC t",
            "p",
            "Net return a day",
            "95 % interval",
            "p",
            "Sharpe p")
        .words("Rank IC says");
    for (Comparison.Difference pair : pairs) {
      table.row(
          pair.against(),
          signed(pair.rankIc().mean(), 4),
          interval(pair.rankIc(), 1, 4),
          decimal(pair.rankIc().hac().t(), 2),
          Words.p(pair.rankIc().hac().pValue()),
          signed(1e4 * pair.net().mean(), 2) + " bp",
          interval(pair.net(), 1e4, 2),
          Words.p(pair.net().hac().pValue()),
          Words.p(pair.sharpe().p()),
          verdict(pair.rankIc()));
    }
    return table;
  }

  /** What the interval allows to be said, and no more. */
  static String verdict(PairedDifference difference) {
    if (!difference.interval().excludesZero()) {
      return "no difference shown";
    }
    return difference.mean() > 0 ? "higher" : "lower";
  }

  static Table seeds(List<Evaluation> models) {
    Table table = new Table("Each seed on its own")
        .words("Model")
        .numbers(
            "Seed",
            "Rank IC",
            "HAC t",
            "ICIR",
            "Sharpe net",
            "Return a year",
            "Drawdown",
            "Turnover a year")
        .words("Hash of predictions");
    for (Evaluation model : models) {
      for (SeedResult seed : model.seeds()) {
        table.row(
            model.model(),
            Integer.toString(seed.seed() + 1),
            decimal(seed.rankIc().mean(), 4),
            decimal(seed.rankIc().hac().t(), 2),
            decimal(seed.rankIc().icir(), 3),
            decimal(seed.net().sharpe(), 2),
            percent(seed.net().annualReturn(), 1),
            percent(seed.net().maximumDrawdown(), 1),
            decimal(seed.turnoverAnnual(), 1),
            seed.predictionHash()
                .substring(0, Math.min(12, seed.predictionHash().length())));
      }
    }
    return table;
  }

  static Table coverage(List<Evaluation> models) {
    Table table = new Table("What of each model's scores could be used")
        .words("Model")
        .numbers(
            "Days scored",
            "Days without prices",
            "Names",
            "Names without prices",
            "Scores",
            "Scores without a price",
            "Names a day",
            "Days of equal scores",
            "Days of too few names");
    for (Evaluation model : models) {
      var coverage = model.coverage();
      table.row(
          model.model(),
          Words.count(coverage.scoredDays()),
          Words.count(coverage.daysWithoutPrices()),
          Words.count(coverage.assets()),
          Words.count(coverage.assetsWithoutPrices().size()),
          Words.count(coverage.scores()),
          Words.count(coverage.scoresWithoutPrice()),
          "%d to %d".formatted(coverage.smallestDay(), coverage.largestDay()),
          Words.count(model.signal().coefficients().constantScores()),
          Words.count(model.signal().coefficients().tooFewNames()));
    }
    return table;
  }

  static Table explained(List<Evaluation> models) {
    Table table = new Table("Net return explained by the factors, and what is left")
        .words("Model")
        .numbers("Mean a year", "Factors", "Alpha", "Alpha t", "Share explained", "R²");
    for (Evaluation model : models) {
      model
          .attribution()
          .ifPresent(attribution -> table.row(
              model.model(),
              percent(attribution.regression().meanAnnual(), 2),
              percent(attribution.regression().explainedAnnual(), 2),
              percent(attribution.regression().alphaAnnual(), 2),
              decimal(attribution.regression().alphaT(), 2),
              percent(attribution.explainedShare(), 0),
              decimal(attribution.regression().rSquared(), 3)));
    }
    return table;
  }

  private static String interval(PairedDifference difference, double scale, int digits) {
    return signed(scale * difference.interval().low(), digits)
        + " to "
        + signed(scale * difference.interval().high(), digits);
  }

  /** Mean and deviation over seeds; the mean alone for one seed. */
  private static String spread(Spread spread, int digits) {
    return spread.count() == 1
        ? Words.UNDEFINED
        : Words.decimal(spread.mean(), digits) + " ± " + Words.decimal(spread.deviation(), digits);
  }
}

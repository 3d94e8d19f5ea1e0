package alphadistill.cli.compare;

import alphadistill.backtest.Comparison;
import alphadistill.backtest.Evaluation;
import alphadistill.backtest.signal.IcSummary;
import alphadistill.backtest.significance.PairedDifference;
import alphadistill.backtest.significance.Spread;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Headline figures of a comparison as JSON; returns are decimals, missing figures are null. */
public final class ComparisonJson {
  private ComparisonJson() {}

  /**
   * Adds {@code trials} and {@code models}.
   *
   * @param evaluations in the order of the comparison's rows
   */
  public static void putModels(
      ObjectNode json, Comparison comparison, List<Evaluation> evaluations) {
    json.put("trials", comparison.trials());
    ObjectNode models = json.putObject("models");
    for (int i = 0; i < comparison.rows().size(); i++) {
      model(models, comparison.rows().get(i), evaluations.get(i));
    }
  }

  /** Adds {@code differences}: every ordered pair of models. */
  public static void putDifferences(ObjectNode json, Comparison comparison) {
    var differences = json.putArray("differences");
    comparison.differences().forEach(pair -> {
      ObjectNode node = differences.addObject();
      node.put("model", pair.model()).put("against", pair.against());
      difference(node.putObject("rankIc"), pair.rankIc());
      difference(node.putObject("netDailyReturn"), pair.net());
      put(node, "sharpeDifferenceP", pair.sharpe().p());
    });
  }

  /** JSON has no NaN and no infinity. */
  public static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }

  private static void model(ObjectNode models, Comparison.Row row, Evaluation evaluation) {
    ObjectNode node = models.putObject(row.model());
    node.put("seeds", row.seeds());
    signal(node.putObject("ic"), row.ic(), row.icBySeed());
    signal(node.putObject("rankIc"), row.rankIc(), row.rankIcBySeed());
    put(node, "sharpeNet", row.net().sharpe());
    spread(node.putObject("sharpeNetBySeed"), row.sharpeBySeed());
    put(node, "sharpeGross", evaluation.portfolio().gross().sharpe());
    put(node, "annualReturnNet", row.net().annualReturn());
    put(node, "volatilityNet", row.net().volatility());
    put(node, "maximumDrawdownNet", row.net().maximumDrawdown());
    put(node, "turnoverAnnualTwoWay", evaluation.portfolio().turnoverAnnual());
    put(node, "breakEvenCost", row.breakEven());
    put(node, "deflatedSharpeProbability", row.deflated().probability());
    evaluation.predictionHashes().forEach(node.withArray("predictionHashes")::add);
  }

  private static void signal(ObjectNode node, IcSummary ensemble, Spread seeds) {
    put(node, "mean", ensemble.mean());
    put(node, "icir", ensemble.icir());
    put(node, "hacT", ensemble.hac().t());
    put(node, "hacP", ensemble.hac().pValue());
    node.put("days", ensemble.days());
    spread(node.putObject("bySeed"), seeds);
  }

  private static void spread(ObjectNode node, Spread seeds) {
    put(node, "mean", seeds.mean());
    put(node, "deviation", seeds.deviation());
  }

  private static void difference(ObjectNode node, PairedDifference difference) {
    put(node, "mean", difference.mean());
    put(node, "low", difference.interval().low());
    put(node, "high", difference.interval().high());
    put(node, "hacT", difference.hac().t());
    put(node, "hacP", difference.hac().pValue());
  }
}

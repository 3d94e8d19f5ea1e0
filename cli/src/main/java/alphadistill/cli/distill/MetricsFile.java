package alphadistill.cli.distill;

import alphadistill.backtest.Comparison;
import alphadistill.backtest.Evaluation;
import alphadistill.backtest.signal.IcSummary;
import alphadistill.backtest.significance.PairedDifference;
import alphadistill.backtest.significance.Spread;
import alphadistill.student.forecast.Fidelity;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** {@code metrics.json}: every headline figure of a run, and no time or machine, so that equal runs have equal bytes. */
final class MetricsFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private MetricsFile() {}

  static String of(StudyResults results, Comparison comparison) {
    ObjectNode json = JSON.createObjectNode();
    json.put(
        "firstTestDay", results.evaluations().get(0).signal().dates().get(0).toString());
    List<java.time.LocalDate> days = results.evaluations().get(0).signal().dates();
    json.put("lastTestDay", days.get(days.size() - 1).toString());
    json.put("folds", results.study().folds().size());
    json.put("trials", comparison.trials());
    ObjectNode models = json.putObject("models");
    for (int i = 0; i < comparison.rows().size(); i++) {
      model(models, comparison.rows().get(i), results.evaluations().get(i));
    }
    results.oracle().ifPresent(oracle -> {
      ObjectNode truth = json.putObject("oracle");
      put(truth, "rankIc", oracle.signal().rankIc().mean());
      put(
          truth,
          "reachedByDistilled",
          comparison.rows().get(0).rankIc().mean() / oracle.signal().rankIc().mean());
      put(
          truth,
          "reachedByDistilledSeedMean",
          comparison.rows().get(0).rankIcBySeed().mean()
              / oracle.signal().rankIc().mean());
    });
    var differences = json.putArray("differences");
    comparison.differences().forEach(pair -> {
      ObjectNode node = differences.addObject();
      node.put("model", pair.model()).put("against", pair.against());
      difference(node.putObject("rankIc"), pair.rankIc());
      difference(node.putObject("netDailyReturn"), pair.net());
      put(node, "sharpeDifferenceP", pair.sharpe().p());
    });
    fidelity(json.putObject("fidelity"), results.fidelity());
    return json.toPrettyString() + "\n";
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

  private static void fidelity(ObjectNode node, List<List<Fidelity>> byFold) {
    put(node, "distWithTeacher", mean(byFold, Fidelity::dist));
    put(node, "scoreWithTeacher", mean(byFold, Fidelity::score));
    put(node, "explainedByTeacher", mean(byFold, Fidelity::explained));
    put(node, "headAgreement", mean(byFold, Fidelity::heads));
    put(node, "residualRankIc", mean(byFold, Fidelity::residualRankIc));
  }

  static double mean(List<List<Fidelity>> byFold, ToDoubleFunction<Fidelity> figure) {
    return byFold.stream()
        .flatMap(List::stream)
        .mapToDouble(figure)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /** JSON has no NaN and no infinity. */
  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}

package alphadistill.cli.distill;

import static alphadistill.cli.compare.ComparisonJson.put;

import alphadistill.backtest.Comparison;
import alphadistill.cli.compare.ComparisonJson;
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
    ComparisonJson.putModels(json, comparison, results.evaluations());
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
    ComparisonJson.putDifferences(json, comparison);
    fidelity(json.putObject("fidelity"), results.fidelity());
    return json.toPrettyString() + "\n";
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
}

package alphadistill.cli.distill;

import alphadistill.backtest.Comparison;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * {@code trials.json}: the Sharpe ratios deflated by everything that was ever tried below the folder of runs, as the
 * ledger counts it. These figures move when something else is tried, so they stand apart from {@code metrics.json},
 * where the run's own trials alone count.
 */
final class TrialsFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private TrialsFile() {}

  static String of(Comparison comparison) {
    ObjectNode json = JSON.createObjectNode();
    json.put("trials", comparison.trials());
    ObjectNode models = json.putObject("deflatedSharpeProbability");
    for (Comparison.Row row : comparison.rows()) {
      double probability = row.deflated().probability();
      if (Double.isFinite(probability)) {
        models.put(row.model(), probability);
      } else {
        models.putNull(row.model());
      }
    }
    return json.toPrettyString() + "\n";
  }
}

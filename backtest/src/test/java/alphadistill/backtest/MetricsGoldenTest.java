package alphadistill.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.testing.GoldenCases;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case of {@code metrics.json} whose kind belongs to this module, at its own tolerance. */
class MetricsGoldenTest {

  /** Kinds that the walk-forward code and the regime code prove in their own modules. */
  private static final Set<String> OF_OTHER_MODULES = Set.of(
      "purged k-fold",
      "counts",
      "concurrency and average uniqueness of overlapping labels",
      "walk-forward ranges, inclusive",
      "two-state Gaussian hidden Markov filter",
      "regime labels from realised volatility");

  private static final Map<String, GoldenCheck> CHECKS = Map.ofEntries(
      Map.entry("summary", PerformanceGoldens::summary),
      Map.entry("drawdowns", PerformanceGoldens::drawdowns),
      Map.entry("95th over 5th percentile, linear interpolation", PerformanceGoldens::tailRatio),
      Map.entry(
          "expected numbers of empyrical's own tests, recomputed", PerformanceGoldens::published),
      Map.entry(
          "worked examples in esvhd/pypbo tests/test_metrics.py", PerformanceGoldens::published),
      Map.entry("deflated Sharpe ratio", SignificanceGoldens::deflatedSharpe),
      Map.entry(
          "deflated Sharpe ratio of the best of ten", SignificanceGoldens::deflatedSharpeOfTrials),
      Map.entry("probability of backtest overfitting", SignificanceGoldens::overfitting),
      Map.entry("Jobson-Korkie-Memmel", SignificanceGoldens::sharpeDifference),
      Map.entry("adjusted p-values", SignificanceGoldens::multipleTesting),
      Map.entry("information coefficients and quantiles", SignalGoldens::signal),
      Map.entry("rank IC with tied factor values (average ranks)", SignalGoldens::ties),
      Map.entry("expected numbers of alphalens' own tests, recomputed", SignalGoldens::alphalens),
      Map.entry("holdings of the top-k dropout rule", SimulationGoldens::topKDropout),
      Map.entry("turnover, costs, borrow and equity", SimulationGoldens::accounting));

  /** Compares one case with what this module computes; throws an {@link AssertionError} when they differ. */
  @FunctionalInterface
  interface GoldenCheck {
    void run(JsonNode goldenCase);
  }

  @TestFactory
  Stream<DynamicTest> agreesWithTheReference() {
    List<JsonNode> cases = GoldenCases.of("metrics.json");
    return cases.stream()
        .filter(golden -> !OF_OTHER_MODULES.contains(kind(golden)))
        .map(golden -> DynamicTest.dynamicTest(golden.get("id").asText(), () -> {
          GoldenCheck check = CHECKS.get(kind(golden));
          assertThat(check).as("nothing proves the kind '%s'", kind(golden)).isNotNull();
          check.run(GoldenInputs.resolved(golden, cases));
        }));
  }

  private static String kind(JsonNode golden) {
    return golden.get("kind").asText();
  }
}

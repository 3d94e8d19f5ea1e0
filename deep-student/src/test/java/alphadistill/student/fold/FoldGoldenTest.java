package alphadistill.student.fold;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.testing.GoldenCases;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every split case of {@code golden-quant/metrics.json}, found by its kind. */
class FoldGoldenTest {
  private static final Map<String, Consumer<JsonNode>> KINDS = Map.of(
      "purged k-fold", FoldGoldenTest::purged,
      "walk-forward ranges, inclusive", FoldGoldenTest::walkForward,
      "counts", FoldGoldenTest::combinatorial,
      "concurrency and average uniqueness of overlapping labels", FoldGoldenTest::overlap);

  @TestFactory
  Stream<DynamicTest> casesAgree() {
    return GoldenCases.of("metrics.json").stream()
        .filter(c -> KINDS.containsKey(c.path("kind").asText()))
        .map(c -> DynamicTest.dynamicTest(
            c.get("id").asText(), () -> KINDS.get(c.get("kind").asText()).accept(c)));
  }

  private static void purged(JsonNode c) {
    JsonNode in = c.get("inputs");
    List<PurgedFolds.Fold> folds = new PurgedFolds(
            in.get("folds").asInt(),
            in.get("horizon").asInt(),
            in.get("embargo").asInt(),
            in.get("open_left").asBoolean())
        .over(in.get("observations").asInt());
    assertThat(folds).hasSize(c.get("expected").size());
    for (int k = 0; k < folds.size(); k++) {
      JsonNode expected = c.get("expected").get(k);
      assertThat(folds.get(k).test()).isEqualTo(span(expected.get("test")));
      assertThat(folds.get(k).train()).isEqualTo(ints(expected.get("train")));
    }
  }

  private static void walkForward(JsonNode c) {
    JsonNode in = c.get("inputs");
    List<WalkForward.Ranges> ranges = new WalkForward(
            in.get("train").asInt(),
            in.get("test").asInt(),
            in.get("step").asInt(),
            in.get("gap").asInt(),
            in.get("expanding").asBoolean())
        .over(in.get("observations").asInt());
    List<WalkForward.Ranges> expected = new ArrayList<>();
    c.get("expected")
        .forEach(
            r -> expected.add(new WalkForward.Ranges(span(r.get("train")), span(r.get("test")))));
    assertThat(ranges).isEqualTo(expected);
  }

  private static void combinatorial(JsonNode c) {
    int groups = c.get("inputs").get("groups").asInt();
    int testGroups = c.get("inputs").get("test_groups").asInt();
    assertThat(PurgedFolds.combinatorialSplits(groups, testGroups))
        .isEqualTo(c.get("expected").get("splits").asLong());
    assertThat(PurgedFolds.combinatorialPaths(groups, testGroups))
        .isEqualTo(c.get("expected").get("paths").asLong());
  }

  private static void overlap(JsonNode c) {
    JsonNode in = c.get("inputs");
    LabelOverlap overlap =
        LabelOverlap.of(in.get("observations").asInt(), in.get("horizon").asInt());
    double sum = 0;
    for (int t = 0; t < overlap.uniqueness().length; t++) {
      GoldenCases.check(
          c,
          "concurrency " + t,
          overlap.concurrency()[t],
          c.get("expected").get("concurrency").get(t));
      GoldenCases.check(
          c,
          "uniqueness " + t,
          overlap.uniqueness()[t],
          c.get("expected").get("uniqueness").get(t));
      sum += overlap.uniqueness()[t];
    }
    GoldenCases.check(
        c, "mean", sum / overlap.uniqueness().length, c.get("expected").get("mean"));
  }

  private static Span span(JsonNode pair) {
    return new Span(pair.get(0).asInt(), pair.get(1).asInt());
  }

  private static List<Integer> ints(JsonNode array) {
    List<Integer> values = new ArrayList<>();
    array.forEach(v -> values.add(v.asInt()));
    return values;
  }
}

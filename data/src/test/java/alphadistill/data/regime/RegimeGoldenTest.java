package alphadistill.data.regime;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.testing.GoldenCases;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Regime cases of {@code golden-quant/metrics.json}, found by their kind. */
class RegimeGoldenTest {

  @TestFactory
  Stream<DynamicTest> filtersAgree() {
    return cases("two-state Gaussian hidden Markov filter")
        .map(c -> DynamicTest.dynamicTest(id(c), () -> {
          JsonNode in = c.get("inputs");
          double[][] transition = {
            doubles(in.get("transition").get(0)), doubles(in.get("transition").get(1))
          };
          var filtered = new HiddenMarkovFilter(
                  doubles(in.get("mean")),
                  doubles(in.get("sd")),
                  transition,
                  doubles(in.get("start")))
              .filter(doubles(in.get("returns")));
          JsonNode expected = c.get("expected");
          for (int day = 0; day < filtered.stateZero().length; day++) {
            GoldenCases.check(
                c,
                "day " + day,
                filtered.stateZero()[day],
                expected.get("filtered_state_0").get(day));
          }
          GoldenCases.check(
              c, "log likelihood", filtered.logLikelihood(), expected.get("log_likelihood"));
        }));
  }

  @TestFactory
  Stream<DynamicTest> tercilesAgree() {
    return cases("regime labels from realised volatility")
        .map(c -> DynamicTest.dynamicTest(id(c), () -> {
          VolatilityRegimes regimes =
              new VolatilityRegimes(c.get("inputs").get("window").asInt());
          double[] returns = returns(c);
          double[] volatility = regimes.volatility(returns);
          int[] labels = regimes.labels(returns);
          JsonNode expected = c.get("expected");
          int first = regimes.window() - 1;
          assertThat(expected.get("volatility").size()).isEqualTo(returns.length - first);
          for (int day = first; day < returns.length; day++) {
            GoldenCases.check(
                c, "volatility", volatility[day], expected.get("volatility").get(day - first));
            assertThat(labels[day])
                .as("day " + day)
                .isEqualTo(
                    expected.get("labels_known_at_the_time").get(day - first).asInt());
          }
        }));
  }

  @Test
  void laterReturnsChangeNoEarlierLabel() {
    double[] returns = new java.util.Random(1).doubles(300, -0.02, 0.02).toArray();
    double[] scrambled = returns.clone();
    for (int day = 200; day < scrambled.length; day++) {
      scrambled[day] *= 10;
    }
    VolatilityRegimes regimes = new VolatilityRegimes(21);

    assertThat(Arrays.copyOf(regimes.labels(scrambled), 200))
        .isEqualTo(Arrays.copyOf(regimes.labels(returns), 200));
    assertThat(regimes.labels(scrambled)).isNotEqualTo(regimes.labels(returns));
  }

  /** A case may borrow the returns of another: "as in hmm-filter". */
  private static double[] returns(JsonNode c) {
    JsonNode given = c.get("inputs").get("returns");
    if (!given.isTextual()) {
      return doubles(given);
    }
    String other = given.asText().replace("as in ", "");
    return GoldenCases.of("metrics.json").stream()
        .filter(o -> id(o).equals(other))
        .map(o -> doubles(o.get("inputs").get("returns")))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<JsonNode> cases(String kind) {
    List<JsonNode> all = GoldenCases.of("metrics.json");
    return all.stream().filter(c -> c.path("kind").asText().equals(kind));
  }

  private static String id(JsonNode c) {
    return c.get("id").asText();
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}

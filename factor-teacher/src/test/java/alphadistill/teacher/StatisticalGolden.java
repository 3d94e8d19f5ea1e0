package alphadistill.teacher;

import alphadistill.data.testing.GoldenCases;
import alphadistill.data.testing.ReferenceTable;
import alphadistill.teacher.covariance.ReturnSample;
import alphadistill.teacher.statistical.AsymptoticComponents;
import alphadistill.teacher.statistical.BaiNg;
import alphadistill.teacher.statistical.PrincipalComponents;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;

/** Golden cases of statistical factors. */
final class StatisticalGolden {
  private StatisticalGolden() {}

  static void principalComponentsOfCovariance(JsonNode c) {
    ReferenceTable table = ReferenceTable.of(c);
    ReturnSample sample = CovarianceGolden.sample(c, table);
    PrincipalComponents components = PrincipalComponents.ofCovariance(sample, count(c));
    check(c, components);
    checkPicks(c, table, components.scores(sample), "score_picks");
  }

  static void principalComponentsOfCorrelation(JsonNode c) {
    ReturnSample sample = CovarianceGolden.sample(c, ReferenceTable.of(c));
    check(c, PrincipalComponents.ofCorrelation(sample, count(c)));
  }

  static void asymptoticComponents(JsonNode c) {
    ReferenceTable table = ReferenceTable.of(c);
    AsymptoticComponents components =
        AsymptoticComponents.of(CovarianceGolden.sample(c, table), count(c));
    EstimatorGoldenTest.check(
        c,
        "eigenvalues",
        Arrays.copyOf(components.eigenvalues(), count(c)),
        c.get("expected").get("eigenvalues"));
    checkTable(c, "loadings", components.loadings());
    checkPicks(c, table, components.factors(), "factor_picks");
  }

  static void numberOfFactors(JsonNode c) {
    BaiNg criteria = BaiNg.of(
        CovarianceGolden.sample(c, ReferenceTable.of(c)),
        c.get("options").get("kmax").asInt());
    JsonNode expected = c.get("expected");
    EstimatorGoldenTest.check(c, "v", criteria.residualVariances(), expected.get("v"));
    checkTable(c, "ic", criteria.criteria());
    EstimatorGoldenTest.check(
        c,
        "choice",
        Arrays.stream(criteria.choices()).asDoubleStream().toArray(),
        expected.get("choice"));
  }

  private static int count(JsonNode c) {
    return c.get("expected").get("loadings").get(0).size();
  }

  private static void check(JsonNode c, PrincipalComponents components) {
    JsonNode expected = c.get("expected");
    EstimatorGoldenTest.check(
        c, "eigenvalues", components.eigenvalues(), expected.get("eigenvalues"));
    for (int k = 0; k < expected.get("ratio").size(); k++) {
      GoldenCases.check(
          c, "share " + k, components.share(k), expected.get("ratio").get(k));
    }
    checkTable(c, "loadings", components.loadings());
  }

  private static void checkTable(JsonNode c, String name, double[][] actual) {
    JsonNode expected = c.get("expected").get(name);
    if (actual.length != expected.size()) {
      throw new AssertionError(
          "%s: %d rows, expected %d".formatted(name, actual.length, expected.size()));
    }
    for (int row = 0; row < actual.length; row++) {
      EstimatorGoldenTest.check(c, name + " " + row, actual[row], expected.get(row));
    }
  }

  private static void checkPicks(JsonNode c, ReferenceTable table, double[][] scores, String name) {
    List<String> months = table.text("dates");
    c.get("expected")
        .get(name)
        .properties()
        .forEach(pick -> EstimatorGoldenTest.check(
            c, pick.getKey(), scores[months.indexOf(pick.getKey())], pick.getValue()));
  }
}

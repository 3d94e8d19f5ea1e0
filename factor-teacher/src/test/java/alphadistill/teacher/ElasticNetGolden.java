package alphadistill.teacher;

import alphadistill.data.testing.GoldenCases;
import alphadistill.data.testing.ReferenceTable;
import alphadistill.teacher.regression.ElasticNet;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Golden cases of the elastic net. */
final class ElasticNetGolden {
  private ElasticNetGolden() {}

  static void elasticNet(JsonNode c) {
    ReferenceTable table = ReferenceTable.of(c);
    List<String> names = EstimatorGoldenTest.strings(c.get("data").get("regressors"));
    ElasticNet.Fit fit = fit(
        c.get("options"),
        names,
        name -> EstimatorGoldenTest.excess(c, table, name),
        EstimatorGoldenTest.excess(c, table, c.get("data").get("target").asText()));
    JsonNode expected = c.get("expected");
    EstimatorGoldenTest.check(c, "coef", fit.coefficients(), expected.get("coef"));
    GoldenCases.check(c, "intercept", fit.intercept(), expected.get("intercept"));
    GoldenCases.check(c, "active", fit.active().size(), expected.get("active"));
  }

  /** What mixing two assets does to an elastic net: it is not the mix of the two. */
  static void mixup(JsonNode c) {
    ReferenceTable table = EstimatorGoldenTest.lastRows(c);
    double w = c.get("options").get("weight").asDouble();
    double[] first =
        EstimatorGoldenTest.excess(c, table, c.get("data").get("first_asset").asText());
    double[] second =
        EstimatorGoldenTest.excess(c, table, c.get("data").get("second_asset").asText());
    JsonNode expected = c.get("expected");
    EstimatorGoldenTest.check(
        c,
        "of mix",
        ofAsset(c, table, EstimatorGoldenTest.combine(w, first, 1 - w, second)),
        expected.get("elastic_net_of_mix"));
    EstimatorGoldenTest.check(
        c,
        "mixed",
        EstimatorGoldenTest.combine(w, ofAsset(c, table, first), 1 - w, ofAsset(c, table, second)),
        expected.get("elastic_net_mixed"));
  }

  private static double[] ofAsset(JsonNode c, ReferenceTable table, double[] y) {
    return fit(
            c.get("options").get("elastic_net"),
            EstimatorGoldenTest.strings(c.get("data").get("factors")),
            table::column,
            y)
        .coefficients();
  }

  private static ElasticNet.Fit fit(
      JsonNode options, List<String> names, Columns column, double[] y) {
    double[][] columns = names.stream().map(column::of).toArray(double[][]::new);
    double[][] rows = IntStream.range(0, y.length)
        .mapToObj(
            row -> Arrays.stream(columns).mapToDouble(values -> values[row]).toArray())
        .toArray(double[][]::new);
    return ElasticNet.fit(
        names, rows, y, options.get("alpha").asDouble(), options.get("l1_ratio").asDouble());
  }

  private interface Columns {
    double[] of(String name);
  }
}

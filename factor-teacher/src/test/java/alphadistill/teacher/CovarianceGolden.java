package alphadistill.teacher;

import alphadistill.data.testing.GoldenCases;
import alphadistill.data.testing.ReferenceTable;
import alphadistill.teacher.covariance.Covariance;
import alphadistill.teacher.covariance.CovarianceEstimator;
import alphadistill.teacher.covariance.CovarianceEstimator.ExponentiallyWeighted;
import alphadistill.teacher.covariance.CovarianceEstimator.Mean;
import alphadistill.teacher.covariance.ReturnSample;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Golden cases of covariance matrices. */
final class CovarianceGolden {
  private CovarianceGolden() {}

  static void exponentiallyWeighted(JsonNode c) {
    double halflife = c.get("options").get("halflife").asDouble();
    ReturnSample sample = sample(c, ReferenceTable.of(c));
    checkMatrix(c, new ExponentiallyWeighted(halflife, Mean.REMOVED).of(sample));
    EstimatorGoldenTest.check(
        c,
        "first row without mean",
        new ExponentiallyWeighted(halflife, Mean.ZERO).of(sample).matrix()[0],
        c.get("expected").get("first_row_no_mean"));
  }

  static void scaledIdentity(JsonNode c) {
    ReturnSample sample = sample(c, EstimatorGoldenTest.lastRows(c));
    Covariance covariance = new CovarianceEstimator.ScaledIdentity().of(sample);
    checkShrunk(c, covariance);
    double trace = IntStream.range(0, covariance.assets().size())
        .mapToDouble(i -> covariance.matrix()[i][i])
        .sum();
    GoldenCases.check(
        c, "mu", trace / covariance.assets().size(), c.get("expected").get("mu"));
  }

  static void constantCorrelation(JsonNode c) {
    checkShrunk(
        c,
        new CovarianceEstimator.ConstantCorrelation()
            .of(sample(c, EstimatorGoldenTest.lastRows(c))));
  }

  static void singleIndex(JsonNode c) {
    Matcher market =
        Pattern.compile("market = (\\w+)").matcher(c.get("estimator").asText());
    if (!market.find()) {
      throw new AssertionError("no market in " + c.get("estimator"));
    }
    ReferenceTable table = EstimatorGoldenTest.lastRows(c);
    checkShrunk(
        c,
        new CovarianceEstimator.SingleIndex()
            .of(sample(c, table).withMarket(table.column(market.group(1)))));
  }

  static void oracleApproximating(JsonNode c) {
    checkShrunk(
        c,
        new CovarianceEstimator.OracleApproximating()
            .of(sample(c, EstimatorGoldenTest.lastRows(c))));
  }

  static ReturnSample sample(JsonNode c, ReferenceTable table) {
    List<String> portfolios = EstimatorGoldenTest.strings(c.get("data").get("portfolios"));
    return ReturnSample.of(
        portfolios,
        portfolios.stream()
            .map(portfolio -> EstimatorGoldenTest.excess(c, table, portfolio))
            .toArray(double[][]::new));
  }

  private static void checkShrunk(JsonNode c, Covariance covariance) {
    JsonNode expected = c.get("expected");
    GoldenCases.check(c, "shrinkage", covariance.shrinkage(), expected.get("shrinkage"));
    if (expected.has("kappa")) {
      GoldenCases.check(
          c, "kappa", covariance.shrinkage() * covariance.observations(), expected.get("kappa"));
    }
    checkMatrix(c, covariance);
  }

  private static void checkMatrix(JsonNode c, Covariance covariance) {
    JsonNode expected = c.get("expected");
    if (expected.has("first_row")) {
      EstimatorGoldenTest.check(c, "first row", covariance.matrix()[0], expected.get("first_row"));
    }
    EstimatorGoldenTest.check(
        c,
        "diagonal",
        IntStream.range(0, covariance.assets().size())
            .mapToDouble(i -> covariance.matrix()[i][i])
            .toArray(),
        expected.get("diagonal"));
  }
}

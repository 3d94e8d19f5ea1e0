package alphadistill.teacher;

import alphadistill.data.panel.FactorReturns;
import alphadistill.data.testing.GoldenCases;
import alphadistill.data.testing.ReferenceTable;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.Regression;
import alphadistill.teacher.regression.RollingCoefficients;
import alphadistill.teacher.regression.RollingRegression;
import alphadistill.teacher.regression.Window;
import alphadistill.teacher.regression.WindowEstimator;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/** Golden cases of moving windows, all through the fast path. */
final class RollingGolden {
  private RollingGolden() {}

  static void rolling(JsonNode c) {
    JsonNode options = c.get("options");
    int window = options.get("window").asInt();
    ReferenceTable table = ReferenceTable.of(c);
    RollingCoefficients fits = fit(
        c, table, Window.last(window), window, List.of(options.get("portfolio").asText()));
    JsonNode expected = c.get("expected");
    checkPicks(c, table, fits);
    for (int pick = 0; pick < options.get("picks").size(); pick++) {
      GoldenCases.check(
          c,
          "row of pick",
          table.text("dates").indexOf(options.get("picks").get(pick).asText()),
          options.get("zero_based_rows").get(pick));
    }
    int[] days = fittedDays(fits);
    GoldenCases.check(c, "count", days.length, expected.get("count"));
    double[] means = means(fits, days);
    EstimatorGoldenTest.check(c, "mean", means, expected.get("mean"));
    double[] deviations = new double[fits.width()];
    for (int i = 0; i < deviations.length; i++) {
      for (int day : days) {
        double gap = fits.coefficient(0, day, i) - means[i];
        deviations[i] += gap * gap / (days.length - 1);
      }
      deviations[i] = Math.sqrt(deviations[i]);
    }
    EstimatorGoldenTest.check(c, "std", deviations, expected.get("std_ddof1"));
    EstimatorGoldenTest.check(c, "min", extreme(fits, days, Math::min), expected.get("minimum"));
    EstimatorGoldenTest.check(c, "max", extreme(fits, days, Math::max), expected.get("maximum"));
  }

  static void expanding(JsonNode c) {
    JsonNode options = c.get("options");
    ReferenceTable table = ReferenceTable.of(c);
    RollingCoefficients fits = fit(
        c,
        table,
        Window.expanding(),
        options.get("minimum").asInt(),
        List.of(options.get("portfolio").asText()));
    checkPicks(c, table, fits);
    EstimatorGoldenTest.check(
        c, "mean", means(fits, fittedDays(fits)), c.get("expected").get("mean"));
  }

  /** The same case as the plain weighted fits, by decaying sums. */
  static void exponential(JsonNode c) {
    JsonNode options = c.get("options");
    ReferenceTable table = ReferenceTable.of(c);
    RollingCoefficients fits = fit(
        c,
        table,
        new RollingRegression(
            Window.expanding(),
            12,
            WindowEstimator.exponential(options.get("halflife").asDouble())),
        List.of(options.get("portfolio").asText()));
    for (JsonNode expected : c.get("expected")) {
      int day = table.text("dates").indexOf(expected.get("month").asText());
      EstimatorGoldenTest.check(
          c, "fast params", fits.coefficients(0, day), expected.get("params"));
      EstimatorGoldenTest.check(c, "fast se", fits.standardErrors(0, day), expected.get("se"));
      GoldenCases.check(c, "fast r2", fits.rSquared(0, day), expected.get("r2"));
    }
  }

  /** Betas of the months before, a cross-section of portfolios each month. */
  static void famaMacBethOnRollingBetas(JsonNode c) {
    ReferenceTable table = ReferenceTable.of(c);
    List<String> portfolios = EstimatorGoldenTest.strings(c.get("data").get("portfolios"));
    List<String> names = EstimatorGoldenTest.strings(c.get("data").get("factors"));
    int window = c.get("options").get("window").asInt();
    RollingCoefficients fits = fit(c, table, Window.last(window), window, portfolios);
    double[][] excess = portfolios.stream()
        .map(portfolio -> EstimatorGoldenTest.excess(c, table, portfolio))
        .toArray(double[][]::new);
    List<double[]> slopes = new ArrayList<>();
    List<String> months = new ArrayList<>();
    double rSquared = 0;
    for (int month = window; month < table.size(); month++) {
      int before = month - 1;
      int now = month;
      double[][] betas = IntStream.range(1, fits.width())
          .mapToObj(i -> IntStream.range(0, portfolios.size())
              .mapToDouble(p -> fits.coefficient(p, before, i))
              .toArray())
          .toArray(double[][]::new);
      double[] returns =
          IntStream.range(0, portfolios.size()).mapToDouble(p -> excess[p][now]).toArray();
      Regression fit = LeastSquares.fit(Design.withConstant(names, betas), returns);
      slopes.add(fit.coefficients());
      months.add(table.text("dates").get(month));
      rSquared += fit.rSquared();
    }
    JsonNode expected = c.get("expected");
    expected
        .get("lam_picks")
        .fieldNames()
        .forEachRemaining(month -> EstimatorGoldenTest.check(
            c,
            month,
            slopes.get(months.indexOf(month)),
            expected.get("lam_picks").get(month)));
    if (!months.get(0).equals(expected.get("first").asText())
        || !months.get(months.size() - 1).equals(expected.get("last").asText())) {
      throw new AssertionError("slopes from %s to %s, expected %s to %s"
          .formatted(
              months.get(0),
              months.get(months.size() - 1),
              expected.get("first"),
              expected.get("last")));
    }
    EstimatorGoldenTest.checkMeanSlopes(c, slopes, rSquared / slopes.size());
  }

  private static RollingCoefficients fit(
      JsonNode c, ReferenceTable table, Window window, int minimum, List<String> portfolios) {
    return fit(c, table, new RollingRegression(window, minimum), portfolios);
  }

  private static RollingCoefficients fit(
      JsonNode c, ReferenceTable table, RollingRegression rule, List<String> portfolios) {
    List<String> names = EstimatorGoldenTest.strings(c.get("data").get("factors"));
    double[][] returns = new double[table.size()][names.size()];
    for (int i = 0; i < names.size(); i++) {
      double[] column = table.column(names.get(i));
      for (int row = 0; row < column.length; row++) {
        returns[row][i] = column[row];
      }
    }
    List<LocalDate> dates = table.text("dates").stream()
        .map(month -> LocalDate.parse(month + "-01"))
        .toList();
    return rule.fit(
        new FactorReturns(dates, names, returns, table.column("RF")),
        portfolios.stream()
            .map(portfolio -> EstimatorGoldenTest.excess(c, table, portfolio))
            .toArray(double[][]::new));
  }

  private static void checkPicks(JsonNode c, ReferenceTable table, RollingCoefficients fits) {
    for (JsonNode pick : c.get("expected").get("picks")) {
      String month = pick.get("month").asText();
      int day = table.text("dates").indexOf(month);
      EstimatorGoldenTest.check(c, month, fits.coefficients(0, day), pick.get("params"));
      if (pick.has("se")) {
        EstimatorGoldenTest.check(c, month + " se", fits.standardErrors(0, day), pick.get("se"));
      }
      if (pick.has("r2")) {
        GoldenCases.check(c, month + " r2", fits.rSquared(0, day), pick.get("r2"));
      }
    }
  }

  private static int[] fittedDays(RollingCoefficients fits) {
    return IntStream.range(0, fits.days()).filter(day -> fits.isFitted(0, day)).toArray();
  }

  private static double[] means(RollingCoefficients fits, int[] days) {
    double[] means = new double[fits.width()];
    for (int i = 0; i < means.length; i++) {
      for (int day : days) {
        means[i] += fits.coefficient(0, day, i);
      }
      means[i] /= days.length;
    }
    return means;
  }

  private static double[] extreme(
      RollingCoefficients fits, int[] days, BinaryOperator<Double> better) {
    return IntStream.range(0, fits.width())
        .mapToDouble(i -> IntStream.of(days)
            .mapToObj(day -> fits.coefficient(0, day, i))
            .reduce(better)
            .orElseThrow())
        .toArray();
  }
}

package alphadistill.teacher;

import static org.junit.jupiter.api.Assumptions.abort;

import alphadistill.data.testing.GoldenCases;
import alphadistill.data.testing.ReferenceTable;
import alphadistill.teacher.crosssection.CrossSectionGolden;
import alphadistill.teacher.famamacbeth.MeanSlopes;
import alphadistill.teacher.ipca.IpcaGolden;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.ErrorRule;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.NeweyWest;
import alphadistill.teacher.regression.Regression;
import alphadistill.teacher.regression.Ridge;
import alphadistill.teacher.regression.VasicekPrior;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case of {@code golden-quant/estimators.json}. Names, options, rows and tolerances come from the case; the start
 * of its id says which estimator it is. A case whose estimator is not built is listed as skipped.
 */
class EstimatorGoldenTest {
  /** By the start of the case's id; the first that fits is taken. */
  private static final Map<String, Consumer<JsonNode>> ESTIMATORS = new LinkedHashMap<>();

  static {
    ESTIMATORS.put("ts-ols", EstimatorGoldenTest::timeSeriesOls);
    ESTIMATORS.put("rolling-ols", RollingGolden::rolling);
    ESTIMATORS.put("expanding-ols", RollingGolden::expanding);
    ESTIMATORS.put("ew-ols", EstimatorGoldenTest::exponentiallyWeighted);
    ESTIMATORS.put("hac-mean", EstimatorGoldenTest::errorOfMean);
    ESTIMATORS.put("stata-newey", EstimatorGoldenTest::stataNewey);
    ESTIMATORS.put("nw-covariance", EstimatorGoldenTest::longRunCovariance);
    ESTIMATORS.put("fama-macbeth-grunfeld", EstimatorGoldenTest::famaMacBethByYear);
    ESTIMATORS.put("fama-macbeth-rolling", RollingGolden::famaMacBethOnRollingBetas);
    ESTIMATORS.put("traded-factors", PricingGolden::tradedFactors);
    ESTIMATORS.put("two-pass", PricingGolden::twoPass);
    ESTIMATORS.put("vasicek", EstimatorGoldenTest::vasicek);
    ESTIMATORS.put("ridge", EstimatorGoldenTest::ridge);
    ESTIMATORS.put("ew-covariance", CovarianceGolden::exponentiallyWeighted);
    ESTIMATORS.put("ledoit-wolf-identity", CovarianceGolden::scaledIdentity);
    ESTIMATORS.put("ledoit-wolf-constant", CovarianceGolden::constantCorrelation);
    ESTIMATORS.put("ledoit-wolf-single", CovarianceGolden::singleIndex);
    ESTIMATORS.put("oas", CovarianceGolden::oracleApproximating);
    ESTIMATORS.put("pca-covariance", StatisticalGolden::principalComponentsOfCovariance);
    ESTIMATORS.put("pca-correlation", StatisticalGolden::principalComponentsOfCorrelation);
    ESTIMATORS.put("apca", StatisticalGolden::asymptoticComponents);
    ESTIMATORS.put("bai-ng", StatisticalGolden::numberOfFactors);
    ESTIMATORS.put("elastic-net", ElasticNetGolden::elasticNet);
    ESTIMATORS.put("mixup-linearity", EstimatorGoldenTest::mixup);
    ESTIMATORS.put("splice-beta", EstimatorGoldenTest::splice);
    ESTIMATORS.put("barra-cross-section", CrossSectionGolden::barra);
    ESTIMATORS.put("ipca-grunfeld", IpcaGolden::grunfeld);
  }

  @TestFactory
  Stream<DynamicTest> casesAgree() {
    return GoldenCases.of("estimators.json").stream().flatMap(c -> {
      String id = c.get("id").asText();
      Stream<DynamicTest> whole =
          Stream.of(DynamicTest.dynamicTest(id, () -> estimator(id).accept(c)));
      return c.path("options").has("elastic_net")
          ? Stream.concat(
              whole,
              Stream.of(
                  DynamicTest.dynamicTest(id + ", elastic net", () -> ElasticNetGolden.mixup(c))))
          : whole;
    });
  }

  private static Consumer<JsonNode> estimator(String id) {
    return ESTIMATORS.entrySet().stream()
        .filter(entry -> id.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> c -> abort("skipped: no estimator for '%s' (%s) yet"
            .formatted(id, c.get("estimator").asText())));
  }

  private static void timeSeriesOls(JsonNode c) {
    ReferenceTable table = ReferenceTable.of(c);
    Design design = factors(c, table);
    int lag = c.get("options").get("hac_lag").asInt();
    for (JsonNode expected : c.get("expected")) {
      String portfolio = expected.get("portfolio").asText();
      Regression fit = LeastSquares.fit(design, excess(c, table, portfolio));
      check(c, portfolio + " params", fit.coefficients(), expected.get("params"));
      GoldenCases.check(c, "ssr", fit.residualSquares(), expected.get("ssr"));
      GoldenCases.check(c, "sigma2", fit.residualVariance(), expected.get("sigma2"));
      GoldenCases.check(c, "r2", fit.rSquared(), expected.get("r2"));
      GoldenCases.check(c, "adjusted r2", fit.adjustedRSquared(), expected.get("adj_r2"));
      GoldenCases.check(c, "nobs", fit.observations(), expected.get("nobs"));
      GoldenCases.check(c, "df", fit.degreesOfFreedom(), expected.get("df_resid"));
      Map.of(
              "se", ErrorRule.classical(),
              "se_hc0", ErrorRule.hc0(),
              "se_hc1", ErrorRule.hc1(),
              "se_hac", ErrorRule.hac(lag),
              "se_hac_small", ErrorRule.hacSmallSample(lag))
          .forEach((name, rule) ->
              check(c, portfolio + " " + name, fit.standardErrors(rule), expected.get(name)));
    }
  }

  private static void exponentiallyWeighted(JsonNode c) {
    RollingGolden.exponential(c);
    ReferenceTable table = ReferenceTable.of(c);
    double[] y = excess(c, table, c.get("options").get("portfolio").asText());
    double halflife = c.get("options").get("halflife").asDouble();
    List<String> dates = table.text("dates");
    for (JsonNode expected : c.get("expected")) {
      int rows = dates.indexOf(expected.get("month").asText()) + 1;
      double[] weights = IntStream.range(0, rows)
          .mapToDouble(row -> Math.pow(0.5, (rows - 1 - row) / halflife))
          .toArray();
      Regression fit =
          LeastSquares.fit(factors(c, table, 0, rows), Arrays.copyOf(y, rows), weights);
      check(c, "params", fit.coefficients(), expected.get("params"));
      check(c, "se", fit.standardErrors(ErrorRule.classical()), expected.get("se"));
      GoldenCases.check(c, "r2", fit.rSquared(), expected.get("r2"));
    }
  }

  private static void errorOfMean(JsonNode c) {
    ReferenceTable table = ReferenceTable.of(c);
    String name = find("mean of (\\w+)", c.get("estimator").asText()).group(1);
    double[] series = table.column(name);
    JsonNode expected = c.get("expected");
    GoldenCases.check(c, "mean", Arrays.stream(series).sum() / series.length, expected.get("mean"));
    for (JsonNode lag : c.get("options").get("lags")) {
      GoldenCases.check(
          c,
          "lag " + lag,
          NeweyWest.errorOfMean(series, lag.asInt()),
          expected.get("se").get(lag.asText()));
    }
    GoldenCases.check(c, "lag rule", NeweyWest.ruleLag(series.length), expected.get("lag_rule"));
    GoldenCases.check(c, "plug-in lag", NeweyWest.plugInLag(series), expected.get("plug_in_lag"));
  }

  private static void stataNewey(JsonNode c) {
    ReferenceTable table = ReferenceTable.of(c);
    String title = c.get("estimator").asText();
    Matcher target = find("([\\d.]+)\\*dlog\\((\\w+)\\) on", title);
    double scale = Double.parseDouble(target.group(1));
    int lag = Integer.parseInt(find("(\\d+) lags", title).group(1));
    List<String> names = new ArrayList<>();
    List<double[]> columns = new ArrayList<>();
    for (JsonNode regressor : c.get("options").get("regressor_order")) {
      String name = regressor.asText();
      double[] column = name.startsWith("g_")
          ? growth(table, name.substring(2), scale)
          : name.startsWith("L.")
              ? Arrays.copyOf(table.column(name.substring(2)), table.size() - 1)
              : IntStream.range(1, table.size()).mapToDouble(row -> 1).toArray();
      names.add(name);
      columns.add(column);
    }
    Regression fit = LeastSquares.fit(
        Design.ofColumns(names, columns.toArray(double[][]::new)),
        growth(table, target.group(2), scale));
    for (JsonNode expected : c.get("expected")) {
      check(c, "params", fit.coefficients(), expected.get("params"));
      check(
          c,
          "se_hac_small",
          fit.standardErrors(ErrorRule.hacSmallSample(lag)),
          expected.get("se_hac_small"));
      check(c, "se_hac", fit.standardErrors(ErrorRule.hac(lag)), expected.get("se_hac"));
    }
  }

  private static double[] growth(ReferenceTable table, String column, double scale) {
    double[] level = table.column(column);
    return IntStream.range(1, level.length)
        .mapToDouble(row -> scale * (Math.log(level[row]) - Math.log(level[row - 1])))
        .toArray();
  }

  private static void longRunCovariance(JsonNode c) {
    ReferenceTable table = ReferenceTable.of(c);
    double[][] columns = columns(table, strings(c.get("data").get("factors")));
    double[][] rows = new double[table.size()][columns.length];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < columns.length; column++) {
        rows[row][column] = columns[column][row];
      }
    }
    double[][] covariance =
        NeweyWest.longRunCovariance(rows, c.get("options").get("lag").asInt());
    for (int row = 0; row < covariance.length; row++) {
      check(c, "row " + row, covariance[row], c.get("expected").get("matrix").get(row));
    }
  }

  private static void famaMacBethByYear(JsonNode c) {
    ReferenceTable table =
        ReferenceTable.of(c).where("firm", strings(c.get("data").get("firms"))::contains);
    Matcher formula = find("OLS of (\\w+) on 1, ([\\w, ]+)", c.get("estimator").asText());
    List<String> regressors = List.of(formula.group(2).split(", "));
    JsonNode years = c.get("data").get("years");
    List<double[]> slopes = new ArrayList<>();
    double rSquared = 0;
    for (int year = years.get(0).asInt(); year <= years.get(1).asInt(); year++) {
      ReferenceTable section = table.where("year", Integer.toString(year)::equals);
      Regression fit = LeastSquares.fit(
          Design.withConstant(regressors, columns(section, regressors)),
          section.column(formula.group(1)));
      slopes.add(fit.coefficients());
      rSquared += fit.rSquared();
      check(
          c, year + "", fit.coefficients(), c.get("expected").get("lam_t").get(slopes.size() - 1));
    }
    checkMeanSlopes(c, slopes, rSquared / slopes.size());
  }

  static void checkMeanSlopes(JsonNode c, List<double[]> slopes, double meanRSquared) {
    JsonNode expected = c.get("expected");
    int lag = c.get("options").get("nw_lag").asInt();
    MeanSlopes mean = MeanSlopes.of(slopes.toArray(double[][]::new));
    GoldenCases.check(c, "periods", mean.periods(), expected.get("t_obs"));
    check(c, "params", mean.means(), expected.get("params"));
    check(c, "se", mean.standardErrors(), expected.get("se"));
    check(c, "se_nw", mean.neweyWestErrors(lag), expected.get("se_nw"));
    check(c, "se_nw_large", mean.neweyWestErrorsLargeSample(lag), expected.get("se_nw_large"));
    GoldenCases.check(c, "mean r2", meanRSquared, expected.get("avg_r2"));
  }

  private static void vasicek(JsonNode c) {
    ReferenceTable table = lastRows(c);
    List<String> names = strings(c.get("data").get("portfolios"));
    String factor = c.get("data").path("factors").path(0).asText("MktRF"); // "market betas"
    Design market = Design.withConstant(List.of(factor), new double[][] {table.column(factor)});
    double[] betas = new double[names.size()];
    double[] errors = new double[names.size()];
    for (int i = 0; i < betas.length; i++) {
      Regression fit = LeastSquares.fit(market, excess(c, table, names.get(i)));
      betas[i] = fit.coefficient(factor);
      errors[i] = fit.standardErrors(ErrorRule.classical())[1];
    }
    VasicekPrior prior = VasicekPrior.of(betas);
    JsonNode expected = c.get("expected");
    check(c, "beta", betas, expected.get("beta"));
    check(c, "se", errors, expected.get("se"));
    GoldenCases.check(c, "prior", prior.mean(), expected.get("prior"));
    GoldenCases.check(c, "prior variance", prior.variance(), expected.get("prior_var"));
    for (int i = 0; i < betas.length; i++) {
      String name = names.get(i);
      GoldenCases.check(c, name, prior.weight(errors[i]), expected.get("weight").get(i));
      GoldenCases.check(
          c, name, prior.shrink(betas[i], errors[i]), expected.get("shrunk").get(i));
      GoldenCases.check(
          c, name, VasicekPrior.blume(betas[i]), expected.get("blume").get(i));
    }
  }

  private static void ridge(JsonNode c) {
    ReferenceTable table = ReferenceTable.of(c);
    List<String> names = strings(c.get("data").get("regressors"));
    Ridge ridge = new Ridge(names);
    double[][] columns =
        names.stream().map(name -> excess(c, table, name)).toArray(double[][]::new);
    double[] y = excess(c, table, c.get("data").get("target").asText());
    for (int row = 0; row < y.length; row++) {
      int r = row;
      ridge.add(Arrays.stream(columns).mapToDouble(column -> column[r]).toArray(), y[row]);
    }
    Ridge.Fit fit = ridge.solve(c.get("options").get("alpha").asDouble());
    check(c, "coef", fit.coefficients(), c.get("expected").get("coef"));
    GoldenCases.check(c, "intercept", fit.intercept(), c.get("expected").get("intercept"));
  }

  /** The least-squares part and the identity of variances. */
  private static void mixup(JsonNode c) {
    ReferenceTable table = lastRows(c);
    double w = c.get("options").get("weight").asDouble();
    double[] first = excess(c, table, c.get("data").get("first_asset").asText());
    double[] second = excess(c, table, c.get("data").get("second_asset").asText());
    double[] mix = combine(w, first, 1 - w, second);
    double[] gap = combine(1, first, -1, second);
    Design design = factors(c, table);
    double[] ofFirst = LeastSquares.fit(design, first).coefficients();
    double[] ofSecond = LeastSquares.fit(design, second).coefficients();
    double[] ofMix = LeastSquares.fit(design, mix).coefficients();
    JsonNode expected = c.get("expected");
    check(c, "first", ofFirst, expected.get("ols_first"));
    check(c, "second", ofSecond, expected.get("ols_second"));
    check(c, "mix", ofMix, expected.get("ols_of_mix"));
    check(c, "mixed", combine(w, ofFirst, 1 - w, ofSecond), expected.get("ols_of_mix"));
    double identity =
        w * variance(first) + (1 - w) * variance(second) - w * (1 - w) * variance(gap);
    GoldenCases.check(c, "volatility", Math.sqrt(variance(mix)), expected.get("volatility_of_mix"));
    GoldenCases.check(
        c,
        "mixed volatility",
        w * Math.sqrt(variance(first)) + (1 - w) * Math.sqrt(variance(second)),
        expected.get("volatility_mixed"));
    GoldenCases.check(c, "variance", variance(mix), expected.get("variance_of_mix"));
    GoldenCases.check(c, "identity", identity, expected.get("variance_identity_value"));
  }

  private static void splice(JsonNode c) {
    ReferenceTable table = ReferenceTable.of(c);
    JsonNode options = c.get("options");
    int months =
        Integer.parseInt(find("(\\d+)-month", options.get("regime").asText()).group(1));
    double[] y = excess(c, table, c.get("data").get("portfolio").asText());
    List<String> dates = table.text("dates");
    int calm = dates.indexOf(options.get("calm_last").asText()) + 1;
    int turbulent = dates.indexOf(options.get("turbulent_last").asText()) + 1;
    int[] splice = IntStream.concat(
            IntStream.range(calm - months, calm), IntStream.range(turbulent - months, turbulent))
        .toArray();
    double[] calmBeta = beta(c, table, y, Arrays.copyOf(splice, months));
    double[] turbulentBeta = beta(c, table, y, Arrays.copyOfRange(splice, months, 2 * months));
    JsonNode expected = c.get("expected");
    check(c, "calm", calmBeta, expected.get("beta_calm"));
    check(c, "turbulent", turbulentBeta, expected.get("beta_turbulent"));
    check(c, "spliced", beta(c, table, y, splice), expected.get("beta_spliced"));
    check(
        c,
        "length-weighted",
        combine(0.5, calmBeta, 0.5, turbulentBeta),
        expected.get("length_weighted"));
  }

  private static double[] beta(JsonNode c, ReferenceTable table, double[] y, int[] rows) {
    List<String> names = strings(c.get("data").get("factors"));
    double[][] columns = Arrays.stream(columns(table, names))
        .map(column -> Arrays.stream(rows).mapToDouble(row -> column[row]).toArray())
        .toArray(double[][]::new);
    return LeastSquares.fit(
            Design.withConstant(names, columns),
            Arrays.stream(rows).mapToDouble(row -> y[row]).toArray())
        .coefficients();
  }

  static Design factors(JsonNode c, ReferenceTable table) {
    return factors(c, table, 0, table.size());
  }

  static Design factors(JsonNode c, ReferenceTable table, int from, int to) {
    List<String> names = strings(c.get("data").get("factors"));
    return Design.withConstant(
        names,
        Arrays.stream(columns(table, names))
            .map(column -> Arrays.copyOfRange(column, from, to))
            .toArray(double[][]::new));
  }

  static double[] excess(JsonNode c, ReferenceTable table, String portfolio) {
    String transform = c.get("data").get("portfolio_transform").asText();
    if (!transform.equals("value minus RF")) {
      throw new AssertionError("unknown portfolio_transform: " + transform);
    }
    return table.excess(portfolio);
  }

  static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(node -> strings.add(node.asText()));
    return strings;
  }

  static void check(JsonNode c, String what, double[] actual, JsonNode expected) {
    if (actual.length != expected.size()) {
      throw new AssertionError(
          "%s: %d values, expected %d".formatted(what, actual.length, expected.size()));
    }
    for (int i = 0; i < actual.length; i++) {
      GoldenCases.check(c, what + " " + i, actual[i], expected.get(i));
    }
  }

  private static double[][] columns(ReferenceTable table, List<String> names) {
    return names.stream().map(table::column).toArray(double[][]::new);
  }

  static ReferenceTable lastRows(JsonNode c) {
    String rows = c.get("data").get("rows").asText();
    return ReferenceTable.of(c)
        .lastRows(Integer.parseInt(find("last (\\d+) months", rows).group(1)));
  }

  private static Matcher find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("'%s' does not match %s".formatted(text, pattern));
    }
    return matcher;
  }

  static double[] combine(double a, double[] x, double b, double[] y) {
    return IntStream.range(0, x.length).mapToDouble(i -> a * x[i] + b * y[i]).toArray();
  }

  /** With divisor n - 1. */
  private static double variance(double[] x) {
    double mean = Arrays.stream(x).sum() / x.length;
    return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
  }
}

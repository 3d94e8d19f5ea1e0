package alphadistill.student.teach;

import alphadistill.augment.window.CrossAssetMixup;
import alphadistill.augment.window.RegimeSplice;
import alphadistill.augment.window.TeacherInputs;
import alphadistill.augment.window.WindowBatch;
import alphadistill.data.testing.GoldenCases;
import alphadistill.data.testing.ReferenceTable;
import alphadistill.teacher.Exposures;
import alphadistill.teacher.FitReport;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.Premium;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.ElasticNet;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.VasicekPrior;
import alphadistill.teacher.regression.Window;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of {@code golden-quant/estimators.json} that say what mixing and splicing do to a linear teacher, by the
 * product's own transforms and model. Their plain least-squares statement is in the factor teacher's tests.
 */
class TransformGoldenTest {
  /** Ids of cases about transforms; a new one without a rule here fails by name. */
  private static final Pattern ABOUT_TRANSFORMS = Pattern.compile("(mixup|splice).*");

  @TestFactory
  Stream<DynamicTest> casesAgree() {
    return GoldenCases.of("estimators.json").stream()
        .filter(c -> ABOUT_TRANSFORMS.matcher(c.get("id").asText()).matches())
        .flatMap(c -> tests(c).entrySet().stream()
            .map(test -> DynamicTest.dynamicTest(
                c.get("id").asText() + ", " + test.getKey(),
                () -> test.getValue().run())));
  }

  private static Map<String, Runnable> tests(JsonNode c) {
    String id = c.get("id").asText();
    String title = c.get("estimator").asText();
    if (title.contains("same-date mix of two assets")) {
      return Map.of("least squares", () -> mixup(c), "elastic net", () -> elasticNet(c));
    }
    if (title.contains("beta of the spliced window")) {
      return Map.of("betas", () -> splice(c));
    }
    return Map.of("rule", () -> {
      throw new AssertionError("no rule for the transform of '%s': %s".formatted(id, title));
    });
  }

  /** An elastic net does not mix linearly: that of the mixed returns is not the mix of two. */
  private static void elasticNet(JsonNode c) {
    WindowBatch batch = pair(c);
    double weight = c.get("options").get("weight").asDouble();
    double[] ofMix = elasticNet(c, mixed(batch, weight), 0);
    double[] first = elasticNet(c, batch, 0);
    double[] second = elasticNet(c, batch, 1);
    JsonNode expected = c.get("expected");
    for (int k = 0; k < ofMix.length; k++) {
      GoldenCases.check(
          c, "of mix", ofMix[k], expected.get("elastic_net_of_mix").get(k));
      GoldenCases.check(
          c,
          "mixed",
          weight * first[k] + (1 - weight) * second[k],
          expected.get("elastic_net_mixed").get(k));
    }
  }

  private static double[] elasticNet(JsonNode c, WindowBatch batch, int sample) {
    JsonNode options = c.get("options").get("elastic_net");
    double[][] factors = factors(batch, sample);
    return ElasticNet.fit(
            names(factors[0].length),
            factors,
            returns(batch, sample),
            options.get("alpha").asDouble(),
            options.get("l1_ratio").asDouble())
        .coefficients();
  }

  private static WindowBatch pair(JsonNode c) {
    JsonNode data = c.get("data");
    ReferenceTable table = ReferenceTable.of(c)
        .lastRows(number("last (\\d+) months", data.get("rows").asText()));
    ReferenceMarket market = market(
        c, table, data.get("first_asset").asText(), data.get("second_asset").asText());
    return market.batch(table.size() - 1, table.size());
  }

  private static WindowBatch mixed(WindowBatch batch, double weight) {
    return new CrossAssetMixup(1, CrossAssetMixup.Nonlinear.REFUSE).mixed(batch, 0, 1, weight);
  }

  private static void mixup(JsonNode c) {
    WindowBatch batch = pair(c);
    WindowBatch mixed = mixed(batch, c.get("options").get("weight").asDouble());

    JsonNode expected = c.get("expected");
    check(c, "first", batch, 0, expected.get("ols_first"));
    check(c, "second", batch, 1, expected.get("ols_second"));
    check(c, "mix", mixed, 0, expected.get("ols_of_mix"));
    GoldenCases.check(c, "variance", variance(returns(mixed, 0)), expected.get("variance_of_mix"));
    GoldenCases.check(
        c, "volatility", Math.sqrt(variance(returns(mixed, 0))), expected.get("volatility_of_mix"));
  }

  private static void splice(JsonNode c) {
    ReferenceTable table = ReferenceTable.of(c);
    JsonNode options = c.get("options");
    int months = number("(\\d+)-month", options.get("regime").asText());
    List<String> dates = table.text("dates");
    int calm = dates.indexOf(options.get("calm_last").asText());
    int turbulent = dates.indexOf(options.get("turbulent_last").asText());
    ReferenceMarket market = market(c, table, c.get("data").get("portfolio").asText());
    RegimeSplice transform =
        new RegimeSplice(1, 0, RegimeSplice.Label.KEEP, RegimeSplice.Seam.REFUSE, market);

    WindowBatch spliced =
        transform.spliced(market.batch(turbulent, 2 * months), 0, 0, months, calm);

    JsonNode expected = c.get("expected");
    check(c, "calm", market.batch(calm, months), 0, expected.get("beta_calm"));
    check(c, "turbulent", market.batch(turbulent, months), 0, expected.get("beta_turbulent"));
    check(c, "spliced", spliced, 0, expected.get("beta_spliced"));
  }

  private static ReferenceMarket market(JsonNode c, ReferenceTable table, String... assets) {
    String transform = c.get("data").get("portfolio_transform").asText();
    if (!transform.equals("value minus RF")) {
      throw new AssertionError("unknown portfolio_transform: " + transform);
    }
    List<double[]> factors = new ArrayList<>();
    c.get("data").get("factors").forEach(name -> factors.add(table.column(name.asText())));
    return new ReferenceMarket(
        Arrays.stream(assets).map(table::excess).toArray(double[][]::new),
        factors.toArray(double[][]::new));
  }

  /** Constant by least squares and slopes by the model, both on what the teacher is given. */
  private static void check(
      JsonNode c, String what, WindowBatch batch, int sample, JsonNode expected) {
    double[] asset = returns(batch, sample);
    double[][] factors = factors(batch, sample);
    List<String> names = names(factors[0].length);
    double[] betas = model(names).betas(asset, factors);
    double constant =
        LeastSquares.fit(Design.rowsWithConstant(names, factors), asset).coefficients()[0];
    if (expected.size() != betas.length + 1) {
      throw new AssertionError(
          "%d coefficients expected, there are %d".formatted(expected.size(), betas.length + 1));
    }
    GoldenCases.check(c, what + " constant", constant, expected.get(0));
    for (int k = 0; k < betas.length; k++) {
      GoldenCases.check(c, what + " " + names.get(k), betas[k], expected.get(k + 1));
    }
  }

  /** A model that believes betas as they are. */
  private static LinearFactorModel model(List<String> factors) {
    LocalDate day = LocalDate.of(2000, 1, 31);
    return new LinearFactorModel(
        new Premium("constant", 0, 0),
        factors.stream().map(name -> new Premium(name, 0.001, 0)).toList(),
        1,
        new Exposures.RegressionBetas(
            factors,
            Window.expanding(),
            factors.size() + 2,
            factors.stream().map(name -> VasicekPrior.flat(0)).toList()),
        new FitReport(day, day, 1, Map.of(), 1, List.of()));
  }

  private static List<String> names(int factors) {
    return IntStream.range(0, factors).mapToObj(k -> "factor " + k).toList();
  }

  /** {@code [day][factor]} of one sample. */
  private static double[][] factors(WindowBatch batch, int sample) {
    TeacherInputs.ReturnHistory history = (TeacherInputs.ReturnHistory) batch.teacherInputs();
    double[][] factors = new double[history.days()][];
    for (int i = 0; i < factors.length; i++) {
      int row = (sample * history.days() + i) * history.factors();
      factors[i] = Arrays.copyOfRange(history.factor(), row, row + history.factors());
    }
    return factors;
  }

  private static double[] returns(WindowBatch batch, int sample) {
    TeacherInputs.ReturnHistory history = (TeacherInputs.ReturnHistory) batch.teacherInputs();
    return Arrays.copyOfRange(
        history.asset(), sample * history.days(), (sample + 1) * history.days());
  }

  /** With divisor n - 1. */
  private static double variance(double[] x) {
    double mean = Arrays.stream(x).sum() / x.length;
    return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
  }

  private static int number(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("'%s' does not match %s".formatted(text, pattern));
    }
    return Integer.parseInt(matcher.group(1));
  }
}

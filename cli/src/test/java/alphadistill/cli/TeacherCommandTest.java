package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.testing.GoldenCases;
import alphadistill.data.testing.SharedFolder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The {@code teacher} commands give the numbers of {@code golden-quant/estimators.json}, read as a user's table. */
class TeacherCommandTest {
  @TempDir
  static Path folder;

  @TestFactory
  Stream<DynamicTest> theCommandsGiveTheGoldenNumbers() {
    Map<String, Check> checks = Map.of(
        "ts-ols", TeacherCommandTest::regress,
        "traded-factors", TeacherCommandTest::grs,
        "two-pass", TeacherCommandTest::twoPass,
        "fama-macbeth-grunfeld", TeacherCommandTest::famaMacBeth,
        "ipca-grunfeld", TeacherCommandTest::ipca,
        "pca-", TeacherCommandTest::pca,
        "apca", TeacherCommandTest::pca,
        "bai-ng", TeacherCommandTest::baiNg,
        "ledoit-wolf", TeacherCommandTest::covariance,
        "oas", TeacherCommandTest::covariance);
    return GoldenCases.of("estimators.json").stream()
        .filter(c ->
            !c.get("id").asText().equals("traded-factors-large")) // a divisor the command has not
        .flatMap(c -> checks.entrySet().stream()
            .filter(check -> c.get("id").asText().startsWith(check.getKey()))
            .map(check -> DynamicTest.dynamicTest(
                c.get("id").asText(), () -> check.getValue().of(c))));
  }

  private interface Check {
    void of(JsonNode goldenCase) throws IOException;
  }

  private static void regress(JsonNode c) throws IOException {
    JsonNode found =
        run(c, with(onFactors(c, "regress"), "--lags", c.at("/options/hac_lag").asText()));
    for (JsonNode expected : c.get("expected")) {
      JsonNode asset = found.get("assets").get(expected.get("portfolio").asText());
      check(c, "coefficients", asset.get("coefficients"), expected.get("params"));
      check(c, "errors", asset.get("standardErrors"), expected.get("se"));
      check(c, "Newey-West", asset.get("neweyWestErrors"), expected.get("se_hac"));
      check(c, "small", asset.get("neweyWestErrorsSmallSample"), expected.get("se_hac_small"));
      check(c, "White", asset.get("whiteErrors"), expected.get("se_hc0"));
      GoldenCases.check(c, "R2", asset.get("rSquared").asDouble(), expected.get("r2"));
    }
  }

  private static void grs(JsonNode c) throws IOException {
    JsonNode found = run(c, with(onFactors(c, "regress"), "--grs"));
    JsonNode expected = c.get("expected");
    GoldenCases.check(c, "GRS", found.at("/tests/grs/statistic").asDouble(), expected.get("grs"));
    GoldenCases.check(c, "p", found.at("/tests/grs/pValue").asDouble(), expected.get("grs_p"));
    GoldenCases.check(c, "J", found.at("/tests/robust/statistic").asDouble(), expected.get("j"));
    check(c, "premia", found.get("premia"), expected.get("rp"));
    check(c, "their errors", found.get("premiaErrors"), expected.get("se_rp"));
  }

  private static void twoPass(JsonNode c) throws IOException {
    List<String> words = onFactors(c, "two-pass");
    if (c.at("/options/zero_beta_constant").asBoolean()) {
      words.add("--zero-beta");
    }
    if (!c.at("/options/weight").asText().equals("identity")) {
      words.add("--gls");
    }
    JsonNode found = run(c, words);
    JsonNode expected = c.get("expected");
    check(c, "premia", found.get("premia"), expected.get("lam"));
    check(c, "Fama-MacBeth", found.get("famaMacBethErrors"), expected.get("se_fm"));
    check(c, "Shanken", found.get("shankenErrors"), expected.get("se_shanken"));
    check(c, "GMM", found.get("gmmErrors"), expected.get("se_gmm"));
    GoldenCases.check(
        c, "J", found.at("/tests/shanken/statistic").asDouble(), expected.get("j_shanken"));
  }

  private static void famaMacBeth(JsonNode c) throws IOException {
    JsonNode found = run(
        c,
        with(
            onGrunfeld(c, "fama-macbeth", "value,capital"),
            "--lags",
            c.at("/options/nw_lag").asText()));
    JsonNode expected = c.get("expected");
    check(c, "premia", found.get("premia"), expected.get("params"));
    check(c, "errors", found.get("standardErrors"), expected.get("se"));
    check(c, "Newey-West", found.get("neweyWestErrors"), expected.get("se_nw"));
    check(c, "large", found.get("neweyWestErrorsLargeSample"), expected.get("se_nw_large"));
    GoldenCases.check(c, "R2", found.get("meanRSquared").asDouble(), expected.get("avg_r2"));
    check(
        c,
        "slopes",
        found.get("slopes").iterator().next(),
        expected.get("lam_t").get(0));
  }

  private static void ipca(JsonNode c) throws IOException {
    List<String> words = with(
        onGrunfeld(c, "ipca", names(c.at("/data/instruments"))),
        "--factors",
        c.at("/options/factors").asText());
    if (c.at("/options/intercept").asBoolean()) {
      words.add("--intercept");
    }
    JsonNode found = run(c, words);
    JsonNode expected = c.get("expected");
    for (int l = 0; l < expected.get("gamma").size(); l++) {
      check(c, "loadings", found.get("gammaBeta").get(l), expected.get("gamma").get(l));
    }
    GoldenCases.check(c, "R2", found.get("rSquaredTotal").asDouble(), expected.get("r2_total"));
    GoldenCases.check(
        c,
        "R2 predictive, centred",
        found.get("rSquaredPredictiveCentred").asDouble(),
        expected.get("r2_pred_centred"));
  }

  private static void pca(JsonNode c) throws IOException {
    String of = c.get("id").asText().replace("pca-", "").replace("apca", "asymptotic");
    JsonNode loadings = c.at("/expected/loadings");
    JsonNode found = run(
        c,
        with(
            onReturns(c, "pca"),
            "--of",
            of,
            "--factors",
            String.valueOf(loadings.get(0).size())));
    int asset = 0;
    for (JsonNode row : found.get("loadings")) {
      check(c, "loadings", row, loadings.get(asset++));
    }
    JsonNode eigenvalues = c.at("/expected/eigenvalues");
    for (int k = 0; k < eigenvalues.size(); k++) {
      GoldenCases.check(
          c, "eigenvalue", found.get("eigenvalues").get(k).asDouble(), eigenvalues.get(k));
    }
  }

  private static void baiNg(JsonNode c) throws IOException {
    JsonNode found = run(
        c,
        with(
            onReturns(c, "pca"),
            "--factors",
            "1",
            "--bai-ng",
            c.at("/options/kmax").asText()));
    check(c, "choices", found.at("/baiNg/choices"), c.at("/expected/choice"));
    check(c, "variances", found.at("/baiNg/residualVariances"), c.at("/expected/v"));
  }

  private static void covariance(JsonNode c) throws IOException {
    String method =
        c.get("id").asText().replace("single-factor", "single-index").replace('-', '_');
    List<String> words = with(onReturns(c, "covariance"), "--method", method);
    words.set(words.indexOf("--from") + 1, "2012-04-01"); // the last 60 months
    if (method.endsWith("single_index")) {
      words.addAll(List.of("--factors", file(c), "--market", "MktRF"));
    }
    JsonNode found = run(c, words);
    assertThat(found.get("observations").asInt()).isEqualTo(60);
    GoldenCases.check(
        c, "intensity", found.get("shrinkage").asDouble(), c.at("/expected/shrinkage"));
    JsonNode diagonal = c.at("/expected/diagonal");
    for (int i = 0; i < diagonal.size(); i++) {
      GoldenCases.check(
          c, "diagonal", found.get("covariance").get(i).get(i).asDouble(), diagonal.get(i));
    }
  }

  private static String file(JsonNode c) {
    return SharedFolder.require("data/reference/" + c.at("/data/file").asText()).toString();
  }

  private static String names(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(","));
  }

  private static List<String> onReturns(JsonNode c, String command) {
    return new ArrayList<>(List.of(
        "teacher",
        command,
        "--returns",
        file(c),
        "--assets",
        names(c.at("/data/portfolios")),
        "--risk-free",
        "RF",
        "--from",
        c.at("/data/first").asText() + "-01",
        "--to",
        c.at("/data/last").asText() + "-31"));
  }

  private static List<String> onFactors(JsonNode c, String command) {
    return with(
        onReturns(c, command),
        "--factors",
        file(c),
        "--factor-columns",
        names(c.at("/data/factors")));
  }

  private static List<String> onGrunfeld(JsonNode c, String command, String characteristics) {
    return new ArrayList<>(List.of(
        "teacher",
        command,
        "--panel",
        file(c),
        "--entity",
        "firm",
        "--time",
        "year",
        "--dependent",
        "invest",
        "--characteristics",
        characteristics));
  }

  private static List<String> with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all;
  }

  private static JsonNode run(JsonNode c, List<String> words) throws IOException {
    Path json = folder.resolve(c.get("id").asText() + ".json");
    Said said = Said.by(with(words, "--json", json.toString()));
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out()).contains("periods");
    return new ObjectMapper().readTree(json.toFile());
  }

  /** Numbers in order, whether found in a list or by name. */
  private static void check(JsonNode c, String what, JsonNode found, JsonNode expected) {
    assertThat(found.size()).as(what).isEqualTo(expected.size());
    int i = 0;
    for (JsonNode number : found) {
      GoldenCases.check(c, what, number.asDouble(), expected.get(i++));
    }
  }

  private static String table(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines)).toString();
  }

  private static String panel(String... lines) throws IOException {
    return table("panel.csv", lines);
  }

  private static void refuses(int code, String message, String... words) {
    Said said = Said.by(words);
    assertThat(said.err()).contains(message);
    assertThat(said.errorLines()).as(said.err()).hasSizeLessThanOrEqualTo(2);
    assertThat(said.code()).isEqualTo(code);
    assertThat(said.out()).isEmpty();
  }

  private static void refusesRegression(String message, String file) {
    refuses(
        3,
        message,
        "teacher",
        "regress",
        "--returns",
        file,
        "--factors",
        file,
        "--factor-columns",
        "m");
  }

  @Test
  void refusesTablesInOneLine() throws IOException {
    refusesRegression(
        "line 4: date '2014-02' is there twice; remove one of the rows",
        table("twice.csv", "date,a,m", "2014-01,0.1,0.2", "2014-02,0.2,0.1", "2014-02,0.1,0.3"));
    refusesRegression(
        "line 3: date '2014-01' comes after '2014-02'; sort the rows by date",
        table("order.csv", "date,a,m", "2014-02,0.1,0.2", "2014-01,0.2,0.1"));
    refusesRegression(
        "look like per cent",
        table(
            "percent.csv",
            "date,a,m",
            "2014-01,1.5,0.02",
            "2014-02,-2.1,-0.01",
            "2014-03,3.1,0.01",
            "2014-04,0.4,0.03"));
    refusesRegression(
        "column 'a' holds 'x', which is no number", table("word.csv", "date,a,m", "2014-01,x,0.2"));
    refusesRegression(
        "0 complete periods are left",
        table("gaps.csv", "date,a,m", "2014-01,,0.2", "2014-02,0.1,"));
  }

  @Test
  void refusesPanelsInOneLine() throws IOException {
    String twice = panel("firm,year,y,x", "A,2001,1,2", "B,2001,2,1", "A,2001,3,3");
    refuses(
        3,
        "line 4: firm 'A' is there twice in 2001",
        "teacher",
        "fama-macbeth",
        "--panel",
        twice,
        "--entity",
        "firm",
        "--time",
        "year",
        "--dependent",
        "y",
        "--characteristics",
        "x");
    String thin = table("thin.csv", "firm,year,y,x", "A,2001,1,2", "A,2002,2,1");
    refuses(
        3,
        "0 periods have slopes, 2 are needed; 2001 was skipped: 1 complete rows",
        "teacher",
        "fama-macbeth",
        "--panel",
        thin,
        "--entity",
        "firm",
        "--time",
        "year",
        "--dependent",
        "y",
        "--characteristics",
        "x");
    refuses(
        3,
        "no column 'z'",
        "teacher",
        "ipca",
        "--panel",
        thin,
        "--entity",
        "firm",
        "--time",
        "year",
        "--dependent",
        "y",
        "--characteristics",
        "z",
        "--factors",
        "1");
    refuses(
        2,
        "it would explain itself",
        "teacher",
        "ipca",
        "--panel",
        thin,
        "--entity",
        "firm",
        "--time",
        "year",
        "--dependent",
        "y",
        "--characteristics",
        "y",
        "--factors",
        "1");
    refuses(
        2,
        "factors must be at least 1",
        "teacher",
        "ipca",
        "--panel",
        thin,
        "--entity",
        "firm",
        "--time",
        "year",
        "--dependent",
        "y",
        "--characteristics",
        "x",
        "--factors",
        "0");
  }
}

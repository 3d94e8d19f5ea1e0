package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.testing.HeadlessBrowser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code teacher fit} on a small simulated market, whose returns do depend on characteristics and factors. */
class TeacherFitCommandTest {
  @TempDir
  Path folder;

  @Test
  void printsModelForecastsAndDiagnostics() throws IOException {
    Said said = fit();

    assertThat(said.code()).as(said.err()).isEqualTo(Main.DONE);
    assertThat(said.out())
        .contains(
            "teacher fama_macbeth, as of ",
            "fitted through ",
            "usable from ",
            "rows used ",
            "periods used ",
            "out of sample: ",
            "HAC t ",
            "uncentred",
            "centred",
            "condition number",
            "are autocorrelated at 5 %")
        .contains("page " + folder.resolve("made/teacher.html"));
    assertThat(said.out().lines().filter(line -> line.startsWith("c1 "))).hasSize(2);
  }

  @Test
  void writesEveryFigureOfWhatItPrints() throws IOException {
    Said said = fit("--json", folder.resolve("fit.json").toString());
    JsonNode json = json();

    double premium = json.at("/premia/c1/value").asDouble();
    double error = json.at("/premia/c1/standardError").asDouble();
    assertThat(json.at("/premia/c1/t").asDouble()).isEqualTo(premium / error);
    assertThat(json.get("horizon").asInt()).isEqualTo(5);
    assertThat(json.at("/outOfSample/rankIc/hacLag").asInt()).isGreaterThanOrEqualTo(4);
    assertThat(said.out())
        .contains("rank IC %.4f".formatted(json.at("/outOfSample/rankIc/mean").asDouble()));
    assertThat(json.at("/outOfSample/rankIcByDay")).hasSameSizeAs(json.at("/outOfSample/days"));
    assertThat(json.at("/path/premia/c1")).hasSameSizeAs(json.at("/path/days"));
    assertThat(json.at("/path/premia/c1").get(json.at("/path/days").size() - 1).asDouble())
        .as("the newest model is the last of its path")
        .isEqualTo(premium);
    assertThat(json.at("/data/prices").asText()).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fama_macbeth", "time_series"})
  void givesTheSameBytesTwice(String type) throws IOException {
    Path first = folder.resolve("first.json");
    Path second = folder.resolve("second.json");

    fit("--set", "teacher.type=" + type, "--json", first.toString());
    fit("--set", "teacher.type=" + type, "--json", second.toString());

    assertThat(first).isNotEmptyFile();
    assertThat(Files.mismatch(first, second)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"fama_macbeth,4", "time_series,5"})
  void thePageHasItsSectionsAndDrawsItsCharts(String type, int charts) throws Exception {
    Said said = fit("--set", "teacher.type=" + type, "--gate=-100");
    String page = Files.readString(folder.resolve("made/teacher.html"));

    for (String id : List.of(
        "headline",
        "path",
        "sample",
        "explained",
        "diagnostics",
        "dropped",
        "configuration",
        "provenance")) {
      assertThat(page).contains("<section id=\"" + id + "\"").contains("href=\"#" + id + "\"");
    }
    assertThat(page).contains("Quality gate passed", "sha256 prices", "type: " + type);
    assertThat(said.code()).isZero();
    String dom = HeadlessBrowser.dom(folder, page);
    assertThat(dom).contains("data-ready=\"true\"").doesNotContain("data-errors=");
    assertThat(count("data-chart=\"[^\"]+\"", dom))
        .isEqualTo(count("data-marks=\"[1-9][0-9]*\"", dom))
        .isEqualTo(charts);
  }

  @Test
  void aTeacherBelowTheGateIsRefusedInOneLineAndStillReported() throws IOException {
    Said said = fit("--gate", "100", "--json", folder.resolve("fit.json").toString());

    assertThat(said.code()).isEqualTo(Main.REFUSED);
    assertThat(complaints(said))
        .singleElement()
        .asString()
        .startsWith(
            "alphadistill: the fama_macbeth teacher is refused: HAC t of its mean rank IC out of sample is ")
        .endsWith("--gate asks for 100.0");
    assertThat(json().at("/gates/--gate/passed").asBoolean()).isFalse();
    assertThat(folder.resolve("made/teacher.html")).content().contains("Quality gate refused");
  }

  @Test
  void theConfigurationsOwnGateIsAskedToo() throws IOException {
    // A linear market of many assets, where characteristics do forecast; the small one is too short
    // to show it.
    String[] passing = {
      "--set", "teacher.gate=1",
      "--set", "data.simulated.kind=linear",
      "--set", "data.simulated.assets=150",
      "--set", "data.simulated.days=700",
      "--set", "folds.train=400",
      "--json", folder.resolve("fit.json").toString()
    };

    Said passed = fit(passing);
    assertThat(passed.code()).as(passed.err()).isZero();
    assertThat(passed.out()).contains("passes teacher.gate of 1.0; at its weakest rank IC ");
    assertThat(json().at("/gates/teacher.gate/passed").asBoolean()).isTrue();
    Said refused = fit("--set", "teacher.gate=100");
    assertThat(refused.code()).isEqualTo(Main.REFUSED);
    assertThat(complaints(refused))
        .singleElement()
        .asString()
        .contains("teacher.gate asks for a t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2|did you mean 'minimum'|--set teacher.minimun=3",
        "2|teacher: |--set teacher.minimum=5000",
        "3|no such file|--set data.source=files --set data.prices=none.csv",
        "3|too few|--set folds.train=900",
        "2|there is no folder|--json nowhere/fit.json",
        "2|is a file, not a folder|--out small.yaml",
        "2|--gate is the least HAC t|--gate NaN"
      })
  void whatCannotBeDoneIsOneLineAndLeavesNothing(int code, String words, String options)
      throws IOException {
    String[] arguments = Stream.of(options.split(" "))
        .map(word -> word.equals("small.yaml") ? folder.resolve(word).toString() : word)
        .toArray(String[]::new);

    Said said = fit(arguments);

    assertThat(complaints(said)).singleElement().asString().contains(words);
    assertThat(said.code()).isEqualTo(code);
    assertThat(said.out()).isEmpty();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(folder.resolve("small.yaml"));
    }
  }

  @Test
  void aSignalLeavesNothingHalfWritten() throws Exception {
    ProcessRun run = ProcessRun.start(
        folder.resolve("log"),
        "teacher",
        "fit",
        SmallRun.config(folder).toString(),
        "--set",
        "data.simulated.assets=150",
        "--set",
        "data.simulated.days=1350",
        "--set",
        "teacher.type=time_series",
        "--out",
        folder.resolve("made").toString());
    run.awaitSaid("forecasting: 10 %");

    assertThat(run.stop("TERM")).as(run.said()).isEqualTo(Main.INTERRUPTED);
    assertThat(run.said().lines().filter(line -> line.startsWith("alphadistill: ")))
        .containsExactly(
            "alphadistill: interrupted; run the same command again; files stand whole or not at all");
    assertThat(folder.resolve("made")).doesNotExist();
  }

  private Said fit(String... more) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("teacher", "fit", SmallRun.config(folder).toString()));
    words.addAll(List.of(more));
    if (!words.contains("--out")) {
      words.addAll(List.of("--out", folder.resolve("made").toString()));
    }
    return Said.by(words);
  }

  private JsonNode json() throws IOException {
    return JsonMapper.builder().build().readTree(folder.resolve("fit.json").toFile());
  }

  private static List<String> complaints(Said said) {
    return said.errorLines().stream()
        .filter(line -> line.startsWith("alphadistill: "))
        .toList();
  }

  private static long count(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }
}

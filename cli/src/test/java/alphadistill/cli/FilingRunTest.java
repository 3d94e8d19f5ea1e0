package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.cli.testing.SmallMarket;
import alphadistill.student.study.TeacherSpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Company reports as features of a run, beside price features, from the command. */
class FilingRunTest {
  @TempDir
  Path folder;

  private SmallMarket market;
  private Path config;

  @BeforeEach
  void files() throws IOException {
    market = new SmallMarket(folder, 20, 330);
    config = market.write(
        "filings.yaml",
        List.of(
            "name: reported",
            "out: " + folder.resolve("runs"),
            "data:",
            "  source: files",
            "  prices: " + market.prices(),
            "  filings: " + market.filings(),
            "  unadjusted: {prices: %s}".formatted(folder.resolve("prices.csv")),
            "  minimumAssets: 10",
            "features: {names: [reversal_5, book_to_market, profitability, leverage]}",
            "folds: {train: 120, validation: 20, test: 75, stride: 5}",
            "teacher: {type: fama_macbeth}",
            "student: {width: 8, depth: 1}",
            "augmentation: {nonlinear: blend}",
            "training: {seeds: [1], epochs: 1, warmUp: 0}"));
  }

  @ParameterizedTest
  @EnumSource(
      value = TeacherSpec.Type.class,
      mode = Mode.EXCLUDE,
      names = {"TIME_SERIES", "STATISTICAL"}) // which see returns alone
  void everyTeacherOnCharacteristicsHasPremiaOfReports(TeacherSpec.Type type) throws IOException {
    Path json = folder.resolve("fit.json");

    Said said = run(
        "teacher",
        "fit",
        "--set",
        "teacher.type=" + type.word(),
        "--out",
        folder.resolve("page").toString(),
        "--json",
        json.toString());

    assertThat(said.code()).as(said.err()).isEqualTo(Main.DONE);
    JsonNode fit = new JsonMapper().readTree(json.toFile());
    assertThat(fit.get("premia").properties())
        .extracting(entry -> entry.getKey())
        .contains("reversal_5", "book_to_market", "profitability", "leverage");
    assertThat(fit.at("/data/filings filings.csv").asText()).hasSize(64);
    assertThat(fit.at("/data/unadjusted prices prices.csv").asText()).hasSize(64);
  }

  /** The day's scores from data up to that day are the run's own, so that no later report was in them. */
  @Test
  void aRunIsForecastFromWhatWasReportedByThenAndKnowsItsReports() throws IOException {
    Said run = run("distill");
    assertThat(run.code()).as(run.err()).isEqualTo(Main.DONE);
    assertThat(run.out()).contains("distilled student", "teacher", "ridge");
    assertThat(Files.readString(folder.resolve("runs/reported/provenance.json")))
        .contains("sha256 filings filings.csv", "sha256 unadjusted prices prices.csv");
    String lastTestDay = new JsonMapper()
        .readTree(folder.resolve("runs/reported/metrics.json").toFile())
        .get("lastTestDay")
        .asText();

    for (String model : List.of("distilled student", "teacher", "ridge")) {
      Said told = Said.by(
          "predict",
          "--run",
          folder.resolve("runs/reported").toString(),
          "--asof",
          lastTestDay,
          "--model",
          model);
      assertThat(told.code()).as(told.err()).isEqualTo(Main.DONE);
      assertThat(told.out()).doesNotContain("note:");
    }

    List<String> filings = new ArrayList<>(market.filingLines());
    filings.remove(filings.size() - 1);
    market.write("filings.csv", filings);
    assertThat(run("distill").errorLines())
        .last()
        .asString()
        .contains("another configuration or other data");
  }

  private Said run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add(words[0].equals("teacher") ? 2 : 1, config.toString());
    return Said.by(all);
  }
}

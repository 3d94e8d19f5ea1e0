package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.feature.LabelSpec;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.data.simulate.SimulatedMarket;
import alphadistill.data.simulate.SimulationSpec;
import alphadistill.data.table.PanelWriter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestCommandTest {
  private static final SimulatedMarket MARKET =
      SimulatedMarket.of(SimulationSpec.of(SimulationSpec.Kind.LINEAR, 12, 160, 3));

  @TempDir
  static Path folder;

  @BeforeAll
  static void writeFiles() {
    PanelWriter.csv(MARKET.prices(), folder.resolve("prices.csv"));
    PanelWriter.parquet(MARKET.prices(), folder.resolve("prices.parquet"));
    PanelWriter.csv(oracle(1), folder.resolve("oracle.csv"));
    PanelWriter.parquet(oracle(1), folder.resolve("oracle.parquet"));
    PanelWriter.csv(oracle(-1), folder.resolve("contrary.csv.gz"));
  }

  @Test
  void filesAreJudgedByNameAndComparedWithTheFirst() {
    CommandRun run = backtest("oracle.csv", "bad=contrary.csv.gz", "--horizon", "5");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("horizon 5, lag 1", "commission 0.0002, slippage 0.0005, borrow 0.005")
        .containsPattern("(?m)^oracle +1 +0\\.\\d+")
        .containsPattern("(?m)^bad +1 +-0\\.\\d+")
        .containsPattern("oracle less bad +rank IC \\+0\\.\\d+");
  }

  @Test
  void csvAndParquetGiveTheSameMetricsToTheByte() throws IOException {
    Path text = folder.resolve("from-text");
    Path table = folder.resolve("from-table/deep");
    CommandRun first = backtest("oracle.csv", "--out", text.toString());
    CommandRun second = CommandRun.of(
        "backtest",
        "--scores",
        at("oracle.parquet"),
        "--prices",
        at("prices.parquet"),
        "--out",
        table.toString());

    assertThat(first.code() + second.code()).as(first.err() + second.err()).isZero();
    assertThat(table.resolve("metrics.json")).hasSameBinaryContentAs(text.resolve("metrics.json"));
    JsonNode metrics = new ObjectMapper().readTree(text.resolve("metrics.json").toFile());
    assertThat(metrics.at("/models/oracle/rankIc/mean").doubleValue()).isGreaterThan(0.02);
    assertThat(metrics.at("/days/oracle/scored").intValue()).isEqualTo(160);
    try (Stream<Path> files = Files.list(text)) {
      assertThat(files)
          .containsExactlyInAnyOrder(text.resolve("metrics.json"), text.resolve("report.html"));
    }
  }

  @Test
  void optionsReachTheBacktest() {
    assertThat(backtest("oracle.csv", "--rule", "topk", "--top-k", "4", "--drop", "2")
            .out())
        .contains("the best 4 names, at most 2 replaced a date");
    assertThat(backtest("oracle.csv", "--rule", "signal", "--commission", "0").out())
        .contains("in proportion to the demeaned score", "commission 0,");
    assertThat(
            backtest("oracle.csv", "--set", "backtest.fill=open", "--lag", "2").out())
        .contains("lag 2");
  }

  @Test
  void wrongUsageIsOneLineAndCodeTwo() {
    refused(2, "two --scores are called 'oracle'", "oracle.csv", "oracle=contrary.csv.gz");
    refused(2, "--horizon 0: label: horizon must be at least 1", "oracle.csv", "--horizon", "0");
    refused(2, "--lag soon: label.lag: 'soon' is not a whole", "oracle.csv", "--lag", "soon");
    refused(2, "costs are decimals, not percent", "oracle.csv", "--commission", "5");
    refused(
        2, "drop must be from 1 to k = 3, was 5", "oracle.csv", "--rule", "topk", "--top-k", "3");
    refused(2, "did you mean 'fill'?", "oracle.csv", "--set", "backtest.fil=open");
    refused(
        2,
        "cannot make the folder",
        "oracle.csv",
        "--out",
        folder.resolve("oracle.csv/sub").toString());
  }

  @Test
  void wrongDataIsOneLineAndCodeThree() throws IOException {
    write("strangers.csv", "date,asset,score\n2015-01-02,nobody,1\n2015-01-02,no one,2\n");
    write("words.csv", "date,asset,score\n2015-01-02,a001,high\n");
    write("columns.csv", "day,asset,alpha\n2015-01-02,a001,1\n");
    String day = MARKET.prices().dates().get(40).toString();
    String asset = MARKET.prices().assets().get(0);
    write("lonely.csv", "date,asset,score\n%s,%s,1\n".formatted(day, asset));

    refused(3, "no such file", "absent.csv");
    refused(3, "share no name or no scored day with the prices", "strangers.csv");
    refused(3, "words.csv, line 2: column 'score' holds 'high'", "words.csv");
    refused(3, "no column 'date'", "columns.csv");
    refused(3, "no date has scores of at least 5 names", "lonely.csv");
    refused(3, "no such file", "oracle.csv", "--factors", at("absent-factors.csv"));
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  private static void refused(int code, String message, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    if (!all.contains("--out")) {
      all.addAll(List.of("--out", at("refused")));
    }
    CommandRun run = backtest(all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.err().lines()).hasSize(1).first().asString().contains(message);
    assertThat(run.out()).doesNotContain("results");
  }

  /** Score files come first, until the first option. */
  private static CommandRun backtest(String... args) {
    List<String> all = new ArrayList<>(List.of("backtest", "--prices", at("prices.csv")));
    boolean options = false;
    for (String arg : args) {
      options |= arg.startsWith("--");
      if (!options) {
        int equals = arg.indexOf('=') + 1;
        all.add("--scores");
        all.add(arg.substring(0, equals) + at(arg.substring(equals)));
      } else {
        all.add(arg);
      }
    }
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static String at(String file) {
    return folder.resolve(file).toString();
  }

  private static void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private static Panel oracle(int sign) {
    LabelSpec label = new LabelSpec(5, 1);
    Panel prices = MARKET.prices();
    float[] scores = new float[prices.days() * prices.assetCount()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] =
          sign * (float) MARKET.oracle(label, i / prices.assetCount(), i % prices.assetCount());
    }
    return Panel.builder(prices.dates(), prices.assets())
        .field(FieldSpec.raw("score", "decimal return"), scores)
        .build();
  }
}

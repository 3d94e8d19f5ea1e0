package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.cli.testing.SmallMarket;
import alphadistill.data.source.ColumnMapping;
import alphadistill.data.source.PriceReader;
import alphadistill.data.source.ReadPolicy;
import alphadistill.data.source.Selection;
import alphadistill.data.table.PanelWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Input that cannot be used, through the command: an exit code, one line, and nothing left behind. */
class WrongInputTest {
  private static final int ASSETS = 6;
  private static final int DAYS = 90;

  @TempDir
  Path folder;

  private SmallMarket market;

  /** Changes the good files of the folder, and returns overrides of the good configuration. */
  @FunctionalInterface
  interface Fault {
    List<String> in(WrongInputTest good) throws IOException;
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        data("missing file", "no such file", good -> List.of("data.prices=none.csv")),
        data(
            "wrong delimiter",
            "it looks split at ';': set the delimiter to that",
            line(0, line -> line.replace(',', ';'))),
        data("unparsable number", "line 4: column 'close' holds 'abc'", close(4, "abc")),
        data(
            "duplicate row",
            "line 7: second row for A04 on 2014-01-01",
            line(6, line -> line.replace("A05", "A04"))),
        data(
            "dates out of order",
            "2014-01-31",
            line(200, line -> line.replaceFirst("^[^,]*", "2014-01-31"))),
        data("infinite price", "line 3", close(3, "Infinity")),
        data("negative price", "line 3", close(3, "-12.5")),
        data(
            "empty universe",
            "the universe is empty",
            good -> List.of("data.universe="
                + good.market.write("empty.csv", List.of("year,rank,symbol", "1999,1,A00")))),
        data(
            "window longer than the history",
            "the history of 90 days and 6 assets is too short",
            good -> List.of("window.lookback=120")),
        data(
            "folds longer than the history",
            "days of history are too few",
            good -> List.of("folds.train=500")),
        data(
            "one asset",
            "a cross-section needs at least 4",
            good -> List.of("data.exclude=[A01, A02, A03, A04, A05]")),
        data(
            "factors of other years",
            "share no day with the prices",
            good -> List.of("data.factors=["
                + good.market.factors("old.csv", SmallMarket.FIRST.minusYears(5), 1) + "]")),
        data(
            "factors in decimals",
            "look like decimals already, not per cent",
            good -> List.of("data.factors=["
                + good.market.factors("decimals.csv", SmallMarket.FIRST, 0.01) + "]")),
        data(
            "factors in per cent",
            "look like per cent where decimals are expected",
            good -> List.of(
                "data.factors=[" + good.market.factors("percent.csv", SmallMarket.FIRST, 1) + "]",
                "data.factorUnit=decimals")),
        data(
            "missing reports",
            "none.csv: no such file",
            good -> List.of("data.filings=none.csv", "features.names=[leverage]")),
        data(
            "reports of other companies",
            "filings.csv: knows no report of the 6 assets with prices by 2014-05-06",
            good -> List.of(
                "features.names=[leverage]",
                "data.filings="
                    + good.market.write(
                        "filings.csv",
                        good.market.filingLines().stream()
                            .map(line -> line.replace(",A0", ",B0"))
                            .toList()))),
        data(
            "missing unadjusted prices",
            "none.csv: no such file",
            good -> List.of(
                "data.filings=" + good.market.filings(), "data.unadjusted.prices=none.csv")),
        data(
            "unadjusted prices of other days",
            "'earnings_yield' is known of 0 assets a day at most",
            good -> List.of(
                "features.names=[earnings_yield]",
                "augmentation.nonlinear=blend",
                "data.filings=" + good.market.filings(),
                "data.unadjusted.prices="
                    + good.market.write(
                        "weekend.csv",
                        List.of(SmallMarket.PRICE_HEADER, "2014-02-01,A00,5,5,5,5,100")))),
        data("truncated gzip", "the file is truncated", good -> {
          Path whole = good.folder.resolve("prices.csv.gz");
          try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            Files.copy(good.folder.resolve("prices.csv"), out);
          }
          return List.of("data.prices=" + cut(whole));
        }),
        data("truncated Parquet", "Parquet", good -> {
          Path whole = good.folder.resolve("prices.parquet");
          PanelWriter.parquet(
              new PriceReader(ColumnMapping.standard(), ReadPolicy.standard())
                  .read(good.folder.resolve("prices.csv"), Selection.all())
                  .panel(),
              whole);
          return List.of("data.prices=" + cut(whole), "data.columns.asset=asset");
        }),
        usage(
            "costs in per cent",
            "costs are decimals, not percent",
            good -> List.of("backtest.commission=0.5")),
        usage(
            "unknown key",
            "unknown key 'label.horizn': did you mean 'horizon'?",
            good -> List.of("label.horizn=5")),
        usage("horizon of 0", "horizon must be at least 1", good -> List.of("label.horizon=0")),
        usage(
            "embargo too small",
            "embargo of 1 days is shorter than the horizon of 2",
            good -> List.of("folds.embargo=1")),
        usage(
            "purge too small",
            "purge of 3 days is shorter than horizon 2 + lag 1 + look-back 5",
            good -> List.of("folds.purge=3")),
        usage(
            "unknown feature",
            "did you mean 'reversal_5'?",
            good -> List.of("features.names=[reversal5]")),
        usage(
            "a ratio of reports without reports",
            "features.names: 'leverage' is made from company reports: name their file in data.filings",
            good -> List.of("features.names=[return_1, leverage]")),
        usage(
            "reports of a simulated market",
            "name their file in data.filings, with data.source=files",
            good -> List.of(
                "data.source=simulated", "data.filings=some.csv", "features.names=[leverage]")),
        usage(
            "a ratio to the price without prices as quoted",
            "features.names: 'book_to_market' divides by the close as it was quoted that day, and adjusted prices tell of later splits: name a file of such closes in data.unadjusted.prices",
            good -> List.of(
                "features.names=[leverage, book_to_market]",
                "data.filings=" + good.market.filings())),
        usage(
            "unadjusted prices without reports",
            "but filings names no file",
            good -> List.of("data.unadjusted.prices=prices.csv")),
        usage(
            "a column of unadjusted prices without their file",
            "close 'Close' is a column of unadjusted.prices, which names no file",
            good -> List.of("data.unadjusted.close=Close")),
        usage(
            "unknown ratio",
            "did you mean 'book_to_market'?",
            good -> List.of("features.names=[book_to_markt]")),
        usage(
            "mixup of a ratio that does not mix",
            "mixup cannot mix [leverage]",
            good -> List.of(
                "augmentation.mixup=0.5",
                "features.names=[earnings_yield, leverage]",
                "data.filings=" + good.market.filings(),
                "data.unadjusted.prices=" + good.folder.resolve("prices.csv"))),
        usage(
            "mixup of features that do not mix",
            "mixup cannot mix [volatility_21]",
            good -> List.of("augmentation.mixup=0.5", "features.names=[volatility_21]")),
        usage(
            "time series without factors",
            "name their files in data.factors",
            good -> List.of("teacher.type=time_series")),
        usage(
            "a key the teacher does not use",
            "factors is not used by fama_macbeth, only by ipca, statistical: leave it null",
            good -> List.of("teacher.factors=4")),
        usage(
            "features for a teacher that sees none",
            "characteristics is not used by statistical, only by fama_macbeth, barra, ipca, ridge, elastic_net: leave it []",
            good -> List.of("teacher.type=statistical", "teacher.characteristics=[return_1]")),
        usage(
            "unknown teacher",
            "'ipac' is not a valid value: choose one of fama_macbeth",
            good -> List.of("teacher.type=ipac")),
        usage(
            "no factor",
            "factors must be at least 1",
            good -> List.of("teacher.type=statistical", "teacher.factors=0")),
        usage(
            "more factors than a beta can tell",
            "a minimum of 5 days is too short for loadings and betas of 4 factors",
            good -> List.of("teacher.type=statistical", "teacher.factors=4")),
        usage(
            "more factors than characteristics",
            "teacher: 4 factors cannot be told apart by the 3 characteristics",
            good -> List.of("teacher.type=ipca", "teacher.factors=4")),
        usage(
            "an intercept that is neither true nor false",
            "teacher.intercept: 'maybe' is not true or false",
            good -> List.of("teacher.type=ipca", "teacher.intercept=maybe")),
        usage(
            "a lasso's key for a ridge",
            "l1Ratio is not used by ridge, only by elastic_net: leave it null",
            good -> List.of("teacher.type=ridge", "teacher.l1Ratio=0.3")),
        usage(
            "an elastic net without absolute values",
            "l1Ratio must be above 0 and at most 1, was 0.0; for 0 use ridge",
            good -> List.of("teacher.type=elastic_net", "teacher.l1Ratio=0")),
        usage(
            "a minimum that leaves nothing to hold out",
            "teacher: a fit of 3 days holds out the last 1 to choose its penalty",
            good -> List.of("teacher.type=ridge", "teacher.minimum=3")),
        usage(
            "barra without volume",
            "teacher: barra weights assets by the mean dollar volume of 63 days, and no asset has one",
            good -> List.of("teacher.type=barra", "data.columns.volume=none")),
        usage(
            "a gate below zero",
            "gate must be 0 (none) or the t statistic it asks for, was -1.0",
            good -> List.of("teacher.gate=-1")),
        Arguments.of(
            "a teacher below the gate",
            Main.REFUSED,
            "teacher fama_macbeth is refused: rank IC ",
            (Fault) good -> List.of("teacher.gate=50")),
        usage(
            "more factors than assets",
            "teacher: no window of 90 days holds",
            good -> List.of("teacher.type=statistical", "teacher.factors=6", "teacher.minimum=20")),
        usage(
            "more dropped than held",
            "drop must be from 1 to k = 3",
            good -> List.of("backtest.weights=top_k_dropout", "backtest.topK=3")),
        usage(
            "output folder that cannot be written",
            "cannot write into",
            good -> List.of("out=" + good.folder.resolve("prices.csv"))));
  }

  @BeforeEach
  void aGoodMarket() throws IOException {
    market = new SmallMarket(folder, ASSETS, DAYS);
    market.prices();
    market.write(
        "good.yaml",
        List.of(
            "name: good",
            "out: " + folder.resolve("runs"),
            "workers: 1",
            "data: {source: files, prices: '%s', minimumAssets: 4}"
                .formatted(folder.resolve("prices.csv")),
            "features: {names: [return_1, reversal_5]}",
            "label: {horizon: 2}",
            "window: {lookback: 5, patch: 5}",
            "folds: {train: 30, validation: 8, test: 10}",
            "teacher: {minimum: 5}",
            "student: {width: 8, depth: 1, heads: 1}",
            "augmentation: {mixup: 0}",
            "training: {seeds: [1], epochs: 1, warmUp: 0}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void isOneLineAndAnExitCodeAndLeavesNothing(String what, int code, String words, Fault fault)
      throws IOException {
    Said said = distill(fault.in(this));

    assertThat(said.errorLines())
        .singleElement()
        .asString()
        .startsWith("alphadistill: ")
        .contains(words);
    assertThat(said.code()).isEqualTo(code);
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  /** Each fault above is therefore the only one. */
  @Test
  void theSameConfigurationWithoutAFaultRunsToItsEnd() throws IOException {
    assertThat(distill(List.of()).code()).isEqualTo(Main.DONE);
    assertThat(folder.resolve("runs/good/metrics.json")).isNotEmptyFile();
  }

  private Said distill(List<String> overrides) {
    List<String> words =
        new ArrayList<>(List.of("distill", folder.resolve("good.yaml").toString()));
    overrides.forEach(override -> words.addAll(List.of("--set", override)));
    return Said.by(words);
  }

  private static Arguments data(String what, String words, Fault fault) {
    return Arguments.of(what, Main.DATA, words, fault);
  }

  private static Arguments usage(String what, String words, Fault fault) {
    return Arguments.of(what, Main.USAGE, words, fault);
  }

  /** Changes one line of the prices; the header is number 0, and the line after it is 2 in an editor. */
  private static Fault line(int index, UnaryOperator<String> change) {
    return good -> {
      List<String> lines = new ArrayList<>(good.market.priceLines());
      lines.set(index, change.apply(lines.get(index)));
      good.market.write("prices.csv", lines);
      return List.of();
    };
  }

  /** Another close in the line that an editor shows under this number. */
  private static Fault close(int number, String text) {
    return line(number - 1, line -> {
      String[] fields = line.split(",");
      fields[5] = text;
      return String.join(",", fields);
    });
  }

  private static Path cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return Files.write(
        file.resolveSibling("cut-" + file.getFileName()), Arrays.copyOf(bytes, bytes.length / 2));
  }
}

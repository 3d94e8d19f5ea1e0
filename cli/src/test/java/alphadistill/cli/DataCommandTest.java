package alphadistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.cli.testing.SmallMarket;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.ColumnMapping;
import alphadistill.data.source.PriceReader;
import alphadistill.data.source.ReadPolicy;
import alphadistill.data.source.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
  @TempDir
  Path folder;

  @Test
  void importWritesWhatNeedsNoMappingAnyMore() throws IOException {
    SmallMarket market = new SmallMarket(folder, 3, 20);
    Panel original = read(market.prices());
    List<String> lines = new ArrayList<>();
    for (String line : market.priceLines().subList(1, 61)) {
      lines.add(line.replace(',', ';').replaceFirst("(\\d+)-(\\d+)-(\\d+)", "$3.$2.$1"));
    }
    Collections.reverse(lines);
    lines.add(0, "Day;Name;O;H;L;C;V");
    Path other = market.write("other.csv", lines);
    Path out = folder.resolve("prices.parquet");

    Said said = Said.by(List.of(
        "data import %s --out %s --delimiter ; --date-form dd.MM.yyyy --any-order --col-date Day --col-asset Name --col-open O --col-high H --col-low L --col-close C --col-volume V"
            .formatted(other, out)
            .split(" ")));

    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("3 assets on 20 days, 2014-01-01 to 2014-01-28");
    assertThat(read(out).contentHash()).isEqualTo(original.contentHash());
  }

  @Test
  void importLeavesNothingOfAFileThatIsRefused() throws IOException {
    Path broken = new SmallMarket(folder, 3, 20).write("broken.csv", List.of("date,symbol", "x,y"));

    Said said = Said.by(
        "data",
        "import",
        broken.toString(),
        "--out",
        folder.resolve("p.parquet").toString());

    assertThat(said.code()).isEqualTo(Main.DATA);
    assertThat(said.errorLines()).singleElement().asString().contains("no column 'open'");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(broken);
    }
  }

  @Test
  void describeShowsSpanCoverageAndFeatures() throws IOException {
    SmallMarket market = new SmallMarket(folder, 3, 300);
    List<String> lines = new ArrayList<>(market.priceLines());
    lines.removeIf(line -> line.startsWith("2014-") && line.contains("A02"));
    Path prices = market.write("prices.csv", lines);
    Path config = market.write(
        "market.yaml",
        List.of(
            "data:",
            "  source: files",
            "  prices: '%s'".formatted(prices),
            "  minimumAssets: 2",
            "  universe: '%s'"
                .formatted(market.write(
                    "universe.csv", List.of("year,rank,symbol", "2014,1,A00", "2014,2,GONE")))));

    assertThat(Said.by("data", "describe", prices.toString()).out())
        .contains("3 assets (A00 to A02), 300 trading days, 2014-01-01 to 2015-02-24")
        .containsPattern("2014 +261 +2 +522 +100.0% +2.0")
        .containsPattern("2015 +39 +3 +117 +100.0% +3.0")
        .containsPattern("momentum_12_1 +decimal return +252  close 21 days earlier");
    assertThat(Said.by("data", "describe", config.toString()).out())
        .contains("universe of 1 to 1 members a day, none on 39 days")
        .containsPattern("2014 +261 +2 +522 +100.0% +1.0")
        .contains("1  symbol of the universe without prices (first GONE)");
    assertThat(Said.by("data", "describe").out()).startsWith("feature").contains("rsi_14");
  }

  @Test
  void checkListsFindingsAndFailsOnlyWhenAsked() throws IOException {
    SmallMarket market = new SmallMarket(folder, 3, 20);
    List<String> lines = new ArrayList<>(market.priceLines());
    lines.remove(20); // the seventh day of A01
    String[] bar = lines.get(8).split(",");
    bar[3] = "0.01"; // a high below everything
    lines.set(8, String.join(",", bar));
    String prices = market.write("prices.csv", lines).toString();

    Said said = Said.by("data", "check", prices);
    Said failing = Said.by("data", "check", prices, "--fail-on", "error");

    assertThat(said.code()).isZero();
    assertThat(said.err()).isEmpty();
    assertThat(said.out())
        .startsWith("ERROR 2014-01-03 OHLC_ORDER A01: open")
        .contains("WARNING 2014-01-09 GAP A01: 1 days without a close");
    assertThat(failing.code()).isEqualTo(Main.REFUSED);
    assertThat(failing.out()).isEqualTo(said.out());
    assertThat(failing.errorLines())
        .singleElement()
        .asString()
        .contains("1 findings of severity error or worse");
    Path clean = market.prices();
    assertThat(Said.by("data", "check", clean.toString(), "--fail-on", "info").code())
        .isZero();
  }

  @Test
  void explainShowsEachStepWithNumbersThatCanBeCheckedByHand() throws IOException {
    SmallMarket market = new SmallMarket(folder, 4, 30);
    Path prices = market.prices();
    Path config = market.write(
        "market.yaml",
        List.of(
            "data: {source: files, prices: '%s', minimumAssets: 2}".formatted(prices),
            "features: {names: [return_1], scaling: rank, winsorise: 0}",
            "label: {horizon: 2, lag: 1}",
            "window: {lookback: 5, patch: 5}"));

    Said said =
        Said.by("data", "explain", config.toString(), "--asset", "A02", "--date", "2014-01-15");

    assertThat(said.err()).isEmpty();
    Panel panel = read(prices);
    int close = panel.fieldIndex("close");
    float expected = (float) ((double) panel.value(close, 10, 2) / panel.value(close, 9, 2) - 1);
    float label = (float) ((double) panel.value(close, 13, 2) / panel.value(close, 11, 2) - 1);
    assertThat(said.out())
        .contains("rank of the date's members")
        .containsPattern("prices +close +" + panel.value(close, 10, 2))
        .containsPattern("feature +return_1 +" + expected + " +close / previous close - 1")
        .containsPattern("label +return of 2 days +" + label)
        .contains("a sample may end here: yes");
    assertThat(
            Said.by("data", "explain", prices.toString(), "--asset", "A02", "--date", "2014-01-15")
                .out())
        .containsPattern("feature +momentum_12_1 +missing")
        .contains("a sample may end here: no");
  }

  @Test
  void explainNamesTheNearestAssetAndDay() throws IOException {
    String prices = new SmallMarket(folder, 4, 30).prices().toString();

    assertThat(Said.by("data", "explain", prices, "--asset", "A0", "--date", "2014-01-15")
            .errorLines())
        .singleElement()
        .asString()
        .contains("did you mean A00?");
    Said weekend = Said.by("data", "explain", prices, "--asset", "A01", "--date", "2014-01-18");
    assertThat(weekend.code()).isEqualTo(Main.USAGE);
    assertThat(weekend.errorLines())
        .singleElement()
        .asString()
        .contains("the last one before is 2014-01-17");
  }

  private static Panel read(Path file) {
    return new PriceReader(ColumnMapping.standard(), ReadPolicy.standard())
        .read(file, Selection.all())
        .panel();
  }
}

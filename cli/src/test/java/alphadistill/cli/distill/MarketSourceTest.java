package alphadistill.cli.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.testing.SmallMarket;
import alphadistill.data.DataException;
import alphadistill.data.panel.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarketSourceTest {
  @TempDir
  Path folder;

  @Test
  void joinsPricesFactorsAndUniverseAndHashesTheirFiles() throws Exception {
    SmallMarket small = new SmallMarket(folder, 4, 30);
    Path prices = small.prices();
    Path factors = small.factors("factors.csv", SmallMarket.FIRST, 1);
    Path universe = small.write(
        "universe.csv",
        List.of("year,rank,symbol", "2014,1,A01", "2014,2,A03", "2014,3,A00", "2014,4,GONE"));

    ObservedMarket market = read(
        "data.prices=" + prices,
        "data.factors=[" + factors + "]",
        "data.universe=" + universe,
        "data.maximumRank=2",
        "data.from=2014-01-06",
        "data.exclude=[A02]");

    Panel panel = market.data().prices();
    assertThat(panel.assets()).containsExactly("A00", "A01", "A03");
    assertThat(panel.dates().get(0)).isEqualTo(LocalDate.of(2014, 1, 6));
    assertThat(market.data().factors().orElseThrow().names()).containsExactly("Mkt-RF", "SMB");
    assertThat(market.data().universe().contain(5, 0)).isFalse();
    assertThat(market.data().universe().contain(5, 1)).isTrue();
    assertThat(market.data().universe().contain(5, 2)).isTrue();
    assertThat(market.hashes())
        .containsExactly(
            hash("prices", prices), hash("factors", factors), hash("universe", universe));
    assertThat(market.notes())
        .containsExactly(
            "prices.csv: prices of 3 assets on 27 days, 2014-01-06 to 2014-02-11, without A02",
            "factors.csv: factor returns, vintage 202407",
            "universe.csv: universe of 2 to 2 members a day");
    assertThat(market.drops()).isEmpty();
  }

  @Test
  void countsWhatIsLeftOutByReason() throws IOException {
    SmallMarket small = new SmallMarket(folder, 3, 30);
    List<String> lines = new ArrayList<>(small.priceLines());
    lines.set(4, "2014-01-02,A00,0,11,9,10,1000"); // a price of zero
    lines.set(32, spiked(lines.get(32)));
    Path prices = small.write("prices.csv", lines);
    Path factors = small.factors("factors.csv", SmallMarket.FIRST.plusDays(1), 1);
    Path universe = small.write(
        "spells.csv",
        List.of("ticker,start_date,end_date", "A00,2014-01-01,", "BRK.B,1996-01-02,2014-01-20"));

    ObservedMarket market = read(
        "data.prices=" + prices, "data.factors=[" + factors + "]", "data.universe=" + universe);

    assertThat(market.drops())
        .extracting(ObservedMarket.Drop::reason)
        .containsExactly(
            "price of zero, marked missing",
            "impossible jump, day marked missing",
            "price day without factor returns",
            "symbol of the universe without prices");
    assertThat(market.drops()).extracting(ObservedMarket.Drop::count).containsOnly(1L);
    assertThat(market.drops().get(3).example()).isEqualTo("BRK.B");
    assertThat(market.data().prices().value(3, 10, 1)).isNaN();
    assertThat(
            read("data.prices=" + prices, "data.badTicks=keep").data().prices().value(3, 10, 1))
        .isGreaterThan(1000);
  }

  @Test
  void readsColumnsOfOtherNames() throws IOException {
    SmallMarket small = new SmallMarket(folder, 3, 5);
    List<String> lines = new ArrayList<>();
    lines.add("Day\tTicker\tAdj Close");
    for (String line : small.priceLines().subList(1, 16)) {
      String[] fields = line.split(",");
      String[] day = fields[0].split("-");
      lines.add("%s.%s.%s\t%s\t%s".formatted(day[2], day[1], day[0], fields[1], fields[5]));
    }
    Path prices = small.write("other.txt", lines);

    Panel panel = read(
            "data.prices=" + prices,
            "data.columns={date: Day, asset: Ticker, open: none, high: none, low: none, close: Adj Close, volume: none, delimiter: tab, dateForm: dd.MM.yyyy}")
        .data()
        .prices();

    assertThat(panel.days()).isEqualTo(5);
    assertThat(panel.value(panel.fieldIndex("close"), 0, 0)).isGreaterThan(1);
    assertThat(panel.value(panel.fieldIndex("open"), 0, 0)).isNaN();
  }

  @Test
  void readsFactorsThatWereConvertedBefore() throws IOException {
    SmallMarket small = new SmallMarket(folder, 3, 30);
    Path prices = small.prices();
    Path percent = small.factors("percent.csv", SmallMarket.FIRST, 1);
    Path decimals = small.factors("decimals.csv", SmallMarket.FIRST, 0.01);

    double[][] wanted = read("data.prices=" + prices, "data.factors=[" + percent + "]")
        .data()
        .factors()
        .orElseThrow()
        .returns();
    double[][] converted = read(
            "data.prices=" + prices, "data.factors=[" + decimals + "]", "data.factorUnit=decimals")
        .data()
        .factors()
        .orElseThrow()
        .returns();

    assertThat(converted[7][0]).isCloseTo(wanted[7][0], within(1e-4)); // four places in the file
  }

  @Test
  void findsRelativePathsInTheProjectWhereTheWorkingDirectoryHasNone() throws IOException {
    Path prices = new SmallMarket(folder, 3, 5).prices();
    String home = System.setProperty("alphadistill.home", folder.toString());
    try {
      assertThat(read("data.prices=" + prices.getFileName()).data().prices().days())
          .isEqualTo(5);
    } finally {
      if (home == null) {
        System.clearProperty("alphadistill.home");
      } else {
        System.setProperty("alphadistill.home", home);
      }
    }
  }

  @Test
  void refusesTooFewAssetsForACrossSection() throws IOException {
    Path prices = new SmallMarket(folder, 1, 5).prices();

    assertThatThrownBy(() -> read("data.prices=" + prices))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("1 asset, but a cross-section needs at least 2");
  }

  private static String spiked(String line) {
    String[] fields = line.split(",");
    fields[3] = fields[5] = "9000";
    return String.join(",", fields);
  }

  private static ObservedMarket.Hash hash(String role, Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return new ObservedMarket.Hash(
        role + " " + file.getFileName(), HexFormat.of().formatHex(digest));
  }

  private static ObservedMarket read(String... overrides) {
    ConfigFile config = ConfigFile.ofDefaults(
            MarketSourceTest.class.getResourceAsStream("/alphadistill/cli/defaults.yaml"))
        .set(List.of("data.source=files", "data.minimumAssets=2"));
    return MarketSource.read(config.set(List.of(overrides)).as(RunConfig.class).data());
  }
}

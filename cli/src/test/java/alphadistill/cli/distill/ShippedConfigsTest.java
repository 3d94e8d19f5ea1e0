package alphadistill.cli.distill;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.data.feature.FeatureSet;
import alphadistill.data.panel.Panel;
import alphadistill.data.testing.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations that come with the project. */
class ShippedConfigsTest {
  private static final Path CONFIGS = Path.of("../configs");

  static List<Path> configs() throws IOException {
    try (Stream<Path> files = Files.list(CONFIGS)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void bindsAndNamesFeaturesThatThereAre(Path file) {
    RunConfig config = load(file).as(RunConfig.class);

    assertThat(config.study().training().seeds()).isNotEmpty();
    if (config.data().source() == RunConfig.Source.FILES) {
      assertThat(FeatureSet.names()).containsAll(config.features().names());
    }
  }

  @Test
  void theStocksConfigurationHasAtLeast300NamesADayAndSaysWhatItLeavesOut() {
    String finance = SharedFolder.require("data/finance").toString();
    ConfigFile config = load(CONFIGS.resolve("us-stocks.yaml"));
    RunConfig.Data written = config.as(RunConfig.class).data();
    config.set(List.of(
        "data.prices=" + moved(written.prices(), finance),
        "data.universe=" + moved(written.universe(), finance),
        "data.factors="
            + written.factors().stream().map(file -> moved(file, finance)).toList()));

    ObservedMarket market = MarketSource.read(config.as(RunConfig.class).data());

    Panel prices = market.data().prices();
    assertThat(prices.assets()).doesNotContain("DRYS", "BRK-A").contains("AAPL", "BRK-B");
    int from2006 = prices.lastDayOnOrBefore(java.time.LocalDate.of(2005, 12, 31)) + 1;
    for (int day = from2006; day < prices.days(); day++) {
      int members = 0;
      for (int asset = 0; asset < prices.assetCount(); asset++) {
        members += market.data().universe().contain(day, asset) ? 1 : 0;
      }
      assertThat(members).isGreaterThanOrEqualTo(300);
    }
    assertThat(market.hashes()).hasSize(4);
    assertThat(market.drops())
        .extracting(ObservedMarket.Drop::reason)
        .contains("price of zero, marked missing", "impossible jump, day marked missing")
        .doesNotContain("price day without factor returns");
  }

  private static String moved(Path written, String finance) {
    return written.toString().replaceFirst("^.*data/finance", finance);
  }

  private static ConfigFile load(Path file) {
    return ConfigFile.load(
        ShippedConfigsTest.class.getResourceAsStream("/alphadistill/cli/defaults.yaml"), file);
  }
}

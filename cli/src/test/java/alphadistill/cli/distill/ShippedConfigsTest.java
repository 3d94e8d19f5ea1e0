package alphadistill.cli.distill;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.run.Progress;
import alphadistill.data.feature.FeatureSet;
import alphadistill.data.filing.FilingCharacteristics;
import alphadistill.data.panel.Panel;
import alphadistill.data.testing.SharedFolder;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.study.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
      assertThat(config.features().names())
          .isSubsetOf(
              Stream.concat(FeatureSet.names().stream(), FilingCharacteristics.names().stream())
                  .toList());
    }
  }

  @Test
  void theStocksConfigurationHasAtLeast300NamesADayAndSaysWhatItLeavesOut() {
    ConfigFile config = onSharedFiles("us-stocks.yaml");

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

  @Test
  void theFundamentalsConfigurationRunsOnDatesWithReports(@TempDir Path out) throws Exception {
    ConfigFile config = onSharedFiles("us-stocks-fundamentals.yaml")
        .set(List.of(
            "out=" + out,
            "training.seeds=[1]",
            "training.epochs=1",
            "training.warmUp=0",
            "student.width=8",
            "student.depth=1"));

    DistillRun.Done done = new DistillRun(config, ComputeDevice.cpu(), Progress.silent()).run();

    assertThat(done.table()).contains("distilled student", "teacher", "ridge");
    assertThat(Files.readString(done.folder().resolve("provenance.json")))
        .contains(
            "sha256 filings us-filings-first-seen-2015-2017.csv.gz",
            "sha256 unadjusted prices us-stocks-raw-2015-2017.parquet");
    RunConfig run = config.as(RunConfig.class);
    Study study = Study.of(ObservedMarket.read(run.data()).data(), run.study());
    assertThat(study.dates().get(study.firstEligibleDay())).isBetween("2016-02-01", "2016-03-01");
    assertThat(study.dates().get(study.dates().size() - 1)).isEqualTo("2017-03-31");
    for (FoldPlan.Fold fold : study.folds()) {
      assertThat(study.labelled(fold.train()).size()).isGreaterThan(3000);
    }
  }

  /** A configuration of this project on the files of the shared folder, wherever that is. */
  private static ConfigFile onSharedFiles(String name) {
    String finance = SharedFolder.require("data/finance").toString();
    ConfigFile config = load(CONFIGS.resolve(name));
    RunConfig.Data written = config.as(RunConfig.class).data();
    return config.set(List.of(
        "data.prices=" + moved(written.prices(), finance),
        "data.universe=" + moved(written.universe(), finance),
        "data.filings=" + moved(written.filings(), finance),
        "data.unadjusted.prices=" + moved(written.unadjusted().prices(), finance),
        "data.factors="
            + written.factors().stream().map(file -> moved(file, finance)).toList()));
  }

  /** Null, in words, where no file is named. */
  private static String moved(Path written, String finance) {
    return String.valueOf(written).replaceFirst("^.*data/finance", finance);
  }

  private static ConfigFile load(Path file) {
    return ConfigFile.load(
        ShippedConfigsTest.class.getResourceAsStream("/alphadistill/cli/defaults.yaml"), file);
  }
}

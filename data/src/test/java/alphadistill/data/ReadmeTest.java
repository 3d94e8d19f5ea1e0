package alphadistill.data;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.check.SuspiciousTicks;
import alphadistill.data.check.TickPolicy;
import alphadistill.data.feature.CrossSectionalScaling;
import alphadistill.data.feature.FeatureSet;
import alphadistill.data.feature.LabelSpec;
import alphadistill.data.feature.Returns;
import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.Panel;
import alphadistill.data.simulate.SimulatedMarket;
import alphadistill.data.simulate.SimulationSpec;
import alphadistill.data.source.ColumnMapping;
import alphadistill.data.source.DropReport;
import alphadistill.data.source.FactorFiles;
import alphadistill.data.source.PriceReader;
import alphadistill.data.source.PriceTable;
import alphadistill.data.source.ReadPolicy;
import alphadistill.data.source.Selection;
import alphadistill.data.table.PanelWriter;
import alphadistill.data.testing.ReadmeLines;
import alphadistill.data.universe.Membership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of use in the README, compiled and run on a simulated market. */
class ReadmeTest {
  private final SimulatedMarket market =
      SimulatedMarket.of(SimulationSpec.of(SimulationSpec.Kind.LINEAR, 12, 400, 7));

  @TempDir
  Path folder;

  @Test
  void theLinesOfUseRun() throws IOException {
    Path pricesFile = folder.resolve("prices.csv.gz");
    PanelWriter.csv(market.prices(), pricesFile);
    List<Path> factorFiles =
        List.of(Files.writeString(folder.resolve("factors.csv"), factorText()));
    Path universeFile = Files.writeString(folder.resolve("universe.csv"), universeText());
    Path featureFile = folder.resolve("features.parquet");
    LocalDate from = market.prices().dates().get(0);
    LocalDate to = market.prices().dates().get(399);

    // begin
    PriceReader reader =
        new PriceReader(ColumnMapping.standard().withAsset("asset"), ReadPolicy.standard());
    PriceTable read = reader.read(pricesFile, Selection.between(from, to));
    PriceTable clean = SuspiciousTicks.apply(
        read.panel(), SuspiciousTicks.find(read.panel(), TickPolicy.causal()));
    DropReport drops = read.drops().merged(clean.drops());
    Panel prices = clean.panel();

    FactorReturns factors = FactorFiles.join(factorFiles);
    DropReport uncovered = FactorFiles.requireOverlap(factors, prices.dates());
    boolean[] members = Membership.yearly(universeFile, 300).mask(prices);

    Panel features = FeatureSet.of(List.of("momentum_12_1", "rsi_14")).compute(prices, factors);
    Panel scaled = new CrossSectionalScaling(CrossSectionalScaling.Method.RANK, 0.01)
        .scale(features, (day, asset) -> members[day * prices.assetCount() + asset]);
    float[] labels = Returns.forward(prices, new LabelSpec(5, 1));
    PanelWriter.parquet(scaled, featureFile);
    // end

    assertThat(prices.dates()).isEqualTo(market.prices().dates());
    assertThat(prices.assets()).isEqualTo(market.prices().assets());
    assertThat(drops.total() + uncovered.total()).isZero();
    assertThat(labels).hasSize(400 * 12);
    assertThat(featureFile).isNotEmptyFile();
    assertThat(scaled.value(0, 399, 3)).isBetween(-1f, 1f);
  }

  @Test
  void theReadmeShowsExactlyTheseLines() {
    ReadmeLines.requireShown(ReadmeTest.class);
  }

  private String factorText() {
    FactorReturns factors = market.factors();
    StringBuilder text = new StringBuilder("," + String.join(",", factors.names()) + ",RF\n");
    for (int day = 0; day < factors.dates().size(); day++) {
      text.append(factors.dates().get(day).toString().replace("-", ""));
      for (double value : factors.returns()[day]) {
        text.append(String.format(Locale.ROOT, ",%.6f", 100 * value));
      }
      text.append(String.format(Locale.ROOT, ",%.6f%n", 100 * factors.riskFree()[day]));
    }
    return text.toString();
  }

  private String universeText() {
    StringBuilder text = new StringBuilder("year,rank,symbol\n");
    Panel prices = market.prices();
    int firstYear = prices.dates().get(0).getYear();
    for (int year = firstYear; year <= firstYear + 2; year++) {
      for (int asset = 0; asset < prices.assetCount(); asset++) {
        text.append(year)
            .append(',')
            .append(asset + 1)
            .append(',')
            .append(prices.assets().get(asset))
            .append('\n');
      }
    }
    return text.toString();
  }
}

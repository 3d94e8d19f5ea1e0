package alphadistill.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.feature.CrossSectionalScaling;
import alphadistill.data.feature.FeatureSet;
import alphadistill.data.feature.LabelSpec;
import alphadistill.data.feature.Returns;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.ColumnMapping;
import alphadistill.data.source.PriceReader;
import alphadistill.data.source.ReadPolicy;
import alphadistill.data.source.Selection;
import alphadistill.data.source.TextTable;
import alphadistill.data.testing.SharedFolder;
import alphadistill.data.universe.Membership;
import alphadistill.teacher.crosssection.IndustryStyleHistory;
import alphadistill.teacher.crosssection.IndustryStyleTeacher;
import alphadistill.teacher.crosssection.IndustryStyles;
import alphadistill.teacher.crosssection.RiskModel;
import alphadistill.teacher.crosssection.RiskRule;
import alphadistill.teacher.crosssection.StyleScaling;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics.Universe;
import alphadistill.teacher.ipca.Ipca;
import alphadistill.teacher.ipca.IpcaFit;
import alphadistill.teacher.ipca.IpcaHistory;
import alphadistill.teacher.ipca.IpcaTeacher;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Cross-sectional teachers on two years of real prices: only what must hold whatever the market did. */
class RealPanelTest {
  private static final List<String> STYLES =
      List.of("size_63", "momentum_12_1", "volatility_63", "reversal_21");
  private static final LocalDate LAST = LocalDate.of(2015, 12, 31);

  private final Panel prices = new PriceReader(ColumnMapping.standard(), ReadPolicy.standard())
      .read(
          SharedFolder.require("data/finance/prices/us-stocks-daily.parquet"),
          Selection.between(LocalDate.of(2013, 1, 2), LAST))
      .panel();
  private final Panel features = FeatureSet.of(STYLES).compute(prices, null);
  private final boolean[] members = Membership.yearly(
          SharedFolder.require("data/finance/universe/liquidity-universe-by-year.csv.gz"), 200)
      .mask(prices);
  private final Universe universe = (day, asset) -> members[day * prices.assetCount() + asset];

  @Test
  void ipca() {
    Panel ranks = new CrossSectionalScaling(CrossSectionalScaling.Method.RANK, 0)
        .scale(features, universe::contains);
    IpcaHistory history = IpcaTeacher.standard(Ipca.factors(3).withIntercept())
        .fit(labelled(ranks, new LabelSpec(5, 1)));

    IpcaFit fit = history.fitAsOf(LAST);
    LinearFactorModel model = history.asOf(LAST);
    assertThat(fit.rSquared().total()).isBetween(fit.rSquared().predictive(), 1.0);
    assertThat(fit.rSquared().totalCentred()).isLessThan(1);
    assertThat(Double.isFinite(model.expectedReturn(new double[] {0.5, -0.5, 0.1, 0})))
        .isTrue();
    assertThat(model.fittedThrough()).isBeforeOrEqualTo(LAST);
    assertThat(fit.lastChange()).isLessThanOrEqualTo(1e-8);
    for (LocalDate refit : history.refitDays()) {
      assertThat(history.asOf(refit).fittedThrough()).isEqualTo(refit);
    }
  }

  @Test
  void industriesAndStyles() {
    float[] caps = new float[members.length]; // dollar volume stands in: there are no share counts
    int size = features.fieldIndex("size_63");
    for (int cell = 0; cell < caps.length; cell++) {
      caps[cell] = (float)
          Math.exp(features.value(size, cell / prices.assetCount(), cell % prices.assetCount()));
    }
    Map<String, NavigableMap<LocalDate, String>> sectors = sectors();
    List<String> industries = List.copyOf(sectors.values().stream()
        .flatMap(spells -> spells.values().stream())
        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
    int[] industry = new int[members.length];
    for (int cell = 0; cell < industry.length; cell++) {
      var known = sectors
          .getOrDefault(prices.assets().get(cell % prices.assetCount()), new TreeMap<>())
          .floorEntry(prices.dates().get(cell / prices.assetCount()));
      industry[cell] = known == null ? -1 : industries.indexOf(known.getValue());
    }
    Panel styles = StyleScaling.standard().scale(features, caps, universe);
    IndustryStyleHistory history = IndustryStyleTeacher.standard()
        .fit(new IndustryStyles(labelled(styles, new LabelSpec(1, 1)), industries, industry, caps));

    LinearFactorModel model = history.asOf(LAST);
    assertThat(model.factors()).isEqualTo(STYLES);
    assertThat(model.premia()).allMatch(premium -> Double.isFinite(premium.tStatistic()));
    assertThat(history.meanRSquared()).isBetween(0.0, 1.0);
    assertThat(model.fit().rowsUsed()).isGreaterThan(50L * model.fit().periodsUsed());
    RiskModel risk = history.riskAsOf(LAST, RiskRule.standard());
    for (int factor = 0; factor < risk.factors().size(); factor++) {
      assertThat(risk.factorCovariance()[factor][factor]).isPositive();
    }
    assertThat(Arrays.stream(risk.specificVariance()).min().orElseThrow()).isPositive();
  }

  private LabelledCharacteristics labelled(Panel characteristics, LabelSpec spec) {
    return new LabelledCharacteristics(
            characteristics, STYLES, Returns.forward(prices, spec), spec.lag(), spec.horizon())
        .within(universe);
  }

  /** Sector of each symbol from the day the list was public; spelling as at the source, but for two names of one. */
  private static Map<String, NavigableMap<LocalDate, String>> sectors() {
    Map<String, NavigableMap<LocalDate, String>> sectors = new TreeMap<>();
    for (TextTable.Row row : TextTable.read(
            SharedFolder.require("data/finance/universe/sp500-sectors-by-date.csv.gz"),
            List.of("as_of", "symbol", "sector"))
        .rows()) {
      String sector = row.text(2).replace("Telecommunications", "Telecommunication");
      if (!sector.isEmpty() && !sector.equals("Industries") && !sector.equals("Real Estate")) {
        sectors.computeIfAbsent(row.name(1), symbol -> new TreeMap<>()).put(row.date(0), sector);
      }
    }
    return sectors;
  }
}

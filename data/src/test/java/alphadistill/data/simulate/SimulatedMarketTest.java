package alphadistill.data.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.feature.LabelSpec;
import alphadistill.data.feature.Returns;
import alphadistill.data.panel.Panel;
import alphadistill.data.simulate.SimulationSpec.Kind;
import java.util.Arrays;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;

class SimulatedMarketTest {
  private static final LabelSpec WEEK = new LabelSpec(5, 1);

  @Test
  void theOracleHasAboutTheWantedCorrelation() {
    for (Kind kind : new Kind[] {Kind.LINEAR, Kind.NONLINEAR}) {
      SimulatedMarket market = SimulatedMarket.of(SimulationSpec.of(kind, 200, 1500, 5));
      double ic = averageIc(market, (day, asset) -> market.oracle(WEEK, day, asset));

      assertThat(ic).as(kind.toString()).isCloseTo(0.15, within(0.03));
    }
  }

  @Test
  void aLinearForecastSeesLessThanHalfOfTheNonlinearAlpha() {
    SimulatedMarket market = SimulatedMarket.of(SimulationSpec.of(Kind.NONLINEAR, 200, 1500, 5));
    Panel c = market.characteristics();
    double linear = averageIc(
        market, (day, asset) -> 0.8 * c.value(0, day, asset) - 0.6 * c.value(3, day, asset));
    double oracle = averageIc(market, (day, asset) -> market.oracle(WEEK, day, asset));

    assertThat(linear / oracle).isBetween(0.5, 0.85);
  }

  @Test
  void noiseCannotBePredicted() {
    SimulatedMarket market = SimulatedMarket.of(SimulationSpec.of(Kind.NOISE, 200, 1500, 5));
    Panel c = market.characteristics();

    for (int field = 0; field < c.fields().size(); field++) {
      int f = field;
      assertThat(averageIc(market, (day, asset) -> c.value(f, day, asset)))
          .isCloseTo(0, within(0.01));
    }
    assertThat(market.oracle(WEEK, 10, 3)).isZero();
  }

  @Test
  void theSameSeedGivesTheSameMarketAndAnotherSeedAnother() {
    String hash =
        SimulatedMarket.of(SimulationSpec.of(Kind.LINEAR, 5, 60, 1)).prices().contentHash();

    assertThat(SimulatedMarket.of(SimulationSpec.of(Kind.LINEAR, 5, 60, 1))
            .prices()
            .contentHash())
        .isEqualTo(hash);
    assertThat(SimulatedMarket.of(SimulationSpec.of(Kind.LINEAR, 5, 60, 2))
            .prices()
            .contentHash())
        .isNotEqualTo(hash);
  }

  @Test
  void namesAreMissingBeforeListingAfterDelistingAndBetween() {
    Panel prices =
        SimulatedMarket.of(SimulationSpec.of(Kind.LINEAR, 300, 400, 1)).prices();
    int close = prices.fieldIndex("close");
    int late = 0;
    int early = 0;
    for (int asset = 0; asset < prices.assetCount(); asset++) {
      late += Float.isNaN(prices.value(close, 3, asset)) ? 1 : 0;
      early += Float.isNaN(prices.value(close, 398, asset)) ? 1 : 0;
    }
    assertThat(late).isBetween(10, 60);
    assertThat(early).isBetween(5, 40);
  }

  private interface Score {
    double of(int day, int asset);
  }

  /** Mean Pearson correlation of a score with the week that follows, every fifth day. */
  private static double averageIc(SimulatedMarket market, Score score) {
    Panel prices = market.prices();
    float[] labels = Returns.forward(prices, WEEK);
    double sum = 0;
    int days = 0;
    for (int day = 5; WEEK.knownAt(day) < prices.days(); day += 5) {
      double[] x = new double[prices.assetCount()];
      double[] y = new double[prices.assetCount()];
      int count = 0;
      for (int asset = 0; asset < x.length; asset++) {
        float label = labels[day * x.length + asset];
        if (Float.isFinite(label)) {
          x[count] = score.of(day, asset);
          y[count++] = label;
        }
      }
      sum +=
          new PearsonsCorrelation().correlation(Arrays.copyOf(x, count), Arrays.copyOf(y, count));
      days++;
    }
    return sum / days;
  }
}

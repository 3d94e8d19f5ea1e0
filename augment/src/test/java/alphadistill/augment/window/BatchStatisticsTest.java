package alphadistill.augment.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.augment.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchStatisticsTest {
  private final SmallMarket market = new SmallMarket();

  private static List<Origin> places(int days, int assets) {
    List<Origin> places = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      for (int asset = 0; asset < assets; asset++) {
        places.add(Origin.observed(asset, 100 + 2 * day, 1));
      }
    }
    return places;
  }

  @Test
  void momentsAreThoseOfASmallSeriesByHand() {
    double[][] rows = {{1, 2, Double.NaN}, {3, 6, 3}};
    SeriesStatistics s = SeriesStatistics.of("x", rows, places(1, 2));

    assertThat(s.count()).isEqualTo(5);
    assertThat(s.mean()).isEqualTo(3);
    assertThat(s.deviation()).isCloseTo(Math.sqrt(14 / 5.0), within(1e-15));
    assertThat(s.skew()).isCloseTo(18 / 5.0 / Math.pow(14 / 5.0, 1.5), within(1e-14));
    assertThat(s.kurtosis()).isCloseTo(98 / 5.0 / Math.pow(14 / 5.0, 2), within(1e-14));
    // pairs a day apart: (-2)(-1), 0 * 3, 3 * 0; two days apart: 0 * 0
    assertThat(s.autocorrelation().get(0)).isCloseTo(2 / 3.0 / (14 / 5.0), within(1e-14));
    assertThat(s.autocorrelation().get(1)).isZero();
    assertThat(s.autocorrelation().get(2)).isNaN();
    // pairs of assets in a row: (-2) * 0, (-1) * 3
    assertThat(s.betweenAssets()).isCloseTo(-3 / 2.0 / (14 / 5.0), within(1e-14));
  }

  @Test
  void aConstantHasNoCorrelations() {
    SeriesStatistics s =
        SeriesStatistics.of("x", new double[][] {{0.1, 0.1}, {0.1, 0.1}}, places(1, 2));

    assertThat(s.mean()).isEqualTo(0.1);
    assertThat(List.of(
            s.skew(), s.kurtosis(), s.betweenAssets(), s.autocorrelation().get(0)))
        .allMatch(value -> value.isNaN());
  }

  @Test
  void findsTheCorrelationsThatWerePlanted() {
    int days = 4000;
    int assets = 10;
    Draws draws = Draws.of(1, "planted");
    double[][] labels = new double[days * assets][1];
    double[] own = new double[assets];
    for (int day = 0; day < days; day++) {
      double common = draws.normal();
      for (int asset = 0; asset < assets; asset++) {
        own[asset] = 0.6 * own[asset] + 0.8 * draws.normal();
        labels[day * assets + asset][0] = 0.5 * common + Math.sqrt(0.75) * own[asset];
      }
    }
    SeriesStatistics s = SeriesStatistics.of("label", labels, places(days, assets));

    assertThat(s.betweenAssets()).isCloseTo(0.25, within(0.02));
    assertThat(s.autocorrelation().get(0)).isCloseTo(0.75 * 0.6, within(0.02));
    assertThat(s.autocorrelation().get(2)).isCloseTo(0.75 * 0.216, within(0.02));
    assertThat(s.kurtosis()).isCloseTo(3, within(0.2));
  }

  @Test
  void labelAndAnswerAreComparedWithTheSignalDay() {
    WindowBatch batch = market.characteristics(80, 100, 120);
    double[] answers = new double[batch.samples()];
    int last = (SmallMarket.DAYS - 1) * SmallMarket.SCHEMA.features();
    Arrays.setAll(answers, n -> 1 - 2 * batch.windows()[n * SmallMarket.SCHEMA.size() + last]);

    BatchStatistics s = BatchStatistics.of(batch, answers, batch.origins());

    assertThat(s.series().stream().map(SeriesStatistics::name))
        .containsExactly("return", "beta", "present", "label", "teacher's answer");
    assertThat(s.correlations().get(0).get(4)).isCloseTo(-1, within(1e-6));
    assertThat(s.correlations().get(4).get(0)).isEqualTo(s.correlations().get(0).get(4));
    assertThat(s.correlations().get(3).get(3)).isCloseTo(1, within(1e-12));
    assertThat(s.series().get(2).count()).isEqualTo(batch.samples() * (long) SmallMarket.DAYS);
    assertThat(s.series().get(0).count()).isLessThan(s.series().get(2).count());
  }

  @Test
  void theReturnsOfATeacherAreASeries() {
    WindowBatch batch = market.returns(80, 100);
    BatchStatistics s = BatchStatistics.of(batch, new double[batch.samples()], batch.origins());

    assertThat(s.series().get(3).name()).isEqualTo(BatchStatistics.RETURN);
    assertThat(s.correlations().get(0).get(3)).isCloseTo(1, within(1e-9)); // the same returns
  }

  @Test
  void countsWhatChanged() {
    WindowBatch batch = market.returns(80, 100);
    WindowTransform noise = new VolatilityNoise(0.1);

    assertThat(BatchStatistics.changedShare(batch, batch)).isZero();
    assertThat(BatchStatistics.changedShare(
            batch, noise.apply(batch, new WindowTransform.Key(1, 0, 0), 1)))
        .isEqualTo(1);
    RegimeSplice one =
        new RegimeSplice(1, 0, RegimeSplice.Label.KEEP, RegimeSplice.Seam.ALLOW, market);
    assertThat(BatchStatistics.changedShare(batch, one.spliced(batch, 3, 0, 2, 60)))
        .isEqualTo(0.1);
    assertThatThrownBy(() -> BatchStatistics.of(batch, new double[3], batch.origins()))
        .hasMessageContaining("3 answers and 10 places for 10 samples");
  }
}

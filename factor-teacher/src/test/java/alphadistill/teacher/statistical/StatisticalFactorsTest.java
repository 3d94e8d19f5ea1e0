package alphadistill.teacher.statistical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.covariance.CovarianceEstimator;
import alphadistill.teacher.covariance.CovarianceEstimator.Divisor;
import alphadistill.teacher.covariance.RandomReturns;
import alphadistill.teacher.regression.RollingRegression;
import alphadistill.teacher.regression.Window;
import alphadistill.teacher.timeseries.ExcessReturns;
import alphadistill.teacher.timeseries.TimeSeriesBetas;
import alphadistill.teacher.timeseries.TimeSeriesBetas.Shrinkage;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatisticalFactorsTest {
  private static final int ASSETS = 20;
  private static final int DAYS = 200;
  private static final StatisticalFactors RULE = rule(new FactorExtraction.OfCorrelation());

  static Stream<FactorExtraction> extractions() {
    return Stream.of(
        new FactorExtraction.OfCorrelation(),
        new FactorExtraction.OfCovariance(new CovarianceEstimator.Sample(Divisor.ROWS)),
        new FactorExtraction.OfCovariance(new CovarianceEstimator.SingleIndex()),
        new FactorExtraction.Asymptotic());
  }

  @ParameterizedTest
  @MethodSource("extractions")
  void theModelOfADayDoesNotChangeWhenLaterDaysDo(FactorExtraction extraction) {
    double[][] returns = RandomReturns.of(ASSETS, DAYS, 2, 1);
    returns[3][70] = Double.NaN;
    StatisticalFactors rule = rule(extraction);
    StatisticalHistory before = rule.fit(data(returns));
    for (int today : new int[] {105, 119, 120, 139, 140, 141, 198}) {
      double[][] changed = RandomReturns.of(ASSETS, DAYS, 2, 1);
      changed[3][70] = Double.NaN;
      for (int asset = 0; asset < ASSETS; asset++) {
        for (int day = today + 1; day < DAYS; day++) {
          changed[asset][day] = asset == 5 || day % 7 == 0 ? Double.NaN : -3 * changed[asset][day];
        }
      }
      StatisticalHistory after = rule.fit(data(changed));
      StatisticalHistory truncated = rule.fit(data(Arrays.stream(returns)
          .map(own -> Arrays.copyOf(own, today + 1))
          .toArray(double[][]::new)));
      LocalDate date = date(today);
      for (StatisticalHistory other : List.of(after, truncated)) {
        assertThat(other.asOf(date)).isEqualTo(before.asOf(date));
        assertThat(other.loadings(date).loadings())
            .isDeepEqualTo(before.loadings(date).loadings());
        assertThat(Arrays.deepEquals( // compares NaN with NaN as equal
                Arrays.copyOf(other.factorReturns().returns(), today + 1),
                Arrays.copyOf(before.factorReturns().returns(), today + 1)))
            .isTrue();
        for (int asset = 0; asset < ASSETS; asset++) {
          assertThat(other.betas(asset, today)).isEqualTo(before.betas(asset, today));
        }
      }
    }
  }

  /** The slow way: one day at a time, with the data of that day cut off and everything refitted. */
  @ParameterizedTest
  @MethodSource("extractions")
  void aFactorReturnIsThatOfAPortfolioFixedBeforeItsDay(FactorExtraction extraction) {
    double[][] returns = RandomReturns.of(ASSETS, DAYS, 2, 2);
    StatisticalHistory history = rule(extraction).fit(data(returns));
    assertThat(history.refitDays())
        .containsExactly(IntStream.iterate(59, d -> d < DAYS, d -> d + 20)
            .mapToObj(StatisticalFactorsTest::date)
            .toArray(LocalDate[]::new));
    for (int day = 0; day < DAYS; day++) {
      double[] factor = history.factorReturns().returns()[day];
      if (day <= 59) {
        assertThat(factor).containsOnly(Double.NaN);
        continue;
      }
      FactorLoadings loadings = history.loadings(date(day - 1));
      for (int k = 0; k < 2; k++) {
        double expected = 0; // columns are orthogonal with mean square one
        for (int asset = 0; asset < ASSETS; asset++) {
          expected += loadings.loadings()[asset][k]
              * loadings.scales()[asset]
              * returns[asset][day]
              / ASSETS;
        }
        assertThat(factor[k]).isCloseTo(expected, within(1e-15));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("extractions")
  void plantedFactorsAreSpanned(FactorExtraction extraction) {
    int assets = 120;
    double[][] returns = RandomReturns.of(assets, 400, 2, 3);
    StatisticalHistory history = rule(extraction).fit(data(returns));
    // the mean of many assets is nearly the first planted factor
    double[] mean = IntStream.range(60, 400)
        .mapToDouble(day -> Arrays.stream(returns).mapToDouble(own -> own[day]).sum() / assets)
        .toArray();
    double[] first = IntStream.range(60, 400)
        .mapToDouble(day -> history.factorReturns().returns()[day][0])
        .toArray();
    double slope = ComponentsTest.dot(mean, first) / ComponentsTest.dot(mean, mean);
    assertThat(ComponentsTest.dot(mean, first)
            / Math.sqrt(ComponentsTest.dot(mean, mean) * ComponentsTest.dot(first, first)))
        .isGreaterThan(0.95);
    assertThat(slope).isBetween(0.7, 1.4);
    double explained = IntStream.range(0, assets)
        .mapToDouble(asset -> history.regressions().rSquared(asset, 399))
        .average()
        .orElseThrow();
    assertThat(explained).isGreaterThan(0.35);
  }

  /** Two factors of like strength, which components alone swap and mix at will. */
  @Test
  void loadingsAreTurnedTowardsThoseBefore() {
    double[][] returns = RandomReturns.of(60, 600, 3, 4);
    StatisticalFactors rule = new StatisticalFactors(
        3, new FactorExtraction.OfCorrelation(), Window.last(60), 60, 10, RULE.betas());
    ExcessReturns data = data(returns);
    StatisticalHistory history = rule.fit(data);
    double turned = 1;
    double plain = 1;
    FactorLoadings before = null;
    FactorLoadings plainBefore = null;
    for (LocalDate date : history.refitDays()) {
      int day = history.factorReturns().indexOf(date);
      FactorLoadings now = history.loadings(date);
      FactorLoadings plainNow =
          FitWindow.of(data, day - 59, day).extract(data, rule.extraction(), 3);
      if (before != null) {
        for (int k = 0; k < 3; k++) {
          turned = Math.min(turned, likeness(before, now, k));
          plain = Math.min(plain, likeness(plainBefore, plainNow, k));
        }
      }
      before = now;
      plainBefore = plainNow;
    }
    assertThat(turned).isGreaterThan(0.8);
    assertThat(plain).isLessThan(0.3);
  }

  /** Cosine of a factor's loadings with those of the refit before. */
  private static double likeness(FactorLoadings before, FactorLoadings now, int k) {
    return ComponentsTest.dot(
            ComponentsTest.column(before.loadings(), k), ComponentsTest.column(now.loadings(), k))
        / before.assets().size();
  }

  @Test
  void premiaAreMeanFactorReturnsTimesTheHorizonAndTheFitBeginsWithItsLoadings() {
    StatisticalHistory history = RULE.fit(data(RandomReturns.of(ASSETS, DAYS, 2, 5)));
    LinearFactorModel model = history.asOf(date(150));
    double mean = IntStream.rangeClosed(60, 150)
        .mapToDouble(day -> history.factorReturns().returns()[day][1])
        .average()
        .orElseThrow();
    assertThat(model.premia().get(1).factor()).isEqualTo("PC2");
    assertThat(model.premia().get(1).value()).isCloseTo(5 * mean, within(1e-16));
    assertThat(model.intercept().value()).isZero();
    assertThat(model.fit().firstDay()).isEqualTo(date(0));
    assertThat(model.fittedThrough()).isEqualTo(date(150));
    assertThat(history.firstDay()).isEqualTo(date(89)); // 60 rows for loadings, 30 for a beta

    StatisticalFactors recent = new StatisticalFactors(
        2,
        RULE.extraction(),
        RULE.window(),
        60,
        20,
        new TimeSeriesBetas(RULE.betas().regression(), Window.last(30), Shrinkage.NONE, 1));
    // the betas look back to day 111, whose factor returns rest on loadings of day 99, which saw
    // day 40
    assertThat(recent
            .fit(data(RandomReturns.of(ASSETS, DAYS, 2, 5)))
            .asOf(date(150))
            .fit()
            .firstDay())
        .isEqualTo(date(40));
  }

  @Test
  void theModelsOwnRuleOnTheRealWindowGivesTheHistorysBetas() {
    ExcessReturns data = data(RandomReturns.of(ASSETS, DAYS, 2, 6));
    StatisticalHistory history = RULE.fit(data);
    for (int day : new int[] {100, 199}) {
      LinearFactorModel model = history.asOf(date(day));
      for (int asset = 0; asset < ASSETS; asset++) {
        assertThat(model.betas(
                Arrays.copyOfRange(data.excess()[asset], day - 39, day + 1),
                Arrays.copyOfRange(history.factorReturns().returns(), day - 39, day + 1)))
            .containsExactly(history.betas(asset, day), within(1e-11));
      }
    }
  }

  @Test
  void gapsHolidaysAndSuspendedAssetsDoNotStopIt() {
    double[][] returns = RandomReturns.of(ASSETS, DAYS, 2, 7);
    returns[4][30] = Double.NaN; // a gap
    Arrays.fill(returns[6], 0, 100, 0.0); // suspended
    for (int asset = 0; asset < ASSETS; asset++) {
      returns[asset][0] = Double.NaN; // no price before the first
      returns[asset][110] = asset < 3 ? 0.01 : Double.NaN; // a holiday of most
    }
    StatisticalHistory history = RULE.fit(data(returns));
    assertThat(history.refitDays().get(0)).isEqualTo(date(60)); // tried again the day after
    assertThat(history.loadings(date(60)).assets()).hasSize(ASSETS - 2).doesNotContain("A4", "A6");
    assertThat(history.loadings(date(199)).assets()).hasSize(ASSETS);
    assertThat(history.factorReturns().returns()[110]).containsOnly(Double.NaN);
    assertThat(history.betas(4, 150)).doesNotContain(Double.NaN);
    assertThat(history.asOf(date(150)).fit().periodsSkipped())
        .extracting(skipped -> skipped.day())
        .contains(date(110));
    assertThatThrownBy(() -> history.loadings(date(59)))
        .hasMessage("no loadings are known on 2015-03-01; the first are those of 2015-03-02");
  }

  @Test
  void aFactorWithoutItsAssetsHasNoReturnThatDay() {
    FactorLoadings loadings = new FactorLoadings(
        List.of("A", "B", "C"),
        new double[][] {{1, 0}, {1, 0}, {0, 2}},
        new double[] {1, 1, 0.5},
        0.9);
    assertThat(loadings.factorReturns(new double[] {0.01, 0.03, 0.04}))
        .containsExactly(new double[] {0.02, 0.01}, within(1e-17));
    assertThat(loadings.factorReturns(new double[] {Double.NaN, 0.03, 0.04}))
        .containsExactly(new double[] {0.03, 0.01}, within(1e-17));
    assertThat(loadings.factorReturns(new double[] {0.01, 0.03, Double.NaN}))
        .containsOnly(Double.NaN);
    assertThat(loadings.factorReturns(new double[] {0.01, Double.NaN, Double.NaN}))
        .containsOnly(Double.NaN);
    assertThatThrownBy(() -> loadings.factorReturns(new double[2]))
        .hasMessage("2 returns for loadings of 3 assets");
  }

  @Test
  void excessReturnsOfAPanelNeedNoFactors() {
    List<LocalDate> dates = List.of(date(0), date(1));
    Panel panel = Panel.builder(dates, List.of("A"))
        .field(FieldSpec.raw("excess", "decimal return"), new float[] {0.25f, -0.125f})
        .build();
    ExcessReturns data = ExcessReturns.ofExcess(panel, "excess");
    assertThat(data.excess()[0]).containsExactly(0.25, -0.125);
    assertThat(data.factors().names()).isEmpty();
  }

  @Test
  void refusesInWords() {
    assertThatThrownBy(() -> RULE.fit(data(RandomReturns.of(2, 80, 1, 8))))
        .hasMessage(
            "no window of 80 days holds 60 rows and more than 2 assets with a return in all of them: at most 60 rows and 2 assets were found");
    double[][] copies = new double[5][];
    Arrays.fill(copies, RandomReturns.of(1, 80, 1, 8)[0]);
    assertThatThrownBy(() -> RULE.fit(data(copies)))
        .hasMessageStartingWith(
            "loadings of 2015-03-01: returns of 5 assets vary in 1 directions only");
    assertThatThrownBy(
            () -> new StatisticalFactors(0, RULE.extraction(), RULE.window(), 60, 20, RULE.betas()))
        .hasMessage("at least 1 factor is needed, was 0");
    assertThatThrownBy(
            () -> new StatisticalFactors(5, RULE.extraction(), RULE.window(), 5, 20, RULE.betas()))
        .hasMessage(
            "minimumRows of 5 do not vary in 5 directions about their mean; use at least 6");
    assertThatThrownBy(
            () -> new StatisticalFactors(2, RULE.extraction(), RULE.window(), 61, 20, RULE.betas()))
        .hasMessage("minimumRows of 61 never fit into the last 60 rows");
    assertThatThrownBy(
            () -> new StatisticalFactors(2, RULE.extraction(), RULE.window(), 60, 0, RULE.betas()))
        .hasMessage("refitDays must be at least 1 trading day, was 0");
  }

  private static StatisticalFactors rule(FactorExtraction extraction) {
    return new StatisticalFactors(
        2,
        extraction,
        Window.last(60),
        60,
        20,
        new TimeSeriesBetas(
            new RollingRegression(Window.last(40), 30), Window.expanding(), Shrinkage.VASICEK, 5));
  }

  private static LocalDate date(int day) {
    return LocalDate.of(2015, 1, 1).plusDays(day);
  }

  private static ExcessReturns data(double[][] returns) {
    int days = returns[0].length;
    List<LocalDate> dates =
        IntStream.range(0, days).mapToObj(StatisticalFactorsTest::date).toList();
    return new ExcessReturns(
        RandomReturns.names(returns.length),
        new FactorReturns(dates, List.of(), new double[days][0], new double[days]),
        returns);
  }
}

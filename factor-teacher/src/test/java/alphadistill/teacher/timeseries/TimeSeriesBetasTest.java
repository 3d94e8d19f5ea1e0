package alphadistill.teacher.timeseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.panel.FactorReturns;
import alphadistill.teacher.Exposures.RegressionBetas;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.Premium;
import alphadistill.teacher.regression.ErrorRule;
import alphadistill.teacher.regression.NeweyWest;
import alphadistill.teacher.regression.RollingRegression;
import alphadistill.teacher.regression.Window;
import alphadistill.teacher.regression.WindowEstimator;
import alphadistill.teacher.timeseries.TimeSeriesBetas.Shrinkage;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TimeSeriesBetasTest {
  private static final TimeSeriesBetas RULE = rule(Window.last(60), Shrinkage.VASICEK, 5);

  @Test
  void findsPlantedBetasAndPremiaWithinTheirErrors() {
    FactorMarket market = new FactorMarket(1500, 30, 0.01, 1);

    TimeSeriesHistory history = TimeSeriesBetas.standard(5).fit(market.excess());
    LinearFactorModel model = history.asOf(last(market));

    assertThat(model.horizon()).isEqualTo(5);
    assertThat(model.intercept().value()).isZero();
    for (int f = 0; f < 2; f++) {
      Premium premium = model.premia().get(f);
      assertThat(premium.value())
          .isCloseTo(5 * FactorMarket.MEANS[f], within(3 * premium.standardError()));
    }
    double worst = 0;
    for (int asset = 0; asset < 30; asset++) {
      double[] betas = history.betas(asset, 1499);
      for (int f = 0; f < 2; f++) {
        worst = Math.max(worst, Math.abs(betas[f] - market.betas[asset][f]));
      }
    }
    assertThat(worst).isLessThan(4 * 0.01 / (0.01 * Math.sqrt(252))); // four errors of a beta
  }

  @Test
  void shrinkageBringsBetasNearerToTheTruth() {
    FactorMarket market =
        new FactorMarket(200, 60, 0.05, 2); // noisy: errors as large as the spread
    TimeSeriesHistory shrunk = RULE.fit(market.excess());
    TimeSeriesHistory plain = rule(Window.last(60), Shrinkage.NONE, 5).fit(market.excess());
    double shrunkMiss = 0;
    double plainMiss = 0;
    for (int asset = 0; asset < 60; asset++) {
      for (int f = 0; f < 2; f++) {
        double truth = market.betas[asset][f];
        shrunkMiss += Math.pow(shrunk.betas(asset, 199)[f] - truth, 2);
        plainMiss += Math.pow(plain.betas(asset, 199)[f] - truth, 2);
      }
    }
    assertThat(shrunkMiss).isLessThan(0.8 * plainMiss);
  }

  @ParameterizedTest
  @EnumSource
  void theModelsOwnRuleOnTheRealWindowGivesTheHistorysBetas(Shrinkage shrinkage) {
    FactorMarket market = new FactorMarket(150, 8, 0.02, 3);
    market.returns[market.cell(120, 2)] = Float.NaN;
    market.factors[110][1] = Double.NaN;
    for (Window window : List.of(Window.last(60), Window.expanding())) {
      ExcessReturns data = market.excess();
      TimeSeriesHistory history = rule(window, shrinkage, 5).fit(data);
      for (int day : new int[] {59, 100, 149}) {
        LinearFactorModel model = history.asOf(market.dates.get(day));
        for (int asset = 0; asset < 8; asset++) {
          int from = window.firstRow(day);
          double[] betas = model.betas(
              Arrays.copyOfRange(data.excess()[asset], from, day + 1),
              Arrays.copyOfRange(data.factors().returns(), from, day + 1));
          assertThat(betas).containsExactly(history.betas(asset, day), within(1e-11));
        }
      }
    }
  }

  private static Stream<TimeSeriesBetas> otherEstimators() {
    TimeSeriesBetas plain = rule(Window.expanding(), Shrinkage.NONE, 5);
    return Stream.of(
        plain.by(WindowEstimator.exponential(20)),
        plain.by(WindowEstimator.ridge(0.3)),
        rule(Window.last(60), Shrinkage.VASICEK, 5)
            .by(WindowEstimator.exponential(20).withErrors(ErrorRule.hc1())),
        RULE.by(WindowEstimator.leastSquares().withErrors(ErrorRule.hac(4))));
  }

  @ParameterizedTest
  @MethodSource("otherEstimators")
  void otherEstimatorsAnswerForAnyWindowAndKnowNoFuture(TimeSeriesBetas rule) {
    FactorMarket market = new FactorMarket(150, 8, 0.02, 3);
    market.returns[market.cell(120, 2)] = Float.NaN;
    market.factors[110][1] = Double.NaN;
    ExcessReturns data = market.excess();
    TimeSeriesHistory history = rule.fit(data);
    for (int day : new int[] {59, 100, 130}) {
      LinearFactorModel model = history.asOf(market.dates.get(day));
      for (int asset = 0; asset < 8; asset++) {
        int from = rule.regression().window().firstRow(day);
        assertThat(model.betas(
                Arrays.copyOfRange(data.excess()[asset], from, day + 1),
                Arrays.copyOfRange(data.factors().returns(), from, day + 1)))
            .containsExactly(history.betas(asset, day), within(1e-11));
      }
      FactorMarket changed = new FactorMarket(150, 8, 0.02, 3);
      changed.returns[changed.cell(120, 2)] = Float.NaN;
      changed.factors[110][1] = Double.NaN;
      for (int later = day + 1; later < 150; later++) {
        changed.factors[later][0] *= -7;
        changed.returns[changed.cell(later, 4)] = later % 2 == 0 ? Float.NaN : 0.5f;
      }
      TimeSeriesHistory after = rule.fit(changed.excess());
      assertThat(after.asOf(market.dates.get(day))).isEqualTo(model);
      assertThat(after.betas(4, day)).isEqualTo(history.betas(4, day));
    }
  }

  /** Betas that wander: the last weeks say more than the last year. */
  @Test
  void exponentialWeightsFollowABetaThatMoves() {
    FactorMarket market = new FactorMarket(600, 20, 0, 12);
    Random random = new Random(13);
    for (int day = 0; day < 600; day++) {
      for (int asset = 0; asset < 20; asset++) {
        double beta = day < 500 ? 0.5 : 1.5;
        market.returns[market.cell(day, asset)] = (float)
            (FactorMarket.CASH + beta * market.factors[day][0] + 0.01 * random.nextGaussian());
      }
    }
    TimeSeriesBetas equal = rule(Window.expanding(), Shrinkage.NONE, 1);
    double slow = 0;
    double quick = 0;
    for (int asset = 0; asset < 20; asset++) {
      slow += equal.fit(market.excess()).betas(asset, 599)[0] / 20;
      quick +=
          equal.by(WindowEstimator.exponential(30)).fit(market.excess()).betas(asset, 599)[0] / 20;
    }
    assertThat(slow).isLessThan(0.8);
    assertThat(quick).isBetween(1.3, 1.6); // a tenth of the weight is older than the change
  }

  @Test
  void refusesToShrinkTwiceOrByErrorsThatAreTooSmall() {
    assertThatThrownBy(() -> RULE.by(WindowEstimator.ridge(0.2)))
        .hasMessage(
            "a ridge of 0.2 shrinks betas and VASICEK would shrink them again; use Shrinkage.NONE or no ridge");
    assertThatThrownBy(() -> RULE.by(WindowEstimator.exponential(20)))
        .hasMessageContaining("VASICEK would shrink too little; use withErrors(ErrorRule.hc1())");
  }

  @Test
  void premiaAreMeanFactorReturnsTimesTheHorizon() {
    FactorMarket market = new FactorMarket(100, 5, 0.02, 4);
    double[] smb =
        IntStream.range(0, 81).mapToDouble(day -> market.factors[day][1]).toArray();

    LinearFactorModel model = RULE.fit(market.excess()).asOf(market.dates.get(80));

    Premium premium = model.premia().get(1);
    assertThat(premium.factor()).isEqualTo("SMB");
    assertThat(premium.value())
        .isCloseTo(5 * Arrays.stream(smb).average().orElseThrow(), within(1e-15));
    assertThat(premium.standardError())
        .isCloseTo(5 * NeweyWest.errorOfMean(smb, NeweyWest.ruleLag(81, 5)), within(1e-15));
    assertThat(model.fit().periodsUsed()).isEqualTo(81);
    assertThat(model.fit().rowsUsed()).isEqualTo(81 * 5);
    assertThat(model.fittedThrough()).isEqualTo(market.dates.get(80));

    TimeSeriesBetas recent =
        new TimeSeriesBetas(RULE.regression(), Window.last(30), Shrinkage.NONE, 1);
    assertThat(recent
            .fit(market.excess())
            .asOf(market.dates.get(80))
            .premia()
            .get(1)
            .value())
        .isCloseTo(Arrays.stream(smb, 51, 81).average().orElseThrow(), within(1e-15));
  }

  @Test
  void theModelOfADayDoesNotChangeWhenLaterDaysDo() {
    FactorMarket market = new FactorMarket(200, 12, 0.02, 5);
    TimeSeriesHistory before = RULE.fit(market.excess());
    for (int today : new int[] {30, 59, 60, 133, 198}) {
      FactorMarket changed = new FactorMarket(200, 12, 0.02, 5);
      for (int day = today + 1; day < 200; day++) {
        changed.factors[day][0] = day % 9 == 0 ? Double.NaN : 0.1 * Math.sin(day);
        for (int asset = 0; asset < 12; asset++) {
          int cell = changed.cell(day, asset);
          changed.returns[cell] = asset == 3 ? Float.NaN : 3 * changed.returns[cell];
        }
      }
      LocalDate date = market.dates.get(today);
      TimeSeriesHistory after = RULE.fit(changed.excess());
      TimeSeriesHistory truncated =
          RULE.fit(ExcessReturns.of(market.panel().upTo(date), "return", market.factorReturns()));
      assertThat(after.asOf(date)).isEqualTo(before.asOf(date));
      assertThat(truncated.asOf(date)).isEqualTo(before.asOf(date));
      for (int asset = 0; asset < 12; asset++) {
        assertThat(after.betas(asset, today)).isEqualTo(before.betas(asset, today));
        assertThat(truncated.betas(asset, today)).isEqualTo(before.betas(asset, today));
      }
    }
  }

  @Test
  void assetsWithoutHistoryHaveTheMeanBetaAndAreNamed() {
    FactorMarket market = new FactorMarket(100, 4, 0.02, 6);
    for (int day = 0; day < 100; day++) {
      market.returns[market.cell(day, 1)] = Float.NaN; // never there
      if (day < 85) {
        market.returns[market.cell(day, 2)] = Float.NaN; // listed late
      }
    }
    TimeSeriesHistory history = RULE.fit(market.excess());

    LinearFactorModel model = history.asOf(market.dates.get(99));
    RegressionBetas rule = (RegressionBetas) model.exposures();
    double mean = rule.priors().get(0).mean();
    assertThat(mean)
        .isCloseTo(
            (history.regressions().coefficient(0, 99, 1)
                    + history.regressions().coefficient(3, 99, 1))
                / 2,
            within(1e-14));
    assertThat(history.betas(1, 99)[0]).isEqualTo(mean);
    assertThat(history.betas(2, 99)[0]).isEqualTo(mean);
    assertThat(history.assetsWithoutBeta(market.dates.get(99))).containsExactly("A1", "A2");
    assertThat(model.fit().rowsDropped()).hasToString("{no return=185}");
  }

  @Test
  void oneAssetAloneIsNotShrunk() {
    FactorMarket market = new FactorMarket(100, 1, 0.02, 7);
    TimeSeriesHistory history = RULE.fit(market.excess());
    assertThat(history.betas(0, 99)[0]).isEqualTo(history.regressions().coefficient(0, 99, 1));
  }

  @Test
  void factorsThatEndBeforeThePricesLimitWhatIsFitted() {
    FactorMarket market = new FactorMarket(200, 5, 0.02, 8);
    FactorReturns all = market.factorReturns();
    FactorReturns early = new FactorReturns(
        all.dates().subList(10, 120),
        all.names(),
        Arrays.copyOfRange(all.returns(), 10, 120),
        new double[110]);
    TimeSeriesHistory history = RULE.fit(ExcessReturns.of(market.panel(), "return", early));

    LinearFactorModel model = history.asOf(market.dates.get(130));
    assertThat(model.fittedThrough()).isEqualTo(market.dates.get(119));
    assertThat(model.fit().firstDay()).isEqualTo(market.dates.get(10));
    assertThat(model.fit().periodsSkipped()).hasSize(11);
    assertThat(model.fit().rowsDropped()).hasToString("{no factor return=55}");
    assertThat(history.betas(0, 190)).containsOnly(Double.NaN);
    assertThatThrownBy(() -> history.asOf(market.dates.get(190)))
        .hasMessage(
            "on 2015-07-10 no asset has 30 complete rows in the last 60 rows; the first model is that of 2015-02-09");
    assertThat(history.firstDay()).isEqualTo(market.dates.get(39));
    assertThatThrownBy(() -> history.asOf(LocalDate.of(2000, 1, 1)))
        .hasMessageStartingWith("on 2000-01-01 no asset");
  }

  @Test
  void cashIsSubtractedFromAssetsAndNotFromFactors() {
    FactorMarket market = new FactorMarket(10, 2, 0.02, 11);
    ExcessReturns data = market.excess();
    assertThat(data.excess()[1][4])
        .isEqualTo((double) market.returns[market.cell(4, 1)] - FactorMarket.CASH);
    assertThat(data.factors().returns()[4]).containsExactly(market.factors[4]);
  }

  @Test
  void refusesPerCentInfinityAndNothing() {
    FactorMarket market = new FactorMarket(100, 3, 0.02, 9);
    FactorReturns factors = market.factorReturns();
    double[][] perCent = Arrays.stream(factors.returns())
        .map(row -> Arrays.stream(row).map(r -> 100 * r).toArray())
        .toArray(double[][]::new);
    assertThatThrownBy(() -> ExcessReturns.of(
            market.panel(),
            "return",
            new FactorReturns(market.dates, factors.names(), perCent, new double[100])))
        .hasMessageMatching(
            "returns of factor 'MktRF' deviate by .* a day: these look like per cent.*");

    double[][] excess = market.excess().excess();
    double[][] assetPerCent = Arrays.stream(excess)
        .map(row -> Arrays.stream(row).map(r -> 100 * r).toArray())
        .toArray(double[][]::new);
    assertThatThrownBy(() -> new ExcessReturns(market.assets, factors, assetPerCent))
        .hasMessageContaining("look like per cent or prices");

    excess[1][7] = Double.POSITIVE_INFINITY;
    assertThatThrownBy(() -> new ExcessReturns(market.assets, factors, excess))
        .hasMessage("'A1' has an infinite return on 2015-01-08: a price of zero?");

    double[][] nothing = new double[3][100];
    Arrays.stream(nothing).forEach(series -> Arrays.fill(series, Double.NaN));
    assertThatThrownBy(() -> new ExcessReturns(market.assets, factors, nothing))
        .hasMessageContaining("none of the 3 assets has two returns");

    FactorReturns otherYears = new FactorReturns(
        List.of(LocalDate.of(1990, 1, 2)), factors.names(), new double[1][2], new double[1]);
    assertThatThrownBy(() -> ExcessReturns.of(market.panel(), "return", otherYears))
        .hasMessageContaining("share no day");
    assertThatThrownBy(() -> ExcessReturns.of(market.panel(), "close", factors))
        .hasMessageContaining("no field 'close'");
  }

  @Test
  void refusesTooShortAHistoryAndRulesThatNeverFit() {
    FactorMarket market = new FactorMarket(25, 3, 0.02, 10);
    assertThatThrownBy(() -> RULE.fit(market.excess()))
        .hasMessage(
            "no asset has a beta on any day: the best window holds 25 complete rows, 30 are needed (2015-01-01 to 2015-01-25, 25 days with all factors)");
    assertThatThrownBy(() -> rule(Window.last(60), Shrinkage.NONE, 0))
        .hasMessage("horizon must be at least 1 trading day, was 0");
    assertThatThrownBy(
            () -> new TimeSeriesBetas(RULE.regression(), Window.last(20), Shrinkage.NONE, 1))
        .hasMessage("premia over the last 20 rows rest on less than a beta, which needs 30");
  }

  private static TimeSeriesBetas rule(Window window, Shrinkage shrinkage, int horizon) {
    return new TimeSeriesBetas(
        new RollingRegression(window, 30), Window.expanding(), shrinkage, horizon);
  }

  private static LocalDate last(FactorMarket market) {
    return market.dates.get(market.dates.size() - 1);
  }
}

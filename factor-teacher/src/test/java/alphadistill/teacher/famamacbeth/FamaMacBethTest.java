package alphadistill.teacher.famamacbeth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.teacher.Exposures;
import alphadistill.teacher.FitReport;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.regression.NeweyWest;
import alphadistill.teacher.regression.Window;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FamaMacBethTest {
  private static final FamaMacBeth SMALL =
      new FamaMacBeth(5, 10, Window.expanding(), OptionalInt.empty());

  @Test
  void findsPlantedPremiaWithinTheirErrors() {
    SmallMarket market = new SmallMarket(300, 50, 0.02, 1);

    LinearFactorModel model = FamaMacBeth.standard().fit(market.labelled(1, 1)).asOf(last(market));

    assertThat(model.factors()).containsExactly("value", "size");
    assertThat(model.exposures()).isEqualTo(new Exposures.Characteristics());
    var value = model.premia().get(0);
    var size = model.premia().get(1);
    assertThat(value.value()).isCloseTo(SmallMarket.VALUE, within(3 * value.standardError()));
    assertThat(size.value()).isCloseTo(SmallMarket.SIZE, within(3 * size.standardError()));
    assertThat(value.tStatistic()).isGreaterThan(15); // 0.004 / (0.02 / sqrt(298 * 50)) = 24
    assertThat(value.standardError()).isCloseTo(0.02 / Math.sqrt(298 * 50), within(5e-5));
  }

  @Test
  void withoutNoisePremiaAreExactUpToTheFloatsOfTheLabels() {
    SmallMarket market = new SmallMarket(40, 9, 0, 2);

    LinearFactorModel model = SMALL.fit(market.labelled(0, 1)).asOf(last(market));

    assertThat(model.intercept().value()).isCloseTo(SmallMarket.INTERCEPT, within(1e-8));
    assertThat(model.expectedReturn(new double[] {1, 1}))
        .isCloseTo(SmallMarket.INTERCEPT + SmallMarket.VALUE + SmallMarket.SIZE, within(1e-8));
  }

  @Test
  void agreesWithNormalEquationsWrittenOut() {
    SmallMarket market = new SmallMarket(60, 12, 0.01, 3);
    market.labels[market.cell(7, 3)] = Float.NaN;
    market.size[market.cell(9, 0)] = Float.NaN;
    int lag = 1;
    int horizon = 3;

    FamaMacBethHistory history = SMALL.fit(market.labelled(lag, horizon));

    int today = 50;
    int periods = today - lag - horizon + 1;
    double[] mean = new double[3];
    double[][] slopes = new double[3][periods];
    for (int day = 0; day < periods; day++) {
      double[] b = byNormalEquations(market, day);
      for (int i = 0; i < 3; i++) {
        mean[i] += b[i] / periods;
        slopes[i][day] = b[i];
      }
    }
    LinearFactorModel model = history.asOf(market.dates.get(today));
    assertThat(model.intercept().value()).isCloseTo(mean[0], within(1e-13));
    assertThat(model.premia().get(0).value()).isCloseTo(mean[1], within(1e-13));
    assertThat(model.premia().get(1).value()).isCloseTo(mean[2], within(1e-13));
    assertThat(model.premia().get(1).standardError())
        .isCloseTo(
            NeweyWest.errorOfMean(slopes[2], NeweyWest.ruleLag(periods, horizon))
                * Math.sqrt(periods / (periods - 1.0)),
            within(1e-13));
    assertThat(model.fit())
        .isEqualTo(new FitReport(
            market.dates.get(0),
            market.dates.get(today),
            12L * periods - 2,
            Map.of("no label", 1L, "no size", 1L),
            periods,
            List.of()));
  }

  /** A weight is the same as that many copies of a row, so normal equations multiply by it. */
  @Test
  void weightedRegressionsAgreeWithWeightedNormalEquations() {
    SmallMarket market = new SmallMarket(60, 12, 0.01, 30).withWeights(31);
    market.weights[market.cell(4, 2)] = 0;
    market.weights[market.cell(4, 3)] = Float.NaN;
    market.labels[market.cell(4, 4)] = Float.NaN;
    FamaMacBethHistory history = SMALL.fit(market.labelled(1, 1).weightedBy("cap"));
    for (int day = 0; day < 58; day++) {
      double[][] gram = new double[3][3];
      double[] right = new double[3];
      for (int asset = 0; asset < 12; asset++) {
        int cell = market.cell(day, asset);
        double w = market.weights[cell];
        double y = market.labels[cell];
        if (!(w > 0) || Double.isNaN(y)) {
          continue;
        }
        double[] x = {1, market.value[cell], market.size[cell]};
        for (int i = 0; i < 3; i++) {
          right[i] += w * x[i] * y;
          for (int j = 0; j < 3; j++) {
            gram[i][j] += w * x[i] * x[j];
          }
        }
      }
      assertThat(history.slopes()[day]).containsExactly(cramer(gram, right), within(1e-12));
    }
    LinearFactorModel model = history.asOf(last(market));
    assertThat(model.fit().rowsDropped()).isEqualTo(Map.of("no label", 1L, "no weight", 2L));
    assertThat(history.slopes()[4])
        .isNotEqualTo(SMALL.fit(market.labelled(1, 1)).slopes()[4]);
    assertThatThrownBy(() -> market.labelled(1, 1).weightedBy("capital"))
        .hasMessageContaining("no field 'capital'");
  }

  @Test
  void weightsOfLaterDaysChangeNothingBefore() {
    SmallMarket market = new SmallMarket(60, 12, 0.01, 32).withWeights(33);
    LinearFactorModel before =
        SMALL.fit(market.labelled(1, 1).weightedBy("cap")).asOf(market.dates.get(40));
    SmallMarket changed = new SmallMarket(60, 12, 0.01, 32).withWeights(33);
    for (int cell = market.cell(41, 0); cell < changed.weights.length; cell++) {
      changed.weights[cell] = cell % 3 == 0 ? Float.NaN : 100;
    }
    assertThat(SMALL.fit(changed.labelled(1, 1).weightedBy("cap")).asOf(market.dates.get(40)))
        .isEqualTo(before);
  }

  @Test
  void theFitOfEachDayAndTheDaysLeftOutAreListed() {
    SmallMarket market = new SmallMarket(40, 9, 0.01, 34);
    for (int asset = 0; asset < 9; asset++) {
      market.size[market.cell(5, asset)] = 2; // constant: collinear
      if (asset > 2) {
        market.labels[market.cell(8, asset)] = Float.NaN;
      }
    }
    FamaMacBethHistory history = SMALL.fit(market.labelled(1, 1));
    assertThat(history.skippedDays())
        .extracting(FitReport.Skipped::day)
        .containsExactly(market.dates.get(5), market.dates.get(8));
    assertThat(history.skippedDays().get(1).reason()).isEqualTo("3 assets, 5 are needed");
    assertThat(history.rSquared()).hasSize(36).hasSameSizeAs(history.slopeDays());
    assertThat(Arrays.stream(history.rSquared()).average().orElseThrow())
        .isCloseTo(history.meanRSquared(), within(1e-15));
    double[] b = history.slopes()[0];
    double residual = 0;
    double total = 0;
    double mean = 0;
    for (int asset = 0; asset < 9; asset++) {
      mean += market.labels[asset] / 9.0;
    }
    for (int asset = 0; asset < 9; asset++) {
      residual += Math.pow(
          market.labels[asset] - b[0] - b[1] * market.value[asset] - b[2] * market.size[asset], 2);
      total += Math.pow(market.labels[asset] - mean, 2);
    }
    assertThat(history.rSquared()[0]).isCloseTo(1 - residual / total, within(1e-12));
  }

  /** Solves the 3 x 3 normal equations of one day by Cramer's rule. */
  private static double[] byNormalEquations(SmallMarket market, int day) {
    double[][] gram = new double[3][3];
    double[] right = new double[3];
    for (int asset = 0; asset < market.assets.size(); asset++) {
      int cell = market.cell(day, asset);
      double[] x = {1, market.value[cell], market.size[cell]};
      double y = market.labels[cell];
      if (Double.isNaN(x[1] + x[2] + y)) {
        continue;
      }
      for (int i = 0; i < 3; i++) {
        right[i] += x[i] * y;
        for (int j = 0; j < 3; j++) {
          gram[i][j] += x[i] * x[j];
        }
      }
    }
    return cramer(gram, right);
  }

  private static double[] cramer(double[][] gram, double[] right) {
    double[] b = new double[3];
    for (int i = 0; i < 3; i++) {
      double[][] replaced = Arrays.stream(gram).map(double[]::clone).toArray(double[][]::new);
      for (int row = 0; row < 3; row++) {
        replaced[row][i] = right[row];
      }
      b[i] = determinant(replaced) / determinant(gram);
    }
    return b;
  }

  private static double determinant(double[][] m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  }

  @Test
  void theModelOfADayDoesNotChangeWhenLaterDaysDo() {
    int lag = 1;
    int horizon = 5;
    SmallMarket original = new SmallMarket(120, 15, 0.02, 4);
    FamaMacBethHistory before = SMALL.fit(original.labelled(lag, horizon));
    for (int today : new int[] {20, 63, 101}) {
      SmallMarket changed = new SmallMarket(120, 15, 0.02, 4);
      for (int cell = 0; cell < changed.labels.length; cell++) {
        int day = cell / changed.assets.size();
        if (day > today) {
          changed.value[cell] = day % 7 == 0 ? Float.NaN : 10 * changed.value[cell];
          changed.size[cell] = -changed.size[cell];
        }
        if (day + lag + horizon > today) { // the label contains a later return
          changed.labels[cell] = day % 5 == 0 ? Float.NaN : 100 * changed.labels[cell] + 1;
        }
      }
      LocalDate day = original.dates.get(today);
      LinearFactorModel after = SMALL.fit(changed.labelled(lag, horizon)).asOf(day);
      assertThat(after).isEqualTo(before.asOf(day));
      assertThat(after.fittedThrough()).isEqualTo(day);

      LabelledCharacteristics truncated = new LabelledCharacteristics(
          original.panel().upTo(day),
          List.of("value", "size"),
          Arrays.copyOf(original.labels, (today + 1) * 15),
          lag,
          horizon);
      assertThat(SMALL.fit(truncated).asOf(day)).isEqualTo(before.asOf(day));
    }
  }

  @Test
  void theFirstModelWaitsUntilTheLabelsAreKnown() {
    SmallMarket market = new SmallMarket(40, 8, 0.01, 5);

    FamaMacBethHistory history = SMALL.fit(market.labelled(1, 5));

    LocalDate first = market.dates.get(9 + 1 + 5); // the tenth period's label is known 6 days later
    assertThat(history.firstDay()).isEqualTo(first);
    assertThat(history.asOf(first).fit().periodsUsed()).isEqualTo(10);
    assertThatThrownBy(() -> history.asOf(first.minusDays(1)))
        .hasMessage(
            "on 2010-01-18 the slopes of 9 days are known, 10 are needed; the first model is that of "
                + first);
    assertThatThrownBy(() -> history.asOf(LocalDate.of(1990, 1, 1)))
        .hasMessageContaining("slopes of 0 days");
    assertThat(history.asOf(LocalDate.of(2099, 1, 1))).isEqualTo(history.asOf(last(market)));
  }

  @Test
  void aWindowOfPeriodsForgetsEarlierOnes() {
    SmallMarket market = new SmallMarket(80, 8, 0.01, 6);

    LinearFactorModel model =
        SMALL.over(Window.last(20)).fit(market.labelled(0, 1)).asOf(last(market));

    double[][] slopes = SMALL.fit(market.labelled(0, 1)).slopes();
    MeanSlopes expected = MeanSlopes.of(Arrays.copyOfRange(slopes, 59, 79));
    assertThat(model.premia().get(0).value()).isEqualTo(expected.means()[1]);
    assertThat(model.fit().firstDay()).isEqualTo(market.dates.get(59));
    assertThat(model.fit().rowsUsed()).isEqualTo(160);
  }

  @Test
  void skipsAndListsDaysThatCannotBeFitted() {
    SmallMarket market = new SmallMarket(40, 8, 0.01, 7);
    for (int asset = 0; asset < 8; asset++) {
      market.value[market.cell(3, asset)] = 2; // constant: as the constant
      market.size[market.cell(4, asset)] = 3 * market.value[market.cell(4, asset)] + 1;
      market.labels[market.cell(5, asset)] = asset < 5 ? Float.NaN : 0.01f;
      market.value[market.cell(6, asset)] = Float.NaN;
    }

    FitReport fit = SMALL.fit(market.labelled(0, 1)).asOf(last(market)).fit();

    assertThat(fit.periodsSkipped())
        .containsExactly(
            new FitReport.Skipped(
                market.dates.get(3),
                "regressor 'value' is a linear combination of [constant] in these 8 rows; leave one of them out"),
            new FitReport.Skipped(
                market.dates.get(4),
                "regressor 'size' is a linear combination of [constant, value] in these 8 rows; leave one of them out"),
            new FitReport.Skipped(market.dates.get(5), "3 assets, 5 are needed"),
            new FitReport.Skipped(market.dates.get(6), "0 assets, 5 are needed"));
    assertThat(fit.rowsDropped()).hasToString("{no label=5, no value=8}");
    assertThat(fit.periodsUsed()).isEqualTo(35);
  }

  @Test
  void onlyMembersOfTheUniverseTakePart() {
    SmallMarket market = new SmallMarket(40, 20, 0.01, 8);
    SmallMarket spoilt = new SmallMarket(40, 20, 0.01, 8);
    for (int day = 0; day < 40; day++) {
      for (int asset = 10; asset < 20; asset++) {
        spoilt.labels[spoilt.cell(day, asset)] = 99;
      }
    }
    LabelledCharacteristics.Universe firstTen = (day, asset) -> asset < 10;

    assertThat(SMALL.fit(spoilt.labelled(0, 1).within(firstTen)).asOf(last(spoilt)))
        .isEqualTo(SMALL.fit(market.labelled(0, 1).within(firstTen)).asOf(last(market)));
  }

  @Test
  void refusesWhatCannotGiveAModel() {
    SmallMarket market = new SmallMarket(40, 8, 0.01, 9);
    assertThatThrownBy(() -> FamaMacBeth.standard().fit(market.labelled(0, 1)))
        .hasMessage(
            "of 39 days with known labels (horizon 1, lag 0) 0 give slopes, 60 are needed; 2010-02-11 was skipped: 8 assets, 20 are needed");
    assertThatThrownBy(() -> SMALL.fit(new SmallMarket(40, 1, 0.01, 9).labelled(0, 1)))
        .hasMessageContaining("1 assets, 5 are needed");
    assertThatThrownBy(() -> SMALL.fit(new SmallMarket(1, 8, 0.01, 9).labelled(0, 1)))
        .hasMessageContaining("of 0 days with known labels");
    assertThatThrownBy(() -> new FamaMacBeth(5, 10, Window.expanding(), OptionalInt.of(3))
            .fit(market.labelled(0, 5)))
        .hasMessage(
            "a Newey-West lag of 3 is shorter than the overlap of returns over 5 days: errors would be too small; use at least 4");
    assertThatThrownBy(() -> new FamaMacBeth(5, 10, Window.last(9), OptionalInt.empty()))
        .hasMessageContaining("can never hold minimumPeriods = 10");
    assertThatThrownBy(() -> new LabelledCharacteristics(
            market.panel(), List.of("value", "momentum"), market.labels, 0, 1))
        .hasMessageContaining("no field 'momentum'");
    assertThatThrownBy(() ->
            new LabelledCharacteristics(market.panel(), List.of("value"), market.labels, 0, 0))
        .hasMessage("horizon must be at least 1 trading day, was 0");
    assertThatThrownBy(
            () -> new LabelledCharacteristics(market.panel(), List.of("value"), new float[7], 0, 1))
        .hasMessage("7 labels for 40 days x 8 assets = 320 cells");
  }

  private static LocalDate last(SmallMarket market) {
    return market.dates.get(market.dates.size() - 1);
  }
}

package alphadistill.teacher.crosssection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.famamacbeth.FamaMacBeth;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.regression.Window;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IndustryStyleTeacherTest {
  private static final int ASSETS = 30;
  private static final List<String> STYLES = List.of("value", "momentum");
  private static final IndustryStyleTeacher SMALL =
      new IndustryStyleTeacher(new FamaMacBeth(5, 20, Window.expanding(), OptionalInt.empty()));
  private static final RiskRule RISK = new RiskRule(30, 1, 30, 0.5, 20);

  private final List<LocalDate> dates =
      Stream.iterate(LocalDate.of(2010, 1, 4), d -> d.plusDays(1)).limit(150).toList();
  private final float[][] raw = new float[2][dates.size() * ASSETS];
  private final float[] caps = new float[dates.size() * ASSETS];
  private final int[] industry = new int[caps.length];
  private final float[] labels = new float[caps.length];

  /** Returns are country + industry + 0.003 value - 0.002 momentum + noise of 0.01, in standardised styles. */
  IndustryStyleTeacherTest() {
    Random random = new Random(1);
    for (int cell = 0; cell < caps.length; cell++) {
      caps[cell] = (float) Math.exp(random.nextGaussian());
      industry[cell] = cell % ASSETS % 3;
      raw[0][cell] = random.nextFloat();
      raw[1][cell] = random.nextFloat();
    }
    Panel z = styles();
    for (int day = 0; day < dates.size(); day++) {
      double country = 0.001 + 0.01 * random.nextGaussian();
      double[] own = random.doubles(3, -0.005, 0.005).toArray();
      for (int asset = 0; asset < ASSETS; asset++) {
        int cell = day * ASSETS + asset;
        labels[cell] = (float) (country
            + own[industry[cell]]
            + 0.003 * z.value(0, day, asset)
            - 0.002 * z.value(1, day, asset)
            + 0.01 * random.nextGaussian());
      }
    }
  }

  @Test
  void premiaAreMeansOfStyleReturns() {
    IndustryStyleHistory history = SMALL.fit(data(1, 1));
    LocalDate day = dates.get(149);

    LinearFactorModel model = history.asOf(day);

    assertThat(model.premia().get(0).value()).isCloseTo(0.003, within(0.0006));
    assertThat(model.premia().get(1).value()).isCloseTo(-0.002, within(0.0006));
    assertThat(history.factors())
        .containsExactly("country", "tech", "banks", "energy", "value", "momentum");
    double[][] returns = history.factorReturns();
    assertThat(model.premia().get(0).value())
        .isCloseTo(
            Arrays.stream(returns).mapToDouble(r -> r[4]).average().orElseThrow(), within(1e-15));
    assertThat(model.intercept().value())
        .isCloseTo(
            Arrays.stream(returns).mapToDouble(r -> r[0]).average().orElseThrow(), within(1e-15));
    assertThat(model.expectedReturn(new double[] {1, -1})).isCloseTo(0.001 + 0.005, within(0.004));
    assertThat(history.meanRSquared()).isBetween(0.1, 0.9);
  }

  @Test
  void modelAndRiskOfADayDoNotChangeWhenLaterDaysDo() {
    IndustryStyleHistory before = SMALL.fit(data(1, 1));
    for (int today : new int[] {22, 60, 111}) {
      IndustryStyleTeacherTest changed = new IndustryStyleTeacherTest();
      for (int cell = 0; cell < labels.length; cell++) {
        if (cell / ASSETS > today) {
          changed.raw[0][cell] = cell % 7 == 0 ? Float.NaN : 10 * changed.raw[0][cell];
          changed.caps[cell] = cell % 11 == 0 ? Float.NaN : 5 / changed.caps[cell];
          changed.industry[cell] = cell % 13 == 0 ? -1 : 2 - changed.industry[cell];
        }
        if (cell / ASSETS + 2 > today) { // the label contains a later return
          changed.labels[cell] = cell % 5 == 0 ? Float.NaN : 100 * changed.labels[cell] + 1;
        }
      }
      LocalDate day = dates.get(today);
      IndustryStyleHistory after = SMALL.fit(changed.data(1, 1));
      assertThat(after.asOf(day)).isEqualTo(before.asOf(day));
      assertThat(after.riskAsOf(day, RISK).factorCovariance())
          .isDeepEqualTo(before.riskAsOf(day, RISK).factorCovariance());
      assertThat(after.riskAsOf(day, RISK).specificVariance())
          .isEqualTo(before.riskAsOf(day, RISK).specificVariance());
    }
  }

  @Test
  void countsWhatItLeavesOut() {
    caps[3] = Float.NaN;
    industry[ASSETS + 4] = -1;
    labels[2 * ASSETS] = Float.NaN;
    Arrays.fill(caps, 5 * ASSETS, 6 * ASSETS, 0);

    LinearFactorModel model = SMALL.fit(data(0, 1)).asOf(dates.get(149));

    // without a capitalisation a style cannot be standardised either
    assertThat(model.fit().rowsDropped()).hasToString("{no industry=1, no label=1, no value=31}");
    assertThat(model.fit().periodsSkipped().get(0).reason()).isEqualTo("0 assets, 5 are needed");
  }

  @Test
  void riskRepeatsThePlantedOne() {
    RiskModel risk =
        SMALL.fit(data(0, 1)).riskAsOf(dates.get(149), new RiskRule(1000, 0, 1000, 0, 20));

    assertThat(Math.sqrt(risk.factorCovariance()[0][0])).isCloseTo(0.01, within(0.002));
    assertThat(Math.sqrt(risk.specificVariance()[7])).isCloseTo(0.01, within(0.002));
    double[] one = new double[ASSETS];
    double[][] exposures = new double[ASSETS][6];
    one[7] = 1;
    exposures[7][0] = 1;
    assertThat(risk.variance(one, exposures))
        .isCloseTo(risk.factorCovariance()[0][0] + risk.specificVariance()[7], within(1e-18));
  }

  @Test
  void refusesWhatCannotBeEstimated() {
    IndustryStyleHistory overlapping = SMALL.fit(data(1, 5));
    assertThatThrownBy(() -> overlapping.riskAsOf(dates.get(100), RISK))
        .hasMessage(
            "risk is estimated from one-day returns, the horizon was 5 days; multiply the risk of one day instead");
    assertThatThrownBy(() -> SMALL.fit(data(1, 1)).riskAsOf(dates.get(10), RISK))
        .hasMessage("of 9 days with factor returns 9 have all 6 of them, 20 are needed");
    assertThatThrownBy(
            () -> new IndustryStyles(data(1, 1).styles(), List.of("tech"), industry, caps))
        .hasMessage("industry 1 is not among the 1 named [tech]");
    assertThatThrownBy(() -> IndustryStyleTeacher.standard().fit(data(100, 10)))
        .hasMessageContaining("40 give slopes, 60 are needed");
  }

  private IndustryStyles data(int lag, int horizon) {
    return new IndustryStyles(
        new LabelledCharacteristics(styles(), STYLES, labels, lag, horizon),
        List.of("tech", "banks", "energy"),
        industry,
        caps);
  }

  private Panel styles() {
    Panel.Builder panel =
        Panel.builder(dates, IntStream.range(0, ASSETS).mapToObj(i -> "A" + i).toList());
    for (int style = 0; style < 2; style++) {
      panel.field(FieldSpec.raw(STYLES.get(style), "ratio"), raw[style]);
    }
    return StyleScaling.standard()
        .scale(panel.build(), caps, LabelledCharacteristics.Universe.everyAsset());
  }
}

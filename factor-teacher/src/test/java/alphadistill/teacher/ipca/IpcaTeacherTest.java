package alphadistill.teacher.ipca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.teacher.FitReport;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.regression.Window;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IpcaTeacherTest {
  private static final int ASSETS = 25;
  private static final List<String> FIELDS = List.of("value", "size", "momentum");
  private static final IpcaTeacher SMALL =
      new IpcaTeacher(Ipca.factors(2), 5, 30, Window.expanding(), 7);

  private final List<LocalDate> dates =
      Stream.iterate(LocalDate.of(2010, 1, 4), d -> d.plusDays(1)).limit(120).toList();
  private final float[][] z = new float[FIELDS.size()][dates.size() * ASSETS];
  private final float[] labels = new float[dates.size() * ASSETS];

  IpcaTeacherTest() {
    Random random = new Random(1);
    for (int day = 0; day < dates.size(); day++) {
      double market = 0.002 + 0.02 * random.nextGaussian();
      double style = 0.004 + 0.01 * random.nextGaussian();
      for (int cell = day * ASSETS; cell < (day + 1) * ASSETS; cell++) {
        for (float[] field : z) {
          field[cell] = random.nextFloat() - 0.5f;
        }
        labels[cell] = (float) (market * (1 + 0.5 * z[1][cell])
            + style * (z[0][cell] - z[2][cell])
            + 0.01 * random.nextGaussian());
      }
    }
  }

  @Test
  void theForecastIsTheFitsOwn() {
    IpcaHistory history = SMALL.fit(data(1, 3));
    LocalDate day = dates.get(100);

    LinearFactorModel model = history.asOf(day);

    IpcaFit fit = history.fitAsOf(day);
    assertThat(model.expectedReturn(new double[] {0.4, -0.1, 0.2}))
        .isCloseTo(fit.expectedReturn(new double[] {1, 0.4, -0.1, 0.2}), within(1e-15));
    double byHand = 0;
    double[] exposures = {1, 0.4, -0.1, 0.2};
    for (int k = 0; k < 2; k++) {
      double loading = 0;
      for (int l = 0; l < 4; l++) {
        loading += exposures[l] * fit.beta()[l][k];
      }
      byHand += loading * fit.factorMeans()[k];
    }
    assertThat(model.expectedReturn(new double[] {0.4, -0.1, 0.2}))
        .isCloseTo(byHand, within(1e-15));
    assertThat(model.horizon()).isEqualTo(3);
    assertThat(model.premia().get(0).value()).isCloseTo(0.004, within(0.002));
    assertThat(model.premia().get(0).tStatistic()).isGreaterThan(2);
  }

  @Test
  void aModelStaysUntilTheNextRefitIsKnown() {
    IpcaHistory history = SMALL.fit(data(1, 3));

    LocalDate first = dates.get(29 + 1 + 3); // the thirtieth day's label is known 4 days later
    assertThat(history.firstDay()).isEqualTo(first);
    assertThat(history.refitDays().subList(0, 2)).containsExactly(first, dates.get(40));
    assertThat(history.asOf(dates.get(39))).isEqualTo(history.asOf(first));
    assertThat(history.asOf(dates.get(40))).isNotEqualTo(history.asOf(first));
    assertThat(history.asOf(dates.get(40)).fittedThrough()).isEqualTo(dates.get(40));
    assertThat(history.asOf(dates.get(40)).fit().periodsUsed()).isEqualTo(37);
    assertThatThrownBy(() -> history.asOf(first.minusDays(1)))
        .hasMessage(
            "on 2010-02-05 the returns of 29 usable days are known, 30 are needed; the first model is that of 2010-02-06");
  }

  @Test
  void theModelOfADayDoesNotChangeWhenLaterDaysDo() {
    for (int today : new int[] {33, 36, 78}) {
      LocalDate day = dates.get(today);
      IpcaTeacherTest changed = new IpcaTeacherTest();
      for (int cell = 0; cell < labels.length; cell++) {
        if (cell / ASSETS > today) {
          changed.z[0][cell] = cell % 7 == 0 ? Float.NaN : 10 * changed.z[0][cell];
        }
        if (cell / ASSETS + 1 + 3 > today) { // the label contains a later return
          changed.labels[cell] = cell % 5 == 0 ? Float.NaN : 100 * changed.labels[cell] + 1;
        }
      }
      for (IpcaTeacher teacher : List.of(SMALL, SMALL.over(Window.last(40)))) {
        LinearFactorModel before = teacher.fit(data(1, 3)).asOf(day);
        assertThat(teacher.fit(changed.data(1, 3)).asOf(day)).isEqualTo(before);
        LabelledCharacteristics truncated = new LabelledCharacteristics(
            panel().upTo(day), FIELDS, Arrays.copyOf(labels, (today + 1) * ASSETS), 1, 3);
        assertThat(teacher.fit(truncated).asOf(day)).isEqualTo(before);
        assertThat(before.fittedThrough()).isBeforeOrEqualTo(day);
      }
    }
  }

  @Test
  void aWarmStartedRefitIsTheFitOfItsWindow() {
    IpcaHistory chained = SMALL.over(Window.last(40)).fit(data(0, 1));
    IpcaTeacher once = new IpcaTeacher(Ipca.factors(2), 5, 86, Window.last(86), 200);

    IpcaFit last = chained.fitAsOf(dates.get(86)); // the ninth fit: 30 + 8 x 7 days
    LinearFactorModel model = chained.asOf(dates.get(86));
    assertThat(model.fit().periodsUsed()).isEqualTo(40);
    assertThat(once.fit(data(0, 1)).asOf(dates.get(86)).fit().periodsUsed()).isEqualTo(86);
    IpcaTeacherTest late = new IpcaTeacherTest();
    Arrays.fill(late.labels, 0, 46 * ASSETS, Float.NaN);
    LinearFactorModel cold = new IpcaTeacher(Ipca.factors(2), 5, 40, Window.last(40), 200)
        .fit(late.data(0, 1))
        .asOf(dates.get(86));
    for (int l = 0; l < 3; l++) {
      assertThat(model.premia().get(l).value())
          .isCloseTo(cold.premia().get(l).value(), within(1e-8));
    }
    IpcaFit before = chained.fitAsOf(dates.get(79));
    for (int k = 0; k < 2; k++) {
      int factor = k;
      double overlap = IntStream.range(0, 4)
          .mapToDouble(l -> last.beta()[l][factor] * before.beta()[l][factor])
          .sum();
      assertThat(overlap).isGreaterThan(0.5); // same place, same sign
    }
  }

  @Test
  void skipsAndListsDaysThatCannotBeUsed() {
    for (int asset = 0; asset < ASSETS; asset++) {
      z[0][3 * ASSETS + asset] = 2; // constant
      z[1][4 * ASSETS + asset] = Float.NaN;
    }
    labels[5 * ASSETS] = Float.NaN;

    FitReport fit = SMALL.fit(data(0, 1)).asOf(dates.get(119)).fit();

    assertThat(fit.periodsSkipped())
        .containsExactly(
            new FitReport.Skipped(
                dates.get(3),
                "characteristic 'value' is zero, constant or a linear combination of those before it in these 25 rows"),
            new FitReport.Skipped(dates.get(4), "0 assets, 5 are needed"));
    assertThat(fit.rowsDropped()).hasToString("{no label=1, no size=25}");
  }

  @Test
  void refusesWhatCannotGiveAModel() {
    assertThatThrownBy(() -> IpcaTeacher.standard(Ipca.factors(5)).fit(data(0, 1)))
        .hasMessageStartingWith(
            "5 factors cannot be told apart by the 4 characteristics [constant");
    assertThatThrownBy(() -> SMALL.fit(data(60, 40)))
        .hasMessage(
            "of 20 days with known labels (horizon 40, lag 60) 20 can be used, 30 are needed");
    assertThatThrownBy(
            () -> new IpcaTeacher(Ipca.factors(2).until(1e-12, 2), 5, 30, Window.expanding(), 7)
                .fit(data(0, 1)))
        .isInstanceOf(NotConvergedException.class)
        .hasMessageStartingWith("the fit through the characteristics of 2010-02-02: IPCA with 2");
    assertThatThrownBy(() -> SMALL.over(Window.last(20)))
        .hasMessage("a fit of the last 20 rows can never hold minimumPeriods = 30");
    assertThatThrownBy(() -> new IpcaTeacher(Ipca.factors(2), 5, 30, Window.expanding(), 0))
        .hasMessage("refitEvery must be at least 1 day, was 0");
  }

  private LabelledCharacteristics data(int lag, int horizon) {
    return new LabelledCharacteristics(panel(), FIELDS, labels, lag, horizon);
  }

  private Panel panel() {
    Panel.Builder builder =
        Panel.builder(dates, IntStream.range(0, ASSETS).mapToObj(i -> "A" + i).toList());
    for (int l = 0; l < z.length; l++) {
      builder.field(FieldSpec.raw(FIELDS.get(l), "rank"), z[l]);
    }
    return builder.build();
  }
}

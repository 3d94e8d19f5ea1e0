package alphadistill.teacher.penalised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.teacher.FitReport;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.ElasticNet;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.Window;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PenalisedTeacherTest {
  private static final int ASSETS = 12;
  private static final List<String> FIELDS = List.of("value", "size", "noise");
  private static final PenalisedTeacher RIDGE =
      new PenalisedTeacher(new Penalty.Ridge(), Centring.BY_DATE, 5, 30, Window.expanding(), 7);
  private static final PenalisedTeacher NET = new PenalisedTeacher(
      new Penalty.ElasticNet(0.5), Centring.BY_DATE, 5, 30, Window.expanding(), 7);

  private final List<LocalDate> dates =
      Stream.iterate(LocalDate.of(2010, 1, 4), d -> d.plusDays(1)).limit(120).toList();
  private final float[][] z = new float[FIELDS.size()][dates.size() * ASSETS];
  private final float[] labels = new float[dates.size() * ASSETS];

  PenalisedTeacherTest() {
    simulate(1, 0.3);
  }

  private void simulate(long seed, double signal) {
    Random random = new Random(seed);
    for (int day = 0; day < dates.size(); day++) {
      double level = 0.2 * random.nextGaussian();
      for (int cell = day * ASSETS; cell < (day + 1) * ASSETS; cell++) {
        for (float[] field : z) {
          field[cell] = (float) (0.3 * level + random.nextGaussian());
        }
        labels[cell] = (float)
            (0.1 + level + signal * (z[0][cell] - 0.5 * z[1][cell]) + random.nextGaussian());
      }
    }
  }

  /** Ridge as least squares with a row sqrt(alpha) for each coefficient, the penalty tried by hand. */
  @ParameterizedTest
  @EnumSource(Centring.class)
  void ridgeIsLeastSquaresWithPenaltyRows(Centring centring) {
    for (Window periods : List.of(Window.expanding(), Window.last(33))) {
      PenalisedHistory history = RIDGE.centred(centring).over(periods).fit(data(1, 3));
      int first = periods.isExpanding() ? 0 : 44 - 33; // the third fit sees usable days up to 44
      // the last fifth is held out; a label of day d is known on d + 4
      int held = 44 - (44 - first) / 5;
      double best = Double.NaN;
      double least = Double.POSITIVE_INFINITY;
      for (double strength : new Penalty.Ridge().strengths()) {
        double[] b = penaltyRows(rows(centring, first, held - 3), strength);
        double sum = 0;
        for (double[] row : rows(centring, held, 44)) {
          double error = row[3] - b[0] - b[1] * row[0] - b[2] * row[1] - b[3] * row[2];
          sum += error * error;
        }
        if (sum < least) {
          least = sum;
          best = strength;
        }
      }
      LocalDate day = dates.get(43 + 4);
      assertThat(history.strengthAsOf(day)).isEqualTo(best);

      double[] expected = penaltyRows(rows(centring, first, 44), best);
      LinearFactorModel model = history.asOf(day);
      for (int c = 0; c < 3; c++) {
        assertThat(model.premia().get(c).value()).isCloseTo(expected[c + 1], within(1e-12));
      }
      if (centring == Centring.POOLED) {
        assertThat(model.intercept().value()).isCloseTo(expected[0], within(1e-12));
      }
    }
  }

  @Test
  void theInterceptOfCentredRowsIsTheMeanOfTheDaysOwn() {
    LinearFactorModel model = RIDGE.fit(data(0, 1)).asOf(dates.get(30));
    double sum = 0;
    for (int day = 0; day < 30; day++) {
      for (int cell = day * ASSETS; cell < (day + 1) * ASSETS; cell++) {
        sum +=
            labels[cell] - model.expectedReturn(new double[] {z[0][cell], z[1][cell], z[2][cell]});
      }
    }
    assertThat(sum / 30 / ASSETS).isCloseTo(0, within(1e-12));
  }

  @Test
  void anElasticNetHasTheCoefficientsOfItsStrength() {
    PenalisedHistory history = NET.fit(data(1, 3));
    LocalDate day = dates.get(110);
    int known = 107; // 30 + 11 x 7 days, the last of which is known on 110
    List<double[]> rows = rows(Centring.BY_DATE, 0, known);
    ElasticNet net = new ElasticNet(FIELDS);
    rows.forEach(row -> net.add(Arrays.copyOf(row, 3), row[3]));

    ElasticNet.Fit fit = net.solve(history.strengthAsOf(day) * net.emptyAt(0.5), 0.5);
    assertThat(history.asOf(day).fit().periodsUsed()).isEqualTo(known);
    for (int c = 0; c < 3; c++) {
      assertThat(history.asOf(day).premia().get(c).value())
          .isCloseTo(fit.coefficients()[c], within(1e-12));
    }
    assertThat(history.asOf(day).premia().get(0).value()).isCloseTo(0.3, within(0.1));
    assertThat(history.asOf(day).premia().get(0).tStatistic()).isNaN();
  }

  @Test
  void noiseIsPenalisedAndASignalIsNot() {
    double signal = RIDGE.fit(data(0, 1)).strengthAsOf(dates.get(119));
    simulate(3, 0);
    assertThat(RIDGE.fit(data(0, 1)).strengthAsOf(dates.get(119))).isGreaterThanOrEqualTo(1);
    assertThat(signal).isLessThanOrEqualTo(0.3);
  }

  @Test
  void aModelStaysUntilTheNextRefitIsKnown() {
    PenalisedHistory history = RIDGE.fit(data(1, 3));

    LocalDate first = dates.get(29 + 1 + 3);
    assertThat(history.firstDay()).isEqualTo(first);
    assertThat(history.refitDays().subList(0, 2)).containsExactly(first, dates.get(40));
    assertThat(history.asOf(dates.get(39))).isEqualTo(history.asOf(first));
    assertThat(history.asOf(dates.get(40))).isNotEqualTo(history.asOf(first));
    assertThat(history.asOf(dates.get(40)).fittedThrough()).isEqualTo(dates.get(40));
    assertThatThrownBy(() -> history.asOf(first.minusDays(1)))
        .hasMessageContaining("the first model is that of 2010-02-06");
  }

  @Test
  void theModelOfADayDoesNotChangeWhenLaterDaysDo() {
    for (int today : new int[] {33, 39, 46, 77}) { // on 40 and 47 a refit becomes known
      LocalDate day = dates.get(today);
      PenalisedTeacherTest changed = new PenalisedTeacherTest();
      for (int cell = 0; cell < labels.length; cell++) {
        if (cell / ASSETS > today) {
          changed.z[0][cell] = cell % 7 == 0 ? Float.NaN : 10 * changed.z[0][cell];
        }
        if (cell / ASSETS + 1 + 3 > today) { // the label contains a later return
          changed.labels[cell] = cell % 5 == 0 ? Float.NaN : 100 * changed.labels[cell] + 1;
        }
      }
      for (PenalisedTeacher teacher :
          List.of(RIDGE, RIDGE.over(Window.last(40)), NET, NET.centred(Centring.POOLED))) {
        LinearFactorModel before = teacher.fit(data(1, 3)).asOf(day);
        assertThat(teacher.fit(changed.data(1, 3)).asOf(day)).isEqualTo(before);
        LabelledCharacteristics truncated = new LabelledCharacteristics(
            panel().upTo(day), FIELDS, Arrays.copyOf(labels, (today + 1) * ASSETS), 1, 3);
        assertThat(teacher.fit(truncated).asOf(day)).isEqualTo(before);
        assertThat(before.fittedThrough()).isBeforeOrEqualTo(day);
      }
    }
  }

  /** A held-out label that is changed may change the penalty; one that overlaps it must not have been fitted. */
  @Test
  void noLabelThatReachesIntoTheHeldOutDaysIsFittedBeforeThem() {
    PenalisedHistory before = RIDGE.fit(data(1, 3));
    LocalDate first = before.firstDay();
    for (int day = 21; day < 24; day++) { // held out: 24 to 29; the label of day 20 is known on 24
      for (int cell = day * ASSETS; cell < (day + 1) * ASSETS; cell++) {
        labels[cell] = 1000 * (cell % 2);
      }
    }
    assertThat(RIDGE.fit(data(1, 3)).strengthAsOf(first)).isEqualTo(before.strengthAsOf(first));
    for (int cell = 20 * ASSETS; cell < 21 * ASSETS; cell++) {
      labels[cell] = 1000 * z[2][cell];
    }
    assertThat(RIDGE.fit(data(1, 3)).strengthAsOf(first)).isNotEqualTo(before.strengthAsOf(first));
  }

  @Test
  void skipsAndListsDaysThatCannotBeUsed() {
    Arrays.fill(z[1], 4 * ASSETS, 5 * ASSETS, Float.NaN);
    Arrays.fill(
        z[0], 6 * ASSETS, 7 * ASSETS, 2); // constant on a day, which a penalty does not mind
    labels[5 * ASSETS] = Float.NaN;

    FitReport fit = RIDGE.fit(data(0, 1)).asOf(dates.get(119)).fit();

    assertThat(fit.periodsSkipped())
        .containsExactly(new FitReport.Skipped(dates.get(4), "0 assets, 5 are needed"));
    assertThat(fit.rowsDropped()).hasToString("{no label=1, no size=12}");
  }

  @Test
  void refusesWhatCannotGiveAModel() {
    assertThatThrownBy(() -> RIDGE.fit(data(60, 40)))
        .hasMessage(
            "of 20 days with known labels (horizon 40, lag 60) 20 can be used, 30 are needed");
    assertThatThrownBy(() -> RIDGE.fit(data(10, 20)))
        .hasMessage(
            "a fit of 30 days holds out the last 6 to choose its penalty, and no label of the others is known before them (horizon 20, lag 10): use more days");
    assertThatThrownBy(() -> RIDGE.fit(data(0, 1).weightedBy("noise")))
        .hasMessageStartingWith(
            "rows are weighted by 'noise', but this estimator counts all alike");
    assertThatThrownBy(() -> RIDGE.over(Window.last(20)))
        .hasMessage("a fit of the last 20 rows can never hold minimumPeriods = 30");
    assertThatThrownBy(() -> new Penalty.ElasticNet(0)).hasMessageContaining("for 0 use ridge");
    assertThatThrownBy(() -> new PenalisedTeacher(
            new Penalty.Ridge(), Centring.POOLED, 1, 30, Window.expanding(), 7))
        .hasMessage("minimumAssets must be at least 2 to tell assets apart, was 1");
  }

  /** Characteristics and label of each row of the days {@code [from, to)}. */
  private List<double[]> rows(Centring centring, int from, int to) {
    List<double[]> rows = new ArrayList<>();
    for (int day = from; day < to; day++) {
      double[] mean = new double[4];
      for (int asset = 0; centring == Centring.BY_DATE && asset < ASSETS; asset++) {
        for (int c = 0; c < 4; c++) {
          mean[c] += (c < 3 ? z[c] : labels)[day * ASSETS + asset] / (double) ASSETS;
        }
      }
      for (int asset = 0; asset < ASSETS; asset++) {
        double[] row = new double[4];
        for (int c = 0; c < 4; c++) {
          row[c] = (c < 3 ? z[c] : labels)[day * ASSETS + asset] - mean[c];
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** Intercept and slopes: the rows, then for each slope a row sqrt(n strength) with the label 0. */
  private static double[] penaltyRows(List<double[]> rows, double strength) {
    int n = rows.size();
    double[][] columns = new double[4][n + 3];
    double[] y = new double[n + 3];
    for (int row = 0; row < n; row++) {
      columns[0][row] = 1;
      for (int c = 0; c < 3; c++) {
        columns[c + 1][row] = rows.get(row)[c];
      }
      y[row] = rows.get(row)[3];
    }
    for (int c = 0; c < 3; c++) {
      columns[c + 1][n + c] = Math.sqrt(n * strength);
    }
    return LeastSquares.fit(Design.ofColumns(List.of("one", "a", "b", "c"), columns), y)
        .coefficients();
  }

  private LabelledCharacteristics data(int lag, int horizon) {
    return new LabelledCharacteristics(panel(), FIELDS, labels, lag, horizon);
  }

  private Panel panel() {
    Panel.Builder builder =
        Panel.builder(dates, IntStream.range(0, ASSETS).mapToObj(i -> "A" + i).toList());
    for (int l = 0; l < z.length; l++) {
      builder.field(FieldSpec.raw(FIELDS.get(l), "z"), z[l]);
    }
    return builder.build();
  }
}

package alphadistill.cli.teacher.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import alphadistill.cli.config.RunConfig;
import alphadistill.cli.distill.ObservedMarket;
import alphadistill.student.fold.Span;
import alphadistill.student.sample.CrossSection;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.teacher.LinearFactorModel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Figures of a fitted teacher, against plainer ways to the same numbers. */
class TeacherFitTest {

  @Test
  void rankIcIsTheMeanOverDatesOfForecastsByTheModelKnownThen() {
    Study study = study();
    FactorTeaching teaching = FactorTeaching.of(study);
    AtomicInteger steps = new AtomicInteger();

    TeacherFit fit = TeacherFit.of(study, teaching, steps::incrementAndGet);

    Samples samples = study.labelledEveryDay(
        study.forecastable(new Span(teaching.firstDay(), study.dates().size() - 1)));
    double[] labels = new double[samples.size()];
    Arrays.setAll(labels, i -> study.target(samples.day()[i], samples.asset()[i]));
    double[] answers = teaching.answers(
        teaching.inputs(samples.day(), samples.asset()),
        n -> teaching.asOf(samples.day()[n]));
    assertThat(fit.outOfSample().rankIc().mean())
        .isCloseTo(CrossSection.meanRankCorrelation(samples, answers, labels), within(1e-12));
    double missed = 0;
    double all = 0;
    for (int i = 0; i < labels.length; i++) {
      missed += Math.pow(labels[i] - answers[i], 2);
      all += labels[i] * labels[i];
    }
    assertThat(fit.outOfSample().r2().uncentred()).isCloseTo(1 - missed / all, within(1e-12));
    assertThat(fit.outOfSample().r2().centred())
        .as("labels have mean zero on each date")
        .isCloseTo(1 - missed / all, within(1e-6));
    assertThat(steps).hasValue(TeacherFit.days(study, teaching));
  }

  @Test
  void thePathEndsInTheLastModelAndBeginsWithTheFirst() {
    Study study = study("teacher.type=time_series");
    FactorTeaching teaching = FactorTeaching.of(study);
    TeacherFit fit = TeacherFit.of(study, teaching, () -> {});
    LinearFactorModel first = teaching.asOf(teaching.firstDay());
    int last = fit.path().dates().size() - 1;

    assertThat(fit.path().dates().get(0)).isEqualTo(study.dates().get(teaching.firstDay()));
    for (int f = 0; f < fit.factors().size(); f++) {
      assertThat(fit.path().premia()[f][0]).isEqualTo(first.premia().get(f).value());
      assertThat(fit.path().errors()[f][last])
          .isEqualTo(fit.model().premia().get(f).standardError());
    }
    assertThat(fit.onReturns()).isTrue();
    assertThat(fit.path().loadings()).hasNumberOfRows(fit.factors().size());
  }

  @Test
  void ofOneCharacteristicTheDatesR2IsItsSquaredCorrelationWithTheLabels() {
    Study study = study("teacher.characteristics=[c2]");
    FactorTeaching teaching = FactorTeaching.of(study);
    TeacherFit fit = TeacherFit.of(study, teaching, () -> {});
    int field = study.features().fieldIndex("c2");
    double sum = 0;
    int dates = 0;
    for (int day = teaching.firstDay(); day < study.dates().size(); day++) {
      Samples samples = study.labelled(new Span(day, day));
      if (samples.size() > 0) {
        double r = correlation(study, samples, field);
        sum += r * r;
        dates++;
      }
    }

    assertThat(fit.map().mean()).isCloseTo(sum / dates, within(1e-9));
    assertThat(fit.diagnosis().inflation().get(0).largest())
        .as("nothing else to be confused with")
        .isCloseTo(1, within(1e-9));
  }

  private static double correlation(Study study, Samples samples, int field) {
    double xx = 0;
    double yy = 0;
    double xy = 0;
    double mx = 0;
    double my = 0;
    int n = samples.size();
    for (int i = 0; i < n; i++) {
      mx += study.features().value(field, samples.day()[i], samples.asset()[i]) / n;
      my += study.target(samples.day()[i], samples.asset()[i]) / n;
    }
    for (int i = 0; i < n; i++) {
      double x = study.features().value(field, samples.day()[i], samples.asset()[i]) - mx;
      double y = study.target(samples.day()[i], samples.asset()[i]) - my;
      xx += x * x;
      yy += y * y;
      xy += x * y;
    }
    return xy / Math.sqrt(xx * yy);
  }

  @Test
  void residualsOfOverlappingLabelsAreTakenEveryHorizon() {
    Study study = study();
    Forecasts forecasts = Forecasts.of(study, FactorTeaching.of(study), () -> {});
    double[][] errors = forecasts.errorsByAsset(study.assets(), 5);
    Forecasts.Day third = forecasts.days().get(10);

    assertThat(errors[third.assets()[3]][2]).isEqualTo(third.labels()[3] - third.answers()[3]);
    assertThat(errors[0]).hasSize((forecasts.days().size() + 4) / 5);
  }

  private static Study study(String... overrides) {
    String[] all = Arrays.copyOf(
        new String[] {
          "data.simulated.assets=24",
          "data.simulated.days=330",
          "data.minimumAssets=10",
          "folds.train=160",
          "folds.validation=30",
          "folds.test=75"
        },
        6 + overrides.length);
    System.arraycopy(overrides, 0, all, 6, overrides.length);
    RunConfig config = RunConfig.of(all);
    return Study.of(ObservedMarket.read(config.data()).data(), config.study());
  }
}

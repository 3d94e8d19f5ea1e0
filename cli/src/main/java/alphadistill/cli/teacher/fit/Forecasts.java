package alphadistill.cli.teacher.fit;

import alphadistill.data.DataException;
import alphadistill.student.fold.Span;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.teacher.LinearFactorModel;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The teacher's answers of every day with known labels, each by the model known at that day's close.
 *
 * @param days one for each date, rising
 */
record Forecasts(List<Day> days) {

  /**
   * One date.
   *
   * @param day index
   * @param assets index of each sample's asset, rising
   * @param answers one for each sample, in deviations of the date's cross-section
   * @param labels in the same unit, finite
   */
  record Day(int day, int[] assets, double[] answers, double[] labels) {

    /** What the answers leave over. */
    double[] errors() {
      double[] errors = new double[labels.length];
      Arrays.setAll(errors, i -> labels[i] - answers[i]);
      return errors;
    }
  }

  /** @throws DataException if no date has both */
  static Forecasts of(Study study, FactorTeaching teaching, Runnable step) {
    List<Day> days = IntStream.range(teaching.firstDay(), study.dates().size())
        .parallel() // each day stands alone, and they are put in order
        .mapToObj(day -> {
          Day answered = of(study, teaching, day);
          step.run();
          return answered;
        })
        .filter(Objects::nonNull)
        .toList();
    if (days.isEmpty()) {
      throw new DataException(
          "the teacher has its first model on %s, and no date from there to %s has samples with a known label of %d days: use a longer history or a smaller teacher.minimum"
              .formatted(
                  study.dates().get(teaching.firstDay()),
                  study.dates().get(study.dates().size() - 1),
                  study.spec().label().horizon()));
    }
    return new Forecasts(days);
  }

  private static Day of(Study study, FactorTeaching teaching, int day) {
    Samples samples = study.labelled(new Span(day, day));
    if (samples.size() == 0) {
      return null;
    }
    LinearFactorModel model = teaching.asOf(day).requireUsableOn(study.dates().get(day + 1));
    double[] labels = new double[samples.size()];
    Arrays.setAll(labels, i -> study.target(day, samples.asset()[i]));
    return new Day(
        day, samples.asset(), teaching.answers(samples.day(), samples.asset(), n -> model), labels);
  }

  /** The last of the dates that share what {@code key} says of them, in order. */
  int[] lastOfEach(Study study, Function<LocalDate, ?> key) {
    return IntStream.range(0, days.size())
        .filter(i -> i == days.size() - 1
            || !key.apply(date(study, i)).equals(key.apply(date(study, i + 1))))
        .map(i -> days.get(i).day())
        .toArray();
  }

  private LocalDate date(Study study, int index) {
    return study.dates().get(days.get(index).day());
  }

  /** Errors of non-overlapping labels: {@code [asset][date]}, every {@code step}-th date, NaN = missing. */
  double[][] errorsByAsset(int assets, int step) {
    int count = (days.size() + step - 1) / step;
    double[][] errors = new double[assets][count];
    for (double[] series : errors) {
      Arrays.fill(series, Double.NaN);
    }
    for (int i = 0; i < count; i++) {
      Day day = days.get(i * step);
      double[] left = day.errors();
      for (int n = 0; n < left.length; n++) {
        errors[day.assets()[n]][i] = left[n];
      }
    }
    return errors;
  }
}

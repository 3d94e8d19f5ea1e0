package alphadistill.cli.teacher.fit;

import alphadistill.augment.window.TeacherInputs;
import alphadistill.backtest.significance.HacMean;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.teacher.diagnostics.LoadingStability;
import alphadistill.teacher.regression.CollinearRegressorsException;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.ErrorRule;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.Regression;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Inside a teacher on characteristics: the labels of each date, regressed on them. */
final class CharacteristicAnatomy implements Anatomy {
  private static final int MONTHS = 12;

  private final Study study;
  private final FactorTeaching teaching;
  private final Forecasts forecasts;
  private final List<String> names;
  private final Regression[]
      fits; // one a date; null where the characteristics are collinear or rows are few

  CharacteristicAnatomy(Study study, FactorTeaching teaching, Forecasts forecasts) {
    this.study = study;
    this.teaching = teaching;
    this.forecasts = forecasts;
    this.names = teaching.asOf(study.dates().size() - 1).factors();
    this.fits = forecasts.days().stream().map(this::fit).toArray(Regression[]::new);
  }

  private Regression fit(Forecasts.Day day) {
    if (day.labels().length < names.size() + 2) {
      return null;
    }
    try {
      return LeastSquares.fit(
          Design.withConstant(names, columns(day.day(), day.assets())), day.labels());
    } catch (CollinearRegressorsException e) {
      return null;
    }
  }

  @Override
  public double[][] regressors(int day) {
    return columns(
        day,
        IntStream.range(0, study.assets())
            .filter(asset -> study.isEligible(day, asset))
            .toArray());
  }

  private double[][] columns(int day, int[] assets) {
    int[] days = new int[assets.length];
    Arrays.fill(days, day);
    double[] values = ((TeacherInputs.Characteristics) teaching.inputs(days, assets)).values();
    double[][] columns = new double[names.size()][assets.length];
    for (int row = 0; row < assets.length; row++) {
      for (int c = 0; c < columns.length; c++) {
        columns[c][row] = values[row * columns.length + c];
      }
    }
    return columns;
  }

  @Override
  public FitMap map() {
    int first = date(0).getYear();
    int last = date(fits.length - 1).getYear();
    double[][] sums = new double[last - first + 1][MONTHS];
    int[][] counts = new int[sums.length][MONTHS];
    for (int i = 0; i < fits.length; i++) {
      if (fits[i] != null) {
        sums[date(i).getYear() - first][date(i).getMonthValue() - 1] += fits[i].rSquared();
        counts[date(i).getYear() - first][date(i).getMonthValue() - 1]++;
      }
    }
    for (int year = 0; year < sums.length; year++) {
      for (int month = 0; month < MONTHS; month++) {
        sums[year][month] /= counts[year][month]; // NaN for none
      }
    }
    return new FitMap(
        false,
        IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList(),
        List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        sums,
        Arrays.stream(fits)
            .filter(Objects::nonNull)
            .mapToDouble(Regression::rSquared)
            .average()
            .orElse(Double.NaN));
  }

  private LocalDate date(int index) {
    return study.dates().get(forecasts.days().get(index).day());
  }

  @Override
  public Diagnosis.Drift drift() {
    List<double[]> slopes = new ArrayList<>();
    for (Regression fit : fits) {
      if (fit != null) {
        slopes.add(fit.coefficients());
      }
    }
    double[] distances = new double[names.size()];
    Arrays.fill(distances, Double.NaN);
    int dates = slopes.size();
    if (dates >= 4) {
      double[][] ones = new double[1][dates];
      Arrays.fill(ones[0], 1);
      Design constant = Design.ofColumns(List.of(Design.CONSTANT), ones);
      ErrorRule errors =
          ErrorRule.hac(HacMean.lagFor(dates / 2, study.spec().label().horizon()));
      for (int c = 0; c < distances.length; c++) {
        int coefficient = c + 1;
        double[] series = slopes.stream().mapToDouble(s -> s[coefficient]).toArray();
        distances[c] =
            LoadingStability.halves(constant, series, errors).distances().get(0);
      }
    }
    return new Diagnosis.Drift(false, distances, 0);
  }

  @Override
  public Diagnosis.Residuals residuals() {
    int horizon = study.spec().label().horizon();
    return Diagnosis.Residuals.of(
        "label less forecast, every %s date so that labels do not overlap"
            .formatted(horizon == 1 ? "single" : horizon + "th"),
        study.prices().assets(),
        forecasts.errorsByAsset(study.assets(), horizon),
        4 * Diagnosis.LAGS);
  }
}

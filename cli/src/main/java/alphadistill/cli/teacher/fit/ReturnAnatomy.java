package alphadistill.cli.teacher.fit;

import alphadistill.augment.window.TeacherInputs;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.teacher.diagnostics.LoadingStability;
import alphadistill.teacher.regression.CollinearRegressorsException;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.ErrorRule;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.Regression;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Inside a teacher on returns: each asset's daily returns, regressed on those of the factors over a window. */
final class ReturnAnatomy implements Anatomy {
  private static final double CRITICAL = 1.96;

  private final Study study;
  private final FactorTeaching teaching;
  private final List<String> names;
  private final int[] yearEnds;
  private final Window[][] windows; // [year end][asset]; null where there are too few rows

  /** The complete rows of one asset's window and their regression. */
  private record Window(Design design, double[] returns, Regression fit) {}

  ReturnAnatomy(Study study, FactorTeaching teaching, Forecasts forecasts) {
    this.study = study;
    this.teaching = teaching;
    this.names = teaching.asOf(study.dates().size() - 1).factors();
    this.yearEnds = forecasts.lastOfEach(study, LocalDate::getYear);
    this.windows = Arrays.stream(yearEnds).mapToObj(this::windows).toArray(Window[][]::new);
  }

  private Window[] windows(int day) {
    return IntStream.range(0, study.assets())
        .mapToObj(asset -> study.isEligible(day, asset) ? window(day, asset) : null)
        .toArray(Window[]::new);
  }

  private TeacherInputs.ReturnHistory history(int day, int asset) {
    return (TeacherInputs.ReturnHistory) teaching.inputs(new int[] {day}, new int[] {asset});
  }

  private Window window(int day, int asset) {
    TeacherInputs.ReturnHistory history = history(day, asset);
    int[] rows = IntStream.range(0, history.days())
        .filter(row -> Double.isFinite(history.asset()[row]) && hasFactors(history, row))
        .toArray();
    int least = Math.max(study.spec().teacher().minimum(), names.size() + 2);
    if (rows.length < least) {
      return null;
    }
    double[] returns =
        Arrays.stream(rows).mapToDouble(row -> history.asset()[row]).toArray();
    Design design = Design.withConstant(names, columns(history, rows));
    try {
      return new Window(design, returns, LeastSquares.fit(design, returns));
    } catch (CollinearRegressorsException e) {
      return null;
    }
  }

  private static boolean hasFactors(TeacherInputs.ReturnHistory history, int row) {
    return IntStream.range(0, history.factors())
        .allMatch(f -> Double.isFinite(history.factor()[row * history.factors() + f]));
  }

  private static double[][] columns(TeacherInputs.ReturnHistory history, int[] rows) {
    double[][] columns = new double[history.factors()][rows.length];
    for (int f = 0; f < columns.length; f++) {
      for (int i = 0; i < rows.length; i++) {
        columns[f][i] = history.factor()[rows[i] * columns.length + f];
      }
    }
    return columns;
  }

  @Override
  public double[][] regressors(int day) {
    TeacherInputs.ReturnHistory history = history(day, 0); // factors are the same for all
    return columns(
        history,
        IntStream.range(0, history.days())
            .filter(row -> hasFactors(history, row))
            .toArray());
  }

  @Override
  public FitMap map() {
    int[] known = IntStream.range(0, study.assets())
        .filter(asset -> Arrays.stream(windows).anyMatch(year -> year[asset] != null))
        .toArray();
    double[][] cells = Arrays.stream(known)
        .mapToObj(asset -> Arrays.stream(windows)
            .mapToDouble(
                year -> year[asset] == null ? Double.NaN : year[asset].fit().rSquared())
            .toArray())
        .toArray(double[][]::new);
    return new FitMap(
        true,
        Arrays.stream(known).mapToObj(study.prices().assets()::get).toList(),
        Arrays.stream(yearEnds)
            .mapToObj(day -> Integer.toString(study.dates().get(day).getYear()))
            .toList(),
        cells,
        Arrays.stream(newest())
            .filter(window -> window != null)
            .mapToDouble(window -> window.fit().rSquared())
            .average()
            .orElse(Double.NaN));
  }

  private Window[] newest() {
    return windows[windows.length - 1];
  }

  @Override
  public Diagnosis.Drift drift() {
    int[] apart = new int[names.size()];
    int assets = 0;
    for (Window window : newest()) {
      List<Double> distances = window == null ? List.of() : distances(window);
      assets += distances.isEmpty() ? 0 : 1;
      for (int f = 0; f < apart.length && !distances.isEmpty(); f++) {
        apart[f] += Math.abs(distances.get(f + 1)) > CRITICAL ? 1 : 0;
      }
    }
    double compared = assets;
    return new Diagnosis.Drift(
        true, Arrays.stream(apart).mapToDouble(count -> count / compared).toArray(), assets);
  }

  /** Constant first; empty where a half has too few rows or collinear factors. */
  private static List<Double> distances(Window window) {
    if (window.returns().length / 2 <= window.design().width()) {
      return List.of();
    }
    try {
      return LoadingStability.halves(window.design(), window.returns(), ErrorRule.hc1())
          .distances();
    } catch (CollinearRegressorsException e) {
      return List.of();
    }
  }

  @Override
  public Diagnosis.Residuals residuals() {
    double[][] residuals = Arrays.stream(newest())
        .map(window -> window == null ? new double[0] : window.fit().residuals())
        .toArray(double[][]::new);
    return Diagnosis.Residuals.of(
        "daily returns less their regression over the newest window",
        study.prices().assets(),
        residuals,
        4 * Diagnosis.LAGS);
  }
}

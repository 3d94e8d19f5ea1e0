package alphadistill.cli.teacher.fit;

import alphadistill.student.study.Study;
import alphadistill.teacher.diagnostics.Collinearity;
import alphadistill.teacher.diagnostics.LoadingStability;
import alphadistill.teacher.diagnostics.ResidualAutocorrelation;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What to look at before the teacher is believed.
 *
 * @param inflation variance inflation of each factor over the last dates of the months
 * @param condition condition number of the regressors over the same dates
 * @param change mean absolute change of each factor's premium, or of its mean loading, from month to month
 * @param drift of each factor from the first half to the second
 * @param residuals whether what is left over repeats itself
 */
public record Diagnosis(
    List<Range> inflation, Range condition, double[] change, Drift drift, Residuals residuals) {

  /** Level of each test of residuals. */
  public static final double LEVEL = 0.05;

  /** Autocorrelations tested: a trading week, or as many labels. */
  static final int LAGS = 5;

  /** Values over dates: the newest one, the middle one, the largest one. */
  public record Range(double newest, double median, double largest) {
    static Range of(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int middle = sorted.length / 2;
      return new Range(
          values[values.length - 1],
          sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
          sorted[sorted.length - 1]);
    }
  }

  /**
   * Change from the first half to the second.
   *
   * @param ofAssets true: values are shares of assets whose betas lie more than 1.96 errors apart, 5 % of which would by
   *     chance; false: values are the distances of the mean slopes in standard errors
   * @param values one for each factor; NaN = too little data
   * @param assets that were compared; 0 if not of assets
   */
  public record Drift(boolean ofAssets, double[] values, int assets) {
    /** In a sentence. */
    public String meaning() {
      return ofAssets
          ? "share of %d assets whose betas in both halves of the newest window lie more than 1.96 errors apart; 5 %% would by chance"
              .formatted(assets)
          : "mean of the dates' slopes in the second half less that in the first, in Newey-West standard errors";
    }
  }

  /**
   * Ljung-Box tests of assets.
   *
   * @param meaning what the residuals are
   * @param tests empty where no asset has enough of them
   * @param tooShort assets left out because they have too few
   */
  public record Residuals(String meaning, List<ResidualAutocorrelation> tests, int tooShort) {
    public Residuals {
      tests = List.copyOf(tests);
    }

    /** Tests the assets that have at least {@code least} residuals that are not all the same. */
    static Residuals of(String meaning, List<String> assets, double[][] residuals, int least) {
      List<Integer> tested = IntStream.range(0, assets.size())
          .filter(asset -> isLong(residuals[asset], least))
          .boxed()
          .toList();
      if (tested.isEmpty()) {
        return new Residuals(meaning, List.of(), assets.size());
      }
      return new Residuals(
          meaning,
          List.of(ResidualAutocorrelation.of(
              tested.stream().map(assets::get).toList(),
              tested.stream().map(asset -> residuals[asset]).toArray(double[][]::new),
              LAGS,
              LEVEL)),
          assets.size() - tested.size());
    }

    private static boolean isLong(double[] series, int least) {
      double[] there = Arrays.stream(series).filter(Double::isFinite).toArray();
      return there.length >= least && Arrays.stream(there).distinct().limit(2).count() == 2;
    }
  }

  static Diagnosis of(Study study, Forecasts forecasts, ModelPath path, Anatomy anatomy) {
    List<Collinearity> months = Arrays.stream(forecasts.lastOfEach(study, YearMonth::from))
        .mapToObj(anatomy::regressors)
        .filter(columns -> columns[0].length >= 2)
        .map(columns -> Collinearity.of(path.factors(), columns))
        .toList();
    List<Range> inflation = new ArrayList<>();
    for (int f = 0; f < path.factors().size(); f++) {
      int factor = f;
      inflation.add(Range.of(months.stream()
          .mapToDouble(month -> month.varianceInflation().get(factor))
          .toArray()));
    }
    return new Diagnosis(
        inflation,
        Range.of(months.stream().mapToDouble(Collinearity::conditionNumber).toArray()),
        change(path),
        anatomy.drift(),
        anatomy.residuals());
  }

  private static double[] change(ModelPath path) {
    double[][] followed = path.loadings().length > 0 ? path.loadings() : path.premia();
    return LoadingStability.meanAbsoluteChange(Arrays.stream(path.monthEnds())
        .mapToObj(at -> Arrays.stream(followed).mapToDouble(f -> f[at]).toArray())
        .toArray(double[][]::new));
  }
}

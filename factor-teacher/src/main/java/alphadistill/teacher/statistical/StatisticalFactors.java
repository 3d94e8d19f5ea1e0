package alphadistill.teacher.statistical;

import alphadistill.data.panel.FactorReturns;
import alphadistill.teacher.FactorEstimator;
import alphadistill.teacher.regression.Window;
import alphadistill.teacher.timeseries.ExcessReturns;
import alphadistill.teacher.timeseries.TimeSeriesBetas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Factor model of statistical factors. Every {@code refitDays} days loadings are found in the window that ends there and
 * turned towards those before ({@link Procrustes}). They fix portfolios, and the returns of these portfolios on the days
 * <em>after</em>, up to and including the next refit, are the factor returns. So a factor return is known at the close of
 * its day, is never revised, and is out of sample; there is none before the first refit. A window with too few rows or
 * assets is tried again the day after, and the loadings before stay in force.
 *
 * <p>From there on a statistical factor is a traded one: {@link TimeSeriesBetas} gives betas on the factor returns of any
 * window and premia as mean factor returns known so far times the horizon; the intercept is zero.
 *
 * <pre>{@code
 * StatisticalHistory history = StatisticalFactors.standard(5, 21).fit(ExcessReturns.ofExcess(panel, "excess"));
 * LinearFactorModel model = history.asOf(day);
 * }</pre>
 *
 * @param factors number of factors K, at least 1
 * @param extraction how loadings are found
 * @param window rows that loadings are found in
 * @param minimumRows rows with returns below which nothing is fitted
 * @param refitDays trading days from one refit to the next, at least 1
 * @param betas how betas and premia are estimated from the factor returns
 */
public record StatisticalFactors(
    int factors,
    FactorExtraction extraction,
    Window window,
    int minimumRows,
    int refitDays,
    TimeSeriesBetas betas)
    implements FactorEstimator<ExcessReturns, StatisticalHistory> {

  public StatisticalFactors {
    if (factors < 1) {
      throw new IllegalArgumentException("at least 1 factor is needed, was " + factors);
    }
    if (minimumRows <= factors) {
      throw new IllegalArgumentException(
          "minimumRows of %d do not vary in %d directions about their mean; use at least %d"
              .formatted(minimumRows, factors, factors + 1));
    }
    if (minimumRows > window.rows()) {
      throw new IllegalArgumentException(
          "minimumRows of %d never fit into the %s".formatted(minimumRows, window));
    }
    if (refitDays < 1) {
      throw new IllegalArgumentException(
          "refitDays must be at least 1 trading day, was " + refitDays);
    }
  }

  /** Components of the correlations of the last year, found anew each month; betas as those of traded factors. */
  public static StatisticalFactors standard(int factors, int horizon) {
    return new StatisticalFactors(
        factors,
        new FactorExtraction.OfCorrelation(),
        Window.last(252),
        252,
        21,
        TimeSeriesBetas.standard(horizon));
  }

  /**
   * @param data returns; factors that stand beside them are not used
   * @throws IllegalArgumentException if no window holds enough rows and assets, or no asset has a beta
   */
  @Override
  public StatisticalHistory fit(ExcessReturns data) {
    List<Refit> refits = refits(data);
    FactorReturns factorReturns = new FactorReturns(
        data.dates(),
        FactorLoadings.names(factors),
        factorReturns(data, refits),
        data.factors().riskFree());
    return new StatisticalHistory(
        data.dates(),
        refits,
        factorReturns,
        betas.fit(new ExcessReturns(data.assets(), factorReturns, data.excess())));
  }

  private List<Refit> refits(ExcessReturns data) {
    List<FitWindow> windows = new ArrayList<>();
    int due = minimumRows - 1;
    int mostRows = 0;
    int mostAssets = 0;
    for (int day = due; day < data.days(); day = Math.max(day + 1, due)) {
      FitWindow candidate = FitWindow.of(data, window.firstRow(day), day);
      mostRows = Math.max(mostRows, candidate.rows().length);
      mostAssets = Math.max(mostAssets, candidate.assets().length);
      if (candidate.rows().length >= minimumRows && candidate.assets().length > factors) {
        windows.add(candidate);
        due = day + refitDays; // a window that is too thin is tried again the day after
      }
    }
    if (windows.isEmpty()) {
      throw new IllegalArgumentException(
          "no window of %d days holds %d rows and more than %d assets with a return in all of them: at most %d rows and %d assets were found"
              .formatted(data.days(), minimumRows, factors, mostRows, mostAssets));
    }
    List<Supplier<FactorLoadings>> loadings = windows.parallelStream()
        .map(found -> attempt(found, data)) // each stands alone before it is turned
        .toList();
    List<Refit> refits = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      FitWindow found = windows.get(i);
      FactorLoadings plain = loadings.get(i).get();
      FactorLoadings turned =
          i == 0 ? plain : plain.turnedTowards(refits.get(i - 1).loadings());
      refits.add(new Refit(found.rows()[0], found.day(), found.assets(), turned));
    }
    return refits;
  }

  /** A failure is kept and thrown when its day's turn comes; a parallel stream would wrap any one of them. */
  private Supplier<FactorLoadings> attempt(FitWindow found, ExcessReturns data) {
    try {
      FactorLoadings loadings = found.extract(data, extraction, factors);
      return () -> loadings;
    } catch (IllegalArgumentException e) {
      return () -> {
        throw e;
      };
    }
  }

  private double[][] factorReturns(ExcessReturns data, List<Refit> refits) {
    double[][] returns = new double[data.days()][factors];
    for (int day = 0; day <= refits.get(0).day(); day++) {
      Arrays.fill(returns[day], Double.NaN);
    }
    for (int i = 0; i < refits.size(); i++) {
      Refit refit = refits.get(i);
      int end = i + 1 < refits.size() ? refits.get(i + 1).day() : data.days() - 1;
      IntStream.rangeClosed(refit.day() + 1, end).parallel().forEach(day -> {
        double[] own = Arrays.stream(refit.assets())
            .mapToDouble(asset -> data.excess()[asset][day])
            .toArray();
        returns[day] = refit.loadings().factorReturns(own);
      });
    }
    return returns;
  }
}

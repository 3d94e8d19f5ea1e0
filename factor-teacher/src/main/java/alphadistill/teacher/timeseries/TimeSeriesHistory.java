package alphadistill.teacher.timeseries;

import alphadistill.teacher.Exposures.RegressionBetas;
import alphadistill.teacher.FactorHistory;
import alphadistill.teacher.FitReport;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.Premium;
import alphadistill.teacher.regression.NeweyWest;
import alphadistill.teacher.regression.RollingCoefficients;
import alphadistill.teacher.regression.VasicekPrior;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The time-series factor model and the betas of every day. Immutable.
 *
 * <p>The prior of a day is the cross-section of that day's betas, of all assets that have one.
 */
public final class TimeSeriesHistory implements FactorHistory {
  private final TimeSeriesBetas rule;
  private final ExcessReturns data;
  private final RollingCoefficients fits;
  private final RegressionBetas[] exposures; // by day; null where no asset has a beta
  private final int[] factorDays; // days with all factor returns, rising
  private final int[] assetRows; // by day: assets with a return

  TimeSeriesHistory(TimeSeriesBetas rule, ExcessReturns data, RollingCoefficients fits) {
    this.rule = rule;
    this.data = data;
    this.fits = fits;
    this.exposures = IntStream.range(0, data.days())
        .parallel() // each day stands alone
        .mapToObj(this::exposuresOn)
        .toArray(RegressionBetas[]::new);
    this.factorDays = IntStream.range(0, data.days()).filter(data::hasFactors).toArray();
    this.assetRows = new int[data.days()];
    for (double[] series : data.excess()) {
      for (int day = 0; day < assetRows.length; day++) {
        assetRows[day] += Double.isNaN(series[day]) ? 0 : 1;
      }
    }
    if (Arrays.stream(exposures).allMatch(Objects::isNull)) {
      int most = IntStream.range(0, fits.assets())
          .flatMap(
              asset -> IntStream.range(0, fits.days()).map(day -> fits.observations(asset, day)))
          .max()
          .orElse(0);
      throw new IllegalArgumentException(
          "no asset has a beta on any day: the best window holds %d complete rows, %d are needed (%s to %s, %d days with all factors)"
              .formatted(
                  most,
                  rule.regression().minimumObservations(),
                  data.dates().get(0),
                  data.dates().get(data.days() - 1),
                  factorDays.length));
    }
  }

  @Override
  public LocalDate firstDay() {
    for (int day = 0; day < data.days(); day++) {
      if (exposures[day] != null) {
        return data.dates().get(day);
      }
    }
    throw new IllegalStateException("a history has at least one model");
  }

  @Override
  public LinearFactorModel asOf(LocalDate date) {
    int today = dayOnOrBefore(date);
    RegressionBetas betas = today < 0 ? null : exposures[today];
    if (betas == null) {
      throw new IllegalArgumentException(
          "on %s no asset has %d complete rows in the %s; the first model is that of %s"
              .formatted(
                  date,
                  rule.regression().minimumObservations(),
                  rule.regression().window(),
                  firstDay()));
    }
    int known = factorDaysBy(today);
    int[] averaged = Arrays.copyOfRange(factorDays, rule.premia().firstRow(known - 1), known);
    int lag = NeweyWest.ruleLag(averaged.length, rule.horizon());
    List<Premium> premia = new ArrayList<>();
    for (int f = 0; f < data.factors().names().size(); f++) {
      int factor = f;
      double[] returns = Arrays.stream(averaged)
          .mapToDouble(day -> data.factors().returns()[day][factor])
          .toArray();
      premia.add(new Premium(
          data.factors().names().get(f),
          rule.horizon() * Arrays.stream(returns).sum() / returns.length,
          rule.horizon() * NeweyWest.errorOfMean(returns, lag)));
    }
    return new LinearFactorModel(
        new Premium("intercept", 0, 0), premia, rule.horizon(), betas, report(averaged, today));
  }

  /**
   * The exposures an asset had at the close of a day, shrunk as the model of that day does; the prior mean where its
   * history is too short, NaN where no asset has a beta.
   */
  public double[] betas(int asset, int day) {
    RegressionBetas today = exposures[day];
    if (today == null) {
      double[] none = new double[data.factors().names().size()];
      Arrays.fill(none, Double.NaN);
      return none;
    }
    return fits.isFitted(asset, day)
        ? today.shrink(fits.coefficients(asset, day), fits.standardErrors(asset, day))
        : today.priors().stream().mapToDouble(VasicekPrior::mean).toArray();
  }

  /** The unshrunk regressions, with constants, errors and R2. */
  public RollingCoefficients regressions() {
    return fits;
  }

  /** Assets that never have enough history for a beta of their own on or before a day. */
  public List<String> assetsWithoutBeta(LocalDate date) {
    int today = dayOnOrBefore(date);
    return IntStream.range(0, fits.assets())
        .filter(
            asset -> IntStream.rangeClosed(0, today).noneMatch(day -> fits.isFitted(asset, day)))
        .mapToObj(data.assets()::get)
        .toList();
  }

  private RegressionBetas exposuresOn(int day) {
    List<VasicekPrior> priors = new ArrayList<>();
    for (int factor = 0; factor < fits.width() - 1; factor++) {
      int coefficient = factor + 1;
      double[] betas = IntStream.range(0, fits.assets())
          .mapToDouble(asset -> fits.coefficient(asset, day, coefficient))
          .filter(beta -> !Double.isNaN(beta))
          .toArray();
      if (betas.length == 0) {
        return null;
      }
      VasicekPrior prior = VasicekPrior.of(betas);
      priors.add(
          rule.shrinkage() == TimeSeriesBetas.Shrinkage.VASICEK
              ? prior
              : VasicekPrior.flat(prior.mean()));
    }
    return new RegressionBetas(data.factors().names(), rule.regression(), priors);
  }

  /** Counts rows from the first day that premia or betas look back to, days before the first factor return left out. */
  private FitReport report(int[] averaged, int today) {
    long used = 0;
    long noReturn = 0;
    long noFactors = 0;
    int window = Math.max(factorDays[0], rule.regression().window().firstRow(today));
    int first = Math.min(averaged[0], window);
    List<FitReport.Skipped> skipped = new ArrayList<>();
    for (int day = first; day <= today; day++) {
      if (Arrays.binarySearch(factorDays, day) >= 0) {
        used += assetRows[day];
        noReturn += fits.assets() - assetRows[day];
      } else {
        noFactors += fits.assets();
        skipped.add(new FitReport.Skipped(data.dates().get(day), "a factor return is missing"));
      }
    }
    Map<String, Long> dropped = new TreeMap<>();
    if (noReturn > 0) {
      dropped.put("no return", noReturn);
    }
    if (noFactors > 0) {
      dropped.put("no factor return", noFactors);
    }
    return new FitReport(
        data.dates().get(first),
        data.dates().get(averaged[averaged.length - 1]),
        used,
        dropped,
        averaged.length,
        skipped);
  }

  private int factorDaysBy(int today) {
    int index = Arrays.binarySearch(factorDays, today);
    return index >= 0 ? index + 1 : -index - 1;
  }

  private int dayOnOrBefore(LocalDate date) {
    int index = Collections.binarySearch(data.dates(), date);
    return index >= 0 ? index : -index - 2;
  }
}

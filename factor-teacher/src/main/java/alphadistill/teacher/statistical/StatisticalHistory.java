package alphadistill.teacher.statistical;

import alphadistill.data.panel.FactorReturns;
import alphadistill.teacher.FactorHistory;
import alphadistill.teacher.FitReport;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.regression.RollingCoefficients;
import alphadistill.teacher.timeseries.TimeSeriesHistory;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;

/** The statistical factor model of every day, its factor returns and loadings. Immutable. */
public final class StatisticalHistory implements FactorHistory {
  private final List<LocalDate> dates;
  private final List<Refit> refits;
  private final FactorReturns factorReturns;
  private final TimeSeriesHistory betas;

  StatisticalHistory(
      List<LocalDate> dates,
      List<Refit> refits,
      FactorReturns factorReturns,
      TimeSeriesHistory betas) {
    this.dates = dates;
    this.refits = List.copyOf(refits);
    this.factorReturns = factorReturns;
    this.betas = betas;
  }

  @Override
  public LocalDate firstDay() {
    return betas.firstDay();
  }

  /** The model of a day; its fit begins with the first day that the loadings behind its factor returns have seen. */
  @Override
  public LinearFactorModel asOf(LocalDate date) {
    LinearFactorModel model = betas.asOf(date);
    FitReport fit = model.fit();
    Refit first = refits.get(inForce(Collections.binarySearch(dates, fit.firstDay())));
    return new LinearFactorModel(
        model.intercept(),
        model.premia(),
        model.horizon(),
        model.exposures(),
        new FitReport(
            dates.get(first.firstRow()),
            fit.lastDay(),
            fit.rowsUsed(),
            fit.rowsDropped(),
            fit.periodsUsed(),
            fit.periodsSkipped()));
  }

  /** The exposures an asset had at the close of a day: {@link TimeSeriesHistory#betas}. */
  public double[] betas(int asset, int day) {
    return betas.betas(asset, day);
  }

  /** The unshrunk regressions on the factor returns. */
  public RollingCoefficients regressions() {
    return betas.regressions();
  }

  /**
   * Returns of the factors on all days of the data, each by loadings found before that day; NaN before the first refit.
   * Windows for {@link LinearFactorModel#betas} are cut from these.
   */
  public FactorReturns factorReturns() {
    return factorReturns;
  }

  /** Days at whose close loadings were found anew. */
  public List<LocalDate> refitDays() {
    return refits.stream().map(refit -> dates.get(refit.day())).toList();
  }

  /**
   * The newest loadings known at the close of a day; they give the factor returns of the days after.
   *
   * @throws IllegalArgumentException if none are known yet
   */
  public FactorLoadings loadings(LocalDate date) {
    int index = Collections.binarySearch(dates, date);
    int refit = inForce((index >= 0 ? index : -index - 2) + 1);
    if (refit < 0) {
      throw new IllegalArgumentException("no loadings are known on %s; the first are those of %s"
          .formatted(date, refitDays().get(0)));
    }
    return refits.get(refit).loadings();
  }

  /** Index of the refit whose loadings make the factor returns of a day, -1 before the first. */
  private int inForce(int day) {
    int found = -1;
    while (found + 1 < refits.size() && refits.get(found + 1).day() < day) {
      found++;
    }
    return found;
  }
}

package alphadistill.teacher.ipca;

import alphadistill.teacher.Exposures;
import alphadistill.teacher.FactorHistory;
import alphadistill.teacher.FitReport;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.Premium;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.famamacbeth.MeanSlopes;
import alphadistill.teacher.regression.NeweyWest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The IPCA model of every day: that of the last refit whose labels were all known. Immutable.
 *
 * <p>Standard errors of the premia are those of the means of {@code alpha + beta f_t} over the periods (Newey-West), with
 * the loadings taken as known: they are too small by what the loadings' own errors add.
 */
public final class IpcaHistory implements FactorHistory {
  private final IpcaTeacher rule;
  private final LabelledCharacteristics data;
  private final List<Day> days; // one a day, from day 0 on
  private final int[] used; // indices of the days that enter fits
  private final List<IpcaFit> fits; // the first on the minimum of periods, then every refitEvery

  /**
   * What became of one day.
   *
   * @param rows complete rows
   * @param missing rows left out, as {@link LabelledCharacteristics.DayRows} counts them
   * @param skipReason null when used
   */
  record Day(int rows, long[] missing, String skipReason) {}

  IpcaHistory(
      IpcaTeacher rule,
      LabelledCharacteristics data,
      List<Day> days,
      int[] used,
      List<IpcaFit> fits) {
    this.rule = rule;
    this.data = data;
    this.days = days;
    this.used = used;
    this.fits = List.copyOf(fits);
  }

  @Override
  public LocalDate firstDay() {
    return date(data.knownAt(used[rule.minimumPeriods() - 1]));
  }

  @Override
  public LinearFactorModel asOf(LocalDate day) {
    int index = fitIndex(day);
    int count = rule.minimumPeriods() + index * rule.refitEvery();
    IpcaFit fit = fits.get(index);
    double[] premia = fit.premia();
    double[] errors = MeanSlopes.of(fit.responses())
        .neweyWestErrors(NeweyWest.ruleLag(fit.periods(), data.horizon()));
    List<Premium> ofCharacteristics = new ArrayList<>();
    for (int l = 1; l < premia.length; l++) {
      ofCharacteristics.add(new Premium(fit.characteristics().get(l), premia[l], errors[l]));
    }
    return new LinearFactorModel(
        new Premium("intercept", premia[0], errors[0]),
        ofCharacteristics,
        data.horizon(),
        new Exposures.Characteristics(),
        report(rule.periods().firstRow(count - 1), count));
  }

  /**
   * Loadings and factors of the model of a day. Places and signs are those of the first fit as far as factors can be
   * followed; so means need not be positive, nor moments falling.
   *
   * @throws IllegalArgumentException as {@link #asOf}
   */
  public IpcaFit fitAsOf(LocalDate day) {
    return fits.get(fitIndex(day));
  }

  /** The days at whose close a new model is known. */
  public List<LocalDate> refitDays() {
    List<LocalDate> refits = new ArrayList<>();
    for (int index = 0; index < fits.size(); index++) {
      refits.add(date(data.knownAt(used[rule.minimumPeriods() + index * rule.refitEvery() - 1])));
    }
    return refits;
  }

  private int fitIndex(LocalDate day) {
    int lastKnown = data.characteristics().lastDayOnOrBefore(day) - data.lag() - data.horizon();
    int found = Arrays.binarySearch(used, lastKnown);
    int known = found >= 0 ? found + 1 : -found - 1;
    if (known < rule.minimumPeriods()) {
      throw new IllegalArgumentException(
          "on %s the returns of %d usable days are known, %d are needed; the first model is that of %s"
              .formatted(day, known, rule.minimumPeriods(), firstDay()));
    }
    return (known - rule.minimumPeriods()) / rule.refitEvery();
  }

  /** @param first position among the used days of the first in the fit */
  private FitReport report(int first, int end) {
    long rows = 0;
    long[] missing = new long[data.fields().size() + 1];
    List<FitReport.Skipped> skipped = new ArrayList<>();
    int from = rule.periods().isExpanding() ? 0 : used[first];
    for (int day = from; day <= used[end - 1]; day++) {
      for (int reason = 0; reason < missing.length; reason++) {
        missing[reason] += days.get(day).missing()[reason];
      }
      if (days.get(day).skipReason() == null) {
        rows += days.get(day).rows();
      } else {
        skipped.add(new FitReport.Skipped(date(day), days.get(day).skipReason()));
      }
    }
    return new FitReport(
        date(used[first]),
        date(data.knownAt(used[end - 1])),
        rows,
        data.reasons(missing),
        end - first,
        skipped);
  }

  private LocalDate date(int day) {
    return data.characteristics().dates().get(day);
  }
}

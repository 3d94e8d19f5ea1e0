package alphadistill.teacher.famamacbeth;

import alphadistill.teacher.FactorEstimator;
import alphadistill.teacher.famamacbeth.FamaMacBethHistory.CrossSection;
import alphadistill.teacher.regression.CollinearRegressorsException;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.Regression;
import alphadistill.teacher.regression.Window;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Fama and MacBeth (1973) on characteristics: each day an OLS (or WLS, if the data name a weight) of forward returns
 * on a constant and the characteristics of that day; premia are the means of the slopes whose returns were known.
 *
 * <p>A row with a missing label or characteristic is left out and counted; a day with too few rows, or with collinear
 * characteristics, is skipped and listed with the reason.
 *
 * @param minimumAssets complete rows a day needs, at least 1; never fewer than there are coefficients
 * @param minimumPeriods days of slopes a model needs, at least 2
 * @param periods which days of slopes enter the mean
 * @param lag Newey-West lag of the premia's errors; empty: floor(4 (T/100)^(2/9)), at least horizon - 1
 */
public record FamaMacBeth(int minimumAssets, int minimumPeriods, Window periods, OptionalInt lag)
    implements FactorEstimator<LabelledCharacteristics, FamaMacBethHistory> {

  public FamaMacBeth {
    if (minimumAssets < 1) {
      throw new IllegalArgumentException("minimumAssets must be at least 1, was " + minimumAssets);
    }
    if (minimumPeriods < 2) {
      throw new IllegalArgumentException(
          "minimumPeriods must be at least 2 to give an error, was " + minimumPeriods);
    }
    if (periods.rows() < minimumPeriods) {
      throw new IllegalArgumentException("the mean over the %s can never hold minimumPeriods = %d"
          .formatted(periods, minimumPeriods));
    }
  }

  /** All past days, at least 60 of them, each with at least 20 assets. */
  public static FamaMacBeth standard() {
    return new FamaMacBeth(20, 60, Window.expanding(), OptionalInt.empty());
  }

  /** The same with the mean over another window of days. */
  public FamaMacBeth over(Window days) {
    return new FamaMacBeth(minimumAssets, minimumPeriods, days, lag);
  }

  @Override
  public FamaMacBethHistory fit(LabelledCharacteristics data) {
    CrossSection[] sections = IntStream.range(0, data.labelledDays())
        .parallel() // each day stands alone, so the number of threads changes nothing
        .mapToObj(day -> crossSection(data, day))
        .toArray(CrossSection[]::new);
    return new FamaMacBethHistory(this, data, List.of(sections));
  }

  /** Refuses a given lag that overlapping returns make too small. */
  void requireLag(LabelledCharacteristics data) {
    if (lag.isPresent() && lag.getAsInt() < data.horizon() - 1) {
      throw new IllegalArgumentException(
          "a Newey-West lag of %d is shorter than the overlap of returns over %d days: errors would be too small; use at least %d"
              .formatted(lag.getAsInt(), data.horizon(), data.horizon() - 1));
    }
  }

  private CrossSection crossSection(LabelledCharacteristics data, int day) {
    LabelledCharacteristics.DayRows rows = data.rowsOf(day);
    Map<String, Long> dropped = data.reasons(rows.missing());
    int needed = Math.max(minimumAssets, data.fields().size() + 1);
    if (rows.count() < needed) {
      return CrossSection.skipped(
          day, rows.count(), dropped, "%d assets, %d are needed".formatted(rows.count(), needed));
    }
    try {
      Design design = Design.withConstant(data.fields(), rows.columns());
      Regression fit = data.weight().isEmpty()
          ? LeastSquares.fit(design, rows.labels())
          : LeastSquares.fit(design, rows.labels(), rows.weights());
      return new CrossSection(day, rows.count(), dropped, fit.coefficients(), fit.rSquared(), null);
    } catch (CollinearRegressorsException e) {
      return CrossSection.skipped(day, rows.count(), dropped, e.getMessage());
    }
  }
}

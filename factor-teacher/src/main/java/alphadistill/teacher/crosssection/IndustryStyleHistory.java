package alphadistill.teacher.crosssection;

import alphadistill.teacher.FactorHistory;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.famamacbeth.FamaMacBethHistory;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The industry and style model of every day, and the risk of its factors and assets. Immutable. */
public final class IndustryStyleHistory implements FactorHistory {
  private final LabelledCharacteristics styles;
  private final List<String> factors;
  private final Day[] days; // one a day, from day 0 on
  private final FamaMacBethHistory means;

  /**
   * The cross-section of one day.
   *
   * @param rows assets used
   * @param dropped rows left out, by reason
   * @param factorReturns country, industries, styles; null when skipped
   * @param rSquared NaN when skipped
   * @param assets index of each asset used
   * @param residuals one for each of them
   * @param skipReason null when used
   */
  record Day(
      int rows,
      Map<String, Long> dropped,
      double[] factorReturns,
      double rSquared,
      int[] assets,
      double[] residuals,
      String skipReason) {

    static Day skipped(int rows, Map<String, Long> dropped, String reason) {
      return new Day(rows, dropped, null, Double.NaN, new int[0], new double[0], reason);
    }
  }

  IndustryStyleHistory(IndustryStyleTeacher rule, IndustryStyles data, Day[] days) {
    styles = data.styles();
    factors = CrossSection.factors(data.industries(), styles.fields());
    this.days = days;
    int firstStyle = 1 + data.industries().size();
    List<FamaMacBethHistory.CrossSection> sections = IntStream.range(0, days.length)
        .mapToObj(day -> countryAndStyles(day, days[day], firstStyle))
        .toList();
    means = new FamaMacBethHistory(rule.averaging(), styles, sections);
  }

  @Override
  public LocalDate firstDay() {
    return means.firstDay();
  }

  @Override
  public LinearFactorModel asOf(LocalDate day) {
    return means.asOf(day);
  }

  /** Names of the columns of {@link #factorReturns()}: country, industries, styles. */
  public List<String> factors() {
    return factors;
  }

  /** Returns of all factors on each day used, in time order; NaN for an industry without assets. */
  public double[][] factorReturns() {
    return used(days.length)
        .mapToObj(day -> days[day].factorReturns().clone())
        .toArray(double[][]::new);
  }

  /** The days of {@link #factorReturns()}: those of the exposures, not of the returns that followed. */
  public List<LocalDate> factorReturnDays() {
    return means.slopeDays();
  }

  /** Mean over the days used of the weighted share of the returns' variance that the factors explain. */
  public double meanRSquared() {
    return means.meanRSquared();
  }

  /**
   * Risk of factors and assets by the returns known at the close of {@code day}.
   *
   * @throws IllegalArgumentException if returns overlap (a horizon above one day), or too few days are known
   */
  public RiskModel riskAsOf(LocalDate day, RiskRule rule) {
    if (styles.horizon() != 1) {
      throw new IllegalArgumentException(
          "risk is estimated from one-day returns, the horizon was %d days; multiply the risk of one day instead"
              .formatted(styles.horizon()));
    }
    int known = styles.characteristics().lastDayOnOrBefore(day) - styles.lag() - styles.horizon();
    int[] used = used(Math.min(known + 1, days.length)).toArray();
    double[][] returns =
        Arrays.stream(used).mapToObj(t -> days[t].factorReturns()).toArray(double[][]::new);
    double[][] residuals = new double[used.length][styles.characteristics().assetCount()];
    for (int t = 0; t < used.length; t++) {
      Arrays.fill(residuals[t], Double.NaN);
      for (int row = 0; row < days[used[t]].assets().length; row++) {
        residuals[t][days[used[t]].assets()[row]] = days[used[t]].residuals()[row];
      }
    }
    return new RiskModel(
        factors, rule.factorCovariance(factors, returns), rule.specificVariance(residuals));
  }

  private IntStream used(int end) {
    return IntStream.range(0, Math.max(0, end)).filter(day -> days[day].skipReason() == null);
  }

  private static FamaMacBethHistory.CrossSection countryAndStyles(
      int index, Day day, int firstStyle) {
    if (day.skipReason() != null) {
      return FamaMacBethHistory.CrossSection.skipped(
          index, day.rows(), day.dropped(), day.skipReason());
    }
    double[] all = day.factorReturns();
    double[] slopes = new double[1 + all.length - firstStyle];
    slopes[0] = all[0];
    System.arraycopy(all, firstStyle, slopes, 1, slopes.length - 1);
    return new FamaMacBethHistory.CrossSection(
        index, day.rows(), day.dropped(), slopes, day.rSquared(), null);
  }
}

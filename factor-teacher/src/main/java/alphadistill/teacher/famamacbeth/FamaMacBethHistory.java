package alphadistill.teacher.famamacbeth;

import alphadistill.teacher.FactorHistory;
import alphadistill.teacher.FitReport;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.regression.NeweyWest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Fama-MacBeth model of every day, from one cross-section a day. Immutable. */
public final class FamaMacBethHistory implements FactorHistory {
  private final FamaMacBeth rule;
  private final LabelledCharacteristics data;
  private final List<CrossSection> sections; // one a day, from day 0 on
  private final List<CrossSection> used; // those with slopes, in time order

  /**
   * The regression of one day.
   *
   * @param day index of the day of the characteristics
   * @param rows complete rows
   * @param dropped rows left out, by reason
   * @param coefficients constant first; null when skipped
   * @param rSquared share of the label's variance explained that day; NaN when skipped
   * @param skipReason null when used
   */
  public record CrossSection(
      int day,
      int rows,
      Map<String, Long> dropped,
      double[] coefficients,
      double rSquared,
      String skipReason) {

    /** A day without slopes. */
    public static CrossSection skipped(
        int day, int rows, Map<String, Long> dropped, String reason) {
      return new CrossSection(day, rows, dropped, null, Double.NaN, reason);
    }

    public boolean isUsed() {
      return skipReason == null;
    }
  }

  /**
   * The history of cross-sections made elsewhere, whose slopes are averaged as {@code rule} says.
   *
   * @param sections one a day with a known label, from day 0 on; slopes are those of a constant and of the data's fields
   * @throws IllegalArgumentException if fewer of them have slopes than the rule needs, or its lag is too small
   */
  public FamaMacBethHistory(
      FamaMacBeth rule, LabelledCharacteristics data, List<CrossSection> sections) {
    rule.requireLag(data);
    this.rule = rule;
    this.data = data;
    this.sections = List.copyOf(sections);
    this.used = sections.stream().filter(CrossSection::isUsed).toList();
    if (used.size() < rule.minimumPeriods()) {
      throw new IllegalArgumentException(tooFew(used.size(), sections));
    }
  }

  @Override
  public LocalDate firstDay() {
    return date(data.knownAt(used.get(rule.minimumPeriods() - 1).day()));
  }

  @Override
  public LinearFactorModel asOf(LocalDate day) {
    int today = data.characteristics().lastDayOnOrBefore(day);
    int known = knownBy(used, today);
    if (known < rule.minimumPeriods()) {
      throw new IllegalArgumentException(
          "on %s the slopes of %d days are known, %d are needed; the first model is that of %s"
              .formatted(day, known, rule.minimumPeriods(), firstDay()));
    }
    List<CrossSection> averaged = used.subList(rule.periods().firstRow(known - 1), known);
    MeanSlopes slopes =
        MeanSlopes.of(averaged.stream().map(CrossSection::coefficients).toArray(double[][]::new));
    int lag = rule.lag().orElse(NeweyWest.ruleLag(averaged.size(), data.horizon()));
    return data.model(slopes.means(), slopes.neweyWestErrors(lag), report(averaged, today));
  }

  /** Slopes of each day used, constant first, in time order: {@code [period][coefficient]}, a copy. */
  public double[][] slopes() {
    return used.stream().map(s -> s.coefficients().clone()).toArray(double[][]::new);
  }

  /** The days of {@link #slopes()}: those of the characteristics, not of the returns that followed. */
  public List<LocalDate> slopeDays() {
    return used.stream().map(s -> date(s.day())).toList();
  }

  /** Mean over the days used of the share of the labels' variance that the characteristics explain. */
  public double meanRSquared() {
    return used.stream().mapToDouble(CrossSection::rSquared).average().orElseThrow();
  }

  /** That share of each day used, in the order of {@link #slopeDays()}; weighted if the regressions are. */
  public double[] rSquared() {
    return used.stream().mapToDouble(CrossSection::rSquared).toArray();
  }

  /** Days with known labels that gave no slopes, with the reason of each. */
  public List<FitReport.Skipped> skippedDays() {
    return skipped(sections);
  }

  private FitReport report(List<CrossSection> averaged, int today) {
    CrossSection first = averaged.get(0);
    CrossSection last = averaged.get(averaged.size() - 1);
    long rows = 0;
    Map<String, Long> dropped = new TreeMap<>();
    int from = rule.periods().isExpanding() ? 0 : first.day();
    List<CrossSection> seen = sections.subList(from, knownBy(sections, today));
    for (CrossSection section : seen) {
      section.dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum));
      rows += section.isUsed() ? section.rows() : 0;
    }
    return new FitReport(
        date(first.day()),
        date(data.knownAt(last.day())),
        rows,
        dropped,
        averaged.size(),
        skipped(seen));
  }

  private List<FitReport.Skipped> skipped(List<CrossSection> of) {
    return of.stream()
        .filter(section -> !section.isUsed())
        .map(section -> new FitReport.Skipped(date(section.day()), section.skipReason()))
        .toList();
  }

  /** How many of the sections, which are in time order, have labels known at the close of {@code today}. */
  private int knownBy(List<CrossSection> ordered, int today) {
    int low = 0;
    int high = ordered.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (data.knownAt(ordered.get(middle).day()) <= today) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private String tooFew(int usable, List<CrossSection> all) {
    String example = all.stream()
        .filter(s -> !s.isUsed())
        .reduce((earlier, later) -> later)
        .map(s -> "; %s was skipped: %s".formatted(date(s.day()), s.skipReason()))
        .orElse("");
    return "of %d days with known labels (horizon %d, lag %d) %d give slopes, %d are needed%s"
        .formatted(all.size(), data.horizon(), data.lag(), usable, rule.minimumPeriods(), example);
  }

  private LocalDate date(int day) {
    return data.characteristics().dates().get(day);
  }
}

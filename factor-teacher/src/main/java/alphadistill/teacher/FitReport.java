package alphadistill.teacher;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a fit saw and what it left out, so that a result can be traced and refused when too thin.
 *
 * @param firstDay first day of the data used
 * @param lastDay last day whose close had to be known: the model's {@code fittedThrough}
 * @param rowsUsed asset-days that entered a regression
 * @param rowsDropped asset-days left out, by reason, in alphabetical order
 * @param periodsUsed days that entered the premia
 * @param periodsSkipped days left out of the premia, with the reason of each
 */
public record FitReport(
    LocalDate firstDay,
    LocalDate lastDay,
    long rowsUsed,
    Map<String, Long> rowsDropped,
    int periodsUsed,
    List<Skipped> periodsSkipped) {

  /** One day that was left out, and why. */
  public record Skipped(LocalDate day, String reason) {}

  public FitReport {
    if (lastDay.isBefore(firstDay)) {
      throw new IllegalArgumentException(
          "the fit's last day %s lies before its first day %s".formatted(lastDay, firstDay));
    }
    rowsDropped = Collections.unmodifiableMap(new TreeMap<>(rowsDropped));
    periodsSkipped = List.copyOf(periodsSkipped);
  }

  /** Last day whose numbers the fit has seen. */
  public LocalDate fittedThrough() {
    return lastDay;
  }

  /** First day whose return may be forecast: the day after the fit has seen its last number. */
  public LocalDate usableFrom() {
    return lastDay.plusDays(1);
  }
}

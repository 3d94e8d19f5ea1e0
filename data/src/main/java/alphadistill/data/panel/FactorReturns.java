package alphadistill.data.panel;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;

/**
 * Daily returns of traded factors and of cash. Immutable.
 *
 * @param dates days, strictly rising
 * @param names factor names, such as {@code Mkt-RF}, {@code SMB}; these are excess or long-short returns: no
 *     risk-free return is to be subtracted from them
 * @param returns decimal simple returns (0.01 is one per cent), {@code [day][factor]}, NaN = missing
 * @param riskFree decimal simple return of cash of the same day, {@code [day]}
 */
public record FactorReturns(
    List<LocalDate> dates, List<String> names, double[][] returns, double[] riskFree) {

  public FactorReturns {
    dates = List.copyOf(dates);
    names = List.copyOf(names);
    if (returns.length != dates.size() || riskFree.length != dates.size()) {
      throw new IllegalArgumentException(
          "%d dates, %d rows of factor returns and %d risk-free returns"
              .formatted(dates.size(), returns.length, riskFree.length));
    }
    for (int day = 0; day < returns.length; day++) {
      if (returns[day].length != names.size()) {
        throw new IllegalArgumentException("%d factor returns on %s, expected one for each of %s"
            .formatted(returns[day].length, dates.get(day), names));
      }
      if (day > 0 && !dates.get(day).isAfter(dates.get(day - 1))) {
        throw new IllegalArgumentException("factor dates must rise: %s does not come after %s"
            .formatted(dates.get(day), dates.get(day - 1)));
      }
    }
    returns = returns.clone();
    riskFree = riskFree.clone();
  }

  /** Index of a day, or a negative number when there is no return of that day. */
  public int indexOf(LocalDate date) {
    return Collections.binarySearch(dates, date);
  }

  /**
   * These returns on the days of a panel; days without a factor return are NaN.
   *
   * @throws IllegalArgumentException if no day is shared
   */
  public FactorReturns on(List<LocalDate> days) {
    double[][] aligned = new double[days.size()][];
    double[] cash = new double[days.size()];
    int shared = 0;
    for (int i = 0; i < aligned.length; i++) {
      int index = indexOf(days.get(i));
      if (index >= 0) {
        aligned[i] = returns[index];
        cash[i] = riskFree[index];
        shared++;
      } else {
        aligned[i] = new double[names.size()];
        java.util.Arrays.fill(aligned[i], Double.NaN);
        cash[i] = Double.NaN;
      }
    }
    if (shared == 0) {
      throw new IllegalArgumentException(
          "the factors (%s to %s) share no day with the prices (%s to %s)"
              .formatted(
                  dates.get(0),
                  dates.get(dates.size() - 1),
                  days.get(0),
                  days.get(days.size() - 1)));
    }
    return new FactorReturns(days, names, aligned, cash);
  }
}

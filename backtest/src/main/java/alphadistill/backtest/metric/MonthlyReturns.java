package alphadistill.backtest.metric;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Returns compounded by calendar month and year.
 *
 * @param years years from the first to the last date
 * @param months compounded return, {@code [year][month - 1]}; NaN where no return lies in the month
 * @param totals compounded return of each year's part that is covered
 */
public record MonthlyReturns(List<Integer> years, double[][] months, double[] totals) {

  public MonthlyReturns {
    years = List.copyOf(years);
  }

  /**
   * @param dates days the returns end on, rising
   * @param returns one for each date; a missing one earns nothing
   */
  public static MonthlyReturns of(List<LocalDate> dates, double[] returns) {
    if (dates.size() != returns.length) {
      throw new IllegalArgumentException(
          "%d dates but %d returns".formatted(dates.size(), returns.length));
    }
    List<Integer> years = new ArrayList<>();
    int first = dates.isEmpty() ? 0 : dates.get(0).getYear();
    int last = dates.isEmpty() ? -1 : dates.get(dates.size() - 1).getYear();
    for (int year = first; year <= last; year++) {
      years.add(year);
    }
    double[][] months = new double[years.size()][12];
    double[] totals = new double[years.size()];
    for (double[] row : months) {
      Arrays.fill(row, Double.NaN);
    }
    Arrays.fill(totals, Double.NaN);
    for (int i = 0; i < returns.length; i++) {
      if (!Double.isNaN(returns[i])) {
        int year = dates.get(i).getYear() - first;
        int month = dates.get(i).getMonthValue() - 1;
        months[year][month] = compound(months[year][month], returns[i]);
        totals[year] = compound(totals[year], returns[i]);
      }
    }
    return new MonthlyReturns(years, months, totals);
  }

  private static double compound(double soFar, double next) {
    return Double.isNaN(soFar) ? next : (1 + soFar) * (1 + next) - 1;
  }
}

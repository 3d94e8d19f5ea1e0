package alphadistill.teacher.pricing;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Returns of several series on the same dates, without gaps. Immutable; refuses dates out of order, missing numbers and
 * returns in per cent.
 *
 * @param dates strictly rising; for months any day of the month, the same in every table
 * @param names one a series, all different
 * @param values simple decimal returns (0.01 is one per cent), {@code [date][series]}. Handed over, not to be changed
 *     afterwards
 */
public record ReturnTable(List<LocalDate> dates, List<String> names, double[][] values) {
  /** A deviation a period that decimal returns of funds and portfolios do not reach, and per cent do. */
  private static final double IMPOSSIBLE_DEVIATION = 0.5;

  public ReturnTable {
    dates = List.copyOf(dates);
    names = List.copyOf(names);
    if (names.isEmpty() || dates.size() < 2) {
      throw new IllegalArgumentException(
          "returns of %d series on %d dates; at least 1 and 2 are needed"
              .formatted(names.size(), dates.size()));
    }
    if (new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("a series is named twice in " + names);
    }
    if (values.length != dates.size()) {
      throw new IllegalArgumentException(
          "%d rows of returns for %d dates".formatted(values.length, dates.size()));
    }
    for (int t = 0; t < values.length; t++) {
      requireRising(dates, t);
      if (values[t].length != names.size()) {
        throw new IllegalArgumentException("%d returns on %s for the %d series %s"
            .formatted(values[t].length, dates.get(t), names.size(), names));
      }
      for (int i = 0; i < names.size(); i++) {
        if (!Double.isFinite(values[t][i])) {
          throw new IllegalArgumentException(
              "'%s' is %s on %s; keep only dates on which every series has a return"
                  .formatted(names.get(i), values[t][i], dates.get(t)));
        }
      }
    }
    for (int i = 0; i < names.size(); i++) {
      double deviation = deviation(column(values, i));
      if (deviation > IMPOSSIBLE_DEVIATION) {
        throw new IllegalArgumentException(
            "returns of '%s' deviate by %.3g a period: these look like per cent; decimal returns are expected (1 %% is 0.01), divide by 100"
                .formatted(names.get(i), deviation));
      }
    }
    values = values.clone();
  }

  /** Number of dates T. */
  public int periods() {
    return dates.size();
  }

  /** Number of series. */
  public int width() {
    return names.size();
  }

  /** One series (T), a copy. */
  public double[] series(int index) {
    return column(values, index);
  }

  /** All series, a copy: {@code [series][date]}, as a {@link alphadistill.teacher.regression.Design} wants them. */
  public double[][] columns() {
    double[][] columns = new double[width()][];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = series(i);
    }
    return columns;
  }

  /** Mean return of each series. */
  public double[] means() {
    double[] means = new double[width()];
    for (int i = 0; i < means.length; i++) {
      means[i] = mean(series(i));
    }
    return means;
  }

  /**
   * Every series minus cash: for portfolios that are held with money, never for long-short factors.
   *
   * @param riskFree return of cash over the same periods, decimal
   */
  public ReturnTable minusCash(double[] riskFree) {
    requireCash(riskFree);
    double[][] excess = new double[periods()][width()];
    for (int t = 0; t < excess.length; t++) {
      for (int i = 0; i < width(); i++) {
        excess[t][i] = values[t][i] - riskFree[t];
      }
    }
    return new ReturnTable(dates, names, excess);
  }

  /** Refuses a risk-free return that cannot be a decimal return over one period of this table. */
  void requireCash(double[] riskFree) {
    if (riskFree.length != periods()) {
      throw new IllegalArgumentException(
          "%d risk-free returns for %d dates".formatted(riskFree.length, periods()));
    }
    double mean = mean(riskFree);
    if (!(Math.abs(mean) < 0.02)) { // negated, so that NaN fails too
      throw new IllegalArgumentException(
          "the risk-free return is %.3g a period on average: a missing value, per cent or an annual rate? the decimal return over one period is expected"
              .formatted(mean));
    }
  }

  static double mean(double[] series) {
    return Arrays.stream(series).sum() / series.length;
  }

  /** Standard deviation, divisor T - 1. */
  static double deviation(double[] series) {
    double mean = mean(series);
    double squares = Arrays.stream(series).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (series.length - 1));
  }

  private static double[] column(double[][] rows, int index) {
    return Arrays.stream(rows).mapToDouble(row -> row[index]).toArray();
  }

  private static void requireRising(List<LocalDate> dates, int t) {
    if (t > 0 && !dates.get(t).isAfter(dates.get(t - 1))) {
      throw new IllegalArgumentException("dates must rise: %s comes after %s in row %d; %s"
          .formatted(
              dates.get(t),
              dates.get(t - 1),
              t,
              dates.get(t).equals(dates.get(t - 1))
                  ? "remove the duplicate"
                  : "sort the rows by date"));
    }
  }
}

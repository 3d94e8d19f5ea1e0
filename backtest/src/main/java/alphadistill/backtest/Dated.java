package alphadistill.backtest;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A series with its days.
 *
 * @param dates rising
 * @param values one for each date, NaN = missing
 */
public record Dated(List<LocalDate> dates, double[] values) {

  public Dated {
    dates = List.copyOf(dates);
    if (dates.size() != values.length) {
      throw new IllegalArgumentException(
          "%d dates but %d values".formatted(dates.size(), values.length));
    }
  }

  /** Values of the chosen days, in order. */
  double[] where(Predicate<LocalDate> chosen) {
    return IntStream.range(0, values.length)
        .filter(i -> chosen.test(dates.get(i)))
        .mapToDouble(i -> values[i])
        .toArray();
  }

  /** Values on other days; NaN on a day this series does not have. */
  double[] on(List<LocalDate> days) {
    double[] aligned = new double[days.size()];
    Arrays.setAll(aligned, i -> {
      int index = Collections.binarySearch(dates, days.get(i));
      return index < 0 ? Double.NaN : values[index];
    });
    return aligned;
  }
}

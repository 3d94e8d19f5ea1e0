package alphadistill.backtest;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;

/**
 * A label for each day, such as a volatility regime. A label of a day must be known at its close.
 *
 * @param title such as {@code volatility regime}
 * @param names labels in the order of tables
 * @param dates days, rising
 * @param labels index into {@code names} of each day, or -1 where there is none
 */
public record DayLabels(String title, List<String> names, List<LocalDate> dates, int[] labels) {

  public DayLabels {
    names = List.copyOf(names);
    dates = List.copyOf(dates);
    if (labels.length != dates.size()) {
      throw new IllegalArgumentException(
          "'%s' has %d labels for %d dates".formatted(title, labels.length, dates.size()));
    }
    for (int label : labels) {
      if (label < -1 || label >= names.size()) {
        throw new IllegalArgumentException(
            "'%s' has a label %d but only the names %s".formatted(title, label, names));
      }
    }
    labels = labels.clone();
  }

  /** Calendar years. */
  static DayLabels years(List<LocalDate> dates) {
    int first = dates.get(0).getYear();
    int last = dates.get(dates.size() - 1).getYear();
    return new DayLabels(
        "year",
        java.util.stream.IntStream.rangeClosed(first, last)
            .mapToObj(Integer::toString)
            .toList(),
        dates,
        dates.stream().mapToInt(date -> date.getYear() - first).toArray());
  }

  /** Index of the label of a day; -1 where there is none. */
  public int of(LocalDate date) {
    int index = Collections.binarySearch(dates, date);
    return index < 0 ? -1 : labels[index];
  }
}

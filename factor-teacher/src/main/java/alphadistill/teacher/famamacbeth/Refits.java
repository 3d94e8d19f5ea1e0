package alphadistill.teacher.famamacbeth;

import alphadistill.teacher.FitReport;
import alphadistill.teacher.regression.Window;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * When an estimator on labelled characteristics is fitted anew, on which days, and what became of the others: first on
 * the minimum of usable days, then after every few further ones. A fit is known when the label of its last day is, and
 * stays until the next is known. Immutable.
 *
 * <p>Usable days are counted from 0; a fit uses those from {@link #from} to before {@link #to}.
 */
public final class Refits {
  private final LabelledCharacteristics data;
  private final Schedule schedule;
  private final List<Day> days; // one a labelled day, from day 0 on
  private final int[] used; // indices of the usable days

  /**
   * What became of one day.
   *
   * @param rows complete rows
   * @param missing rows left out, as {@link LabelledCharacteristics.DayRows} counts them
   * @param skipReason null when used
   */
  public record Day(int rows, long[] missing, String skipReason) {

    /** A day that enters fits. */
    public static Day used(LabelledCharacteristics.DayRows rows) {
      return new Day(rows.count(), rows.missing(), null);
    }

    /** A day that enters none. */
    public static Day skipped(LabelledCharacteristics.DayRows rows, String reason) {
      return new Day(rows.count(), rows.missing(), reason);
    }

    /** {@link #skipped} for want of rows. */
    public static Day tooFew(LabelledCharacteristics.DayRows rows, int needed) {
      return skipped(rows, "%d assets, %d are needed".formatted(rows.count(), needed));
    }
  }

  /**
   * How often, and on how much.
   *
   * @param minimumPeriods usable days of the first fit, at least 2
   * @param periods which usable days enter a fit
   * @param refitEvery usable days from one fit to the next, at least 1
   */
  public record Schedule(int minimumPeriods, Window periods, int refitEvery) {
    public Schedule {
      if (minimumPeriods < 2) {
        throw new IllegalArgumentException(
            "minimumPeriods must be at least 2 to give an error, was " + minimumPeriods);
      }
      if (periods.rows() < minimumPeriods) {
        throw new IllegalArgumentException("a fit of the %s can never hold minimumPeriods = %d"
            .formatted(periods, minimumPeriods));
      }
      if (refitEvery < 1) {
        throw new IllegalArgumentException("refitEvery must be at least 1 day, was " + refitEvery);
      }
    }
  }

  private Refits(LabelledCharacteristics data, Schedule schedule, List<Day> days) {
    this.data = data;
    this.schedule = schedule;
    this.days = days;
    this.used = IntStream.range(0, days.size())
        .filter(day -> days.get(day).skipReason() == null)
        .toArray();
    if (used.length < schedule.minimumPeriods()) {
      throw new IllegalArgumentException(tooFew());
    }
  }

  /**
   * Looks at all labelled days.
   *
   * @param read says what becomes of a day; called for each once, by several threads
   * @throws IllegalArgumentException if there are too few usable days for a fit, or rows have weights, which estimators
   *     over many days do not use
   */
  public static Refits of(LabelledCharacteristics data, Schedule schedule, IntFunction<Day> read) {
    data.weight().ifPresent(field -> {
      throw new IllegalArgumentException(
          "rows are weighted by '%s', but this estimator counts all alike: leave the weight out"
              .formatted(field));
    });
    Day[] days = IntStream.range(0, data.labelledDays())
        .parallel() // each day stands alone, so the number of threads changes nothing
        .mapToObj(read)
        .toArray(Day[]::new);
    return new Refits(data, schedule, List.of(days));
  }

  /** Number of fits. */
  public int size() {
    return (used.length - schedule.minimumPeriods()) / schedule.refitEvery() + 1;
  }

  /** Position of the first usable day of a fit. */
  public int from(int fit) {
    return schedule.periods().firstRow(to(fit) - 1);
  }

  /** Position after the last usable day of a fit. */
  public int to(int fit) {
    return schedule.minimumPeriods() + fit * schedule.refitEvery();
  }

  /** Index in the data of a usable day. */
  public int day(int position) {
    return used[position];
  }

  /** Indices in the data of all usable days, a copy. */
  public int[] usedDays() {
    return used.clone();
  }

  /** The day at whose close the first fit is known. */
  public LocalDate firstDay() {
    return knownOn(0);
  }

  /** The days at whose close a new fit is known. */
  public List<LocalDate> refitDays() {
    return IntStream.range(0, size()).mapToObj(this::knownOn).toList();
  }

  /**
   * The newest fit that is known at the close of a day.
   *
   * @throws IllegalArgumentException if none is
   */
  public int asOf(LocalDate day) {
    int lastKnown = data.characteristics().lastDayOnOrBefore(day) - data.lag() - data.horizon();
    int found = Arrays.binarySearch(used, lastKnown);
    int known = found >= 0 ? found + 1 : -found - 1;
    if (known < schedule.minimumPeriods()) {
      throw new IllegalArgumentException(
          "on %s the returns of %d usable days are known, %d are needed; the first model is that of %s"
              .formatted(day, known, schedule.minimumPeriods(), firstDay()));
    }
    return (known - schedule.minimumPeriods()) / schedule.refitEvery();
  }

  /** What a fit saw and left out. */
  public FitReport report(int fit) {
    int first = from(fit);
    int last = used[to(fit) - 1];
    long rows = 0;
    long[] missing = new long[days.get(0).missing().length];
    List<FitReport.Skipped> skipped = new ArrayList<>();
    for (int day = schedule.periods().isExpanding() ? 0 : used[first]; day <= last; day++) {
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
        date(data.knownAt(last)),
        rows,
        data.reasons(missing),
        to(fit) - first,
        skipped);
  }

  private LocalDate knownOn(int fit) {
    return date(data.knownAt(used[to(fit) - 1]));
  }

  private String tooFew() {
    String example = IntStream.range(0, days.size())
        .filter(day -> days.get(day).skipReason() != null)
        .mapToObj(
            day -> "; %s was skipped: %s".formatted(date(day), days.get(day).skipReason()))
        .reduce("", (earlier, later) -> later);
    return "of %d days with known labels (horizon %d, lag %d) %d can be used, %d are needed%s"
        .formatted(
            days.size(),
            data.horizon(),
            data.lag(),
            used.length,
            schedule.minimumPeriods(),
            example);
  }

  private LocalDate date(int day) {
    return data.characteristics().dates().get(day);
  }
}

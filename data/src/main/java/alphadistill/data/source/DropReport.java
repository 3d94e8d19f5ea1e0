package alphadistill.data.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was left out, by reason, so that nothing vanishes silently. Immutable; reasons keep the order in which they
 * were first met.
 *
 * <pre>{@code
 * DropReport all = read.drops().merged(cleaned.drops());
 * long zeros = all.count("price of zero, marked missing");
 * }</pre>
 */
public record DropReport(List<Drop> drops) {
  /** Nothing was left out. */
  public static final DropReport NONE = new DropReport(List.of());

  /**
   * One reason.
   *
   * @param reason what was wrong and what became of it, such as "price of zero, marked missing"
   * @param count how many values or rows
   * @param firstExample where it was met first, such as "WPM 2006-02-22: low"
   */
  public record Drop(String reason, long count, String firstExample) {
    public Drop {
      if (count < 1) {
        throw new IllegalArgumentException(
            "a drop is counted from 1, was %d for '%s'".formatted(count, reason));
      }
    }

    @Override
    public String toString() {
      return "%s: %d (first %s)".formatted(reason, count, firstExample);
    }
  }

  public DropReport {
    drops = List.copyOf(drops);
  }

  /** All counts together. */
  public long total() {
    return drops.stream().mapToLong(Drop::count).sum();
  }

  /** Count of one reason; 0 when it did not occur. */
  public long count(String reason) {
    return drops.stream()
        .filter(drop -> drop.reason().equals(reason))
        .mapToLong(Drop::count)
        .sum();
  }

  /** Both reports in one; equal reasons are added and keep the example of this one. */
  public DropReport merged(DropReport later) {
    Tally tally = new Tally();
    for (DropReport report : List.of(this, later)) {
      report.drops.forEach(tally::add);
    }
    return tally.report();
  }

  @Override
  public String toString() {
    return drops.isEmpty()
        ? "nothing dropped"
        : drops.stream().map(Drop::toString).collect(Collectors.joining("; "));
  }

  /** Counts while a reader or a check is at work. */
  public static final class Tally {
    private final Map<String, Drop> drops = new LinkedHashMap<>();

    /** Counts one value or row. */
    public void add(String reason, String example) {
      add(new Drop(reason, 1, example));
    }

    /** Counts several of one reason. */
    public void add(Drop drop) {
      drops.merge(
          drop.reason(),
          drop,
          (known, more) ->
              new Drop(known.reason(), known.count() + more.count(), known.firstExample()));
    }

    public DropReport report() {
      return new DropReport(new ArrayList<>(drops.values()));
    }
  }
}

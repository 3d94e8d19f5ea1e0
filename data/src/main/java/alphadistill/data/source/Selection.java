package alphadistill.data.source;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which rows of a file are read.
 *
 * @param from first date; empty for the file's first
 * @param to last date, inclusive; empty for the file's last
 * @param symbols assets; an empty set means all
 * @param excluded assets left out whatever {@code symbols} says
 */
public record Selection(
    Optional<LocalDate> from, Optional<LocalDate> to, Set<String> symbols, Set<String> excluded) {

  public Selection {
    symbols = Collections.unmodifiableSortedSet(new TreeSet<>(symbols));
    excluded = Collections.unmodifiableSortedSet(new TreeSet<>(excluded));
    if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
      throw new IllegalArgumentException(
          "last date %s is before first date %s".formatted(to.get(), from.get()));
    }
  }

  /** Nothing excluded. */
  public Selection(Optional<LocalDate> from, Optional<LocalDate> to, Set<String> symbols) {
    this(from, to, symbols, Set.of());
  }

  /** Everything in the file. */
  public static Selection all() {
    return new Selection(Optional.empty(), Optional.empty(), Set.of());
  }

  /** All assets, dates from {@code from} to {@code to}, both inclusive. */
  public static Selection between(LocalDate from, LocalDate to) {
    return new Selection(Optional.of(from), Optional.of(to), Set.of());
  }

  /** This selection of dates for some assets only. */
  public Selection ofSymbols(Set<String> wanted) {
    return new Selection(from, to, wanted, excluded);
  }

  /** This selection without some assets. */
  public Selection without(Set<String> unwanted) {
    return new Selection(from, to, symbols, unwanted);
  }

  boolean wants(String symbol) {
    return (symbols.isEmpty() || symbols.contains(symbol)) && !excluded.contains(symbol);
  }

  int firstDay() {
    return from.map(day -> (int) day.toEpochDay()).orElse(Integer.MIN_VALUE);
  }

  int lastDay() {
    return to.map(day -> (int) day.toEpochDay()).orElse(Integer.MAX_VALUE);
  }

  /** The selection in words, for messages. */
  String inWords() {
    String dates = "dates %s to %s"
        .formatted(
            from.map(LocalDate::toString).orElse("any"),
            to.map(LocalDate::toString).orElse("any"));
    if (symbols.isEmpty()) {
      return dates + ", all symbols";
    }
    String first = symbols.iterator().next();
    return dates
        + (symbols.size() == 1 ? ", symbol " : ", %d symbols such as ".formatted(symbols.size()))
        + first;
  }
}

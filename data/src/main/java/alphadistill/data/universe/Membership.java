package alphadistill.data.universe;

import alphadistill.data.DataException;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.TextTable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A universe as it was known day by day: for each symbol, the spells in which it was a member. Immutable.
 *
 * <pre>{@code
 * Membership index = Membership.spells(Path.of("sp500-membership.csv.gz")).withHyphenatedShareClasses();
 * Membership liquid = Membership.yearly(Path.of("liquidity-universe-by-year.csv.gz"), 300);
 * boolean[] inUniverse = liquid.mask(prices);              // (days * assets), row-major by day
 * }</pre>
 */
public final class Membership {
  private final Path file;
  private final Map<String, List<Spell>> spells;

  /**
   * A stretch of membership.
   *
   * @param first first day as a member
   * @param end first day no longer a member; {@link LocalDate#MAX} when it still is
   */
  private record Spell(LocalDate first, LocalDate end) {
    boolean contains(LocalDate day) {
      return !day.isBefore(first) && day.isBefore(end);
    }
  }

  private Membership(Path file, Map<String, List<Spell>> spells) {
    this.file = file;
    this.spells = spells;
  }

  /**
   * Reads {@code ticker,start_date,end_date}: a member from the start date until the day before the end date, on which
   * its successor is in; an empty end date means that it still is one.
   *
   * @throws DataException if the file cannot be read, or a spell ends before it starts or overlaps another of its
   *     symbol
   */
  public static Membership spells(Path file) {
    Map<String, List<Spell>> spells = new TreeMap<>();
    for (TextTable.Row row :
        TextTable.read(file, List.of("ticker", "start_date", "end_date")).rows()) {
      Spell spell = new Spell(row.date(1), row.text(2).isEmpty() ? LocalDate.MAX : row.date(2));
      if (!spell.first.isBefore(spell.end)) {
        throw row.fault("the spell of %s ends on %s, not after its start on %s"
            .formatted(row.name(0), spell.end, spell.first));
      }
      List<Spell> known = spells.computeIfAbsent(row.name(0), symbol -> new ArrayList<>());
      if (known.stream()
          .anyMatch(other -> other.first.isBefore(spell.end) && spell.first.isBefore(other.end))) {
        throw row.fault("the spell of %s from %s overlaps another of the same symbol; join them"
            .formatted(row.name(0), spell.first));
      }
      known.add(spell);
    }
    return new Membership(file, spells);
  }

  /**
   * Reads {@code year,rank,symbol}: a member during the years in which it is listed.
   *
   * @param maxRank how many of each year's names are members, from rank 1
   * @throws DataException if the file cannot be read, names a symbol twice in a year, or leaves no member
   */
  public static Membership yearly(Path file, int maxRank) {
    if (maxRank < 1) {
      throw new IllegalArgumentException("maxRank must be at least 1, was " + maxRank);
    }
    Map<String, List<Spell>> spells = new TreeMap<>();
    for (TextTable.Row row :
        TextTable.read(file, List.of("year", "rank", "symbol")).rows()) {
      int year = row.number(0);
      if (year < 1800 || year > 2200) {
        throw row.fault("%d is no year of a market; correct it".formatted(year));
      }
      if (row.number(1) > maxRank) {
        continue;
      }
      Spell spell = new Spell(LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1));
      List<Spell> known = spells.computeIfAbsent(row.name(2), symbol -> new ArrayList<>());
      if (known.contains(spell)) {
        throw row.fault("%s is listed twice in %d; remove one".formatted(row.name(2), year));
      }
      known.add(spell);
    }
    if (spells.isEmpty()) {
      throw DataException.in(
          file, "the universe is empty: no rank of %d or better".formatted(maxRank));
    }
    return new Membership(file, spells);
  }

  /**
   * Reads either kind of list; its header tells which.
   *
   * @param maxRank for lists with ranks; others have no ranks and are taken whole
   * @throws DataException if it is neither, or cannot be read
   */
  public static Membership read(Path file, int maxRank) {
    List<String> header = TextTable.header(file);
    boolean yearly = header.stream().anyMatch("rank"::equalsIgnoreCase);
    return yearly ? yearly(file, maxRank) : spells(file);
  }

  /** With share classes written as price files do: {@code BRK-B} for {@code BRK.B}. */
  public Membership withHyphenatedShareClasses() {
    return renamed(Membership::hyphenated);
  }

  /** With share classes hyphenated where prices have the symbol in that form only. */
  public Membership withShareClassesOf(Set<String> priced) {
    return renamed(symbol -> !priced.contains(symbol) && priced.contains(hyphenated(symbol))
        ? hyphenated(symbol)
        : symbol);
  }

  private static String hyphenated(String symbol) {
    return symbol.replaceFirst("\\.(?=[A-Z]$)", "-");
  }

  /**
   * With other names.
   *
   * @throws DataException if two symbols get the same name and were members on the same day
   */
  public Membership renamed(UnaryOperator<String> newName) {
    Map<String, List<Spell>> renamed = new TreeMap<>();
    spells.forEach((symbol, own) -> {
      List<Spell> known = renamed.computeIfAbsent(newName.apply(symbol), name -> new ArrayList<>());
      for (Spell spell : own) {
        if (known.stream()
            .anyMatch(
                other -> other.first.isBefore(spell.end) && spell.first.isBefore(other.end))) {
          throw DataException.in(
              file,
              "two symbols would both be called '%s' on %s"
                  .formatted(newName.apply(symbol), spell.first));
        }
        known.add(spell);
      }
    });
    return new Membership(file, renamed);
  }

  /** Whether a symbol was a member on a day. */
  public boolean member(String symbol, LocalDate day) {
    return spells.getOrDefault(symbol, List.of()).stream().anyMatch(spell -> spell.contains(day));
  }

  /** All that ever were members, sorted. */
  public Set<String> symbols() {
    return Collections.unmodifiableSet(spells.keySet());
  }

  /**
   * Which cells of a panel are members.
   *
   * @return {@code [day * assets + asset]}
   * @throws DataException if no asset of the panel is a member on any of its days
   */
  public boolean[] mask(Panel panel) {
    boolean[] mask = new boolean[panel.days() * panel.assetCount()];
    boolean any = false;
    for (int asset = 0; asset < panel.assetCount(); asset++) {
      for (Spell spell : spells.getOrDefault(panel.assets().get(asset), List.of())) {
        int from = panel.lastDayOnOrBefore(spell.first.minusDays(1)) + 1;
        int to = panel.lastDayOnOrBefore(spell.end.minusDays(1));
        for (int day = from; day <= to; day++) {
          mask[day * panel.assetCount() + asset] = true;
          any = true;
        }
      }
    }
    if (!any) {
      throw DataException.in(
          file,
          "the universe is empty: none of the %d assets (such as %s) is a member on any day from %s to %s; the list holds %d symbols such as %s"
              .formatted(
                  panel.assetCount(),
                  panel.assets().isEmpty() ? "none" : panel.assets().get(0),
                  panel.days() == 0 ? "none" : panel.dates().get(0),
                  panel.days() == 0 ? "none" : panel.dates().get(panel.days() - 1),
                  spells.size(),
                  spells.keySet().iterator().next()));
    }
    return mask;
  }
}

package alphadistill.data.filing;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The reports of one company that are known at one moment, one for each period: a later report of the same period
 * replaces the figures it has and leaves the others.
 *
 * <p>Periods are told apart by their end, not by the fiscal year that a report names, which is wrong in some. The quarter
 * before ends 70 to 115 days earlier, the same quarter of the year before 340 to 390 days.
 */
final class KnownFilings {
  private static final int SHORTEST_QUARTER = 70;
  private static final int LONGEST_QUARTER = 115;
  private static final int SHORTEST_YEAR = 340;
  private static final int LONGEST_YEAR = 390;

  private final List<Filing> byPeriod = new ArrayList<>();
  private Filing newest;

  /** Takes in the next report, in the order in which they were seen. */
  void add(Filing filing) {
    Filing merged = filing;
    for (int i = 0; i < byPeriod.size(); i++) {
      Filing known = byPeriod.get(i);
      if (known.quarter() == filing.quarter() && known.periodEnd().equals(filing.periodEnd())) {
        merged = correct(known, filing);
        byPeriod.remove(i);
        break;
      }
    }
    byPeriod.add(merged);
    if (newest == null || !merged.periodEnd().isBefore(newest.periodEnd())) {
      newest = merged;
    }
  }

  /** End of the newest period. */
  LocalDate newestEnd() {
    return newest.periodEnd();
  }

  /** NaN when a report it needs is not known or lacks the figure. */
  double value(FilingField field) {
    return switch (field.measure()) {
      case QUARTER -> quarter(newest, field.item());
      case YEAR -> year(field.item());
      case END -> newest.figure(field.item());
      case END_YEAR_BEFORE ->
        ending(newest, newest.quarter(), SHORTEST_YEAR, LONGEST_YEAR)
            .map(before -> before.figure(field.item()))
            .orElse(Double.NaN);
    };
  }

  private double year(FilingItem item) {
    if (newest.quarter() == 4) {
      return newest.figure(item);
    }
    double sum = 0;
    Optional<Filing> filing = Optional.of(newest);
    for (int quarter = 0; quarter < 4; quarter++) {
      sum += filing.map(known -> quarter(known, item)).orElse(Double.NaN);
      filing = filing.flatMap(this::before);
    }
    return sum;
  }

  /** What the quarter that ends with a report brought. */
  private double quarter(Filing filing, FilingItem item) {
    double figure = filing.figure(item);
    boolean toDate = item.span() == FilingItem.Span.YEAR_TO_DATE;
    if (filing.quarter() == 1 || (!toDate && filing.quarter() < 4)) {
      return figure;
    }
    Optional<Filing> before = before(filing);
    if (toDate) {
      return figure - before.map(known -> known.figure(item)).orElse(Double.NaN);
    }
    for (int quarter = 3; quarter >= 1; quarter--) {
      figure -= before.map(known -> known.figure(item)).orElse(Double.NaN);
      before = before.flatMap(this::before);
    }
    return figure;
  }

  private Optional<Filing> before(Filing filing) {
    int quarter = filing.quarter() == 1 ? 4 : filing.quarter() - 1;
    return ending(filing, quarter, SHORTEST_QUARTER, LONGEST_QUARTER);
  }

  /** The known report of a quarter that ended some days before another; the latest of several. */
  private Optional<Filing> ending(Filing later, int quarter, int fewest, int most) {
    Filing found = null;
    for (Filing known : byPeriod) {
      long days = ChronoUnit.DAYS.between(known.periodEnd(), later.periodEnd());
      if (known.quarter() == quarter
          && days >= fewest
          && days <= most
          && (found == null || known.periodEnd().isAfter(found.periodEnd()))) {
        found = known;
      }
    }
    return Optional.ofNullable(found);
  }

  private static Filing correct(Filing known, Filing later) {
    double[] figures = known.figures().clone();
    for (int item = 0; item < figures.length; item++) {
      double figure = later.figures()[item];
      figures[item] = Double.isNaN(figure) ? figures[item] : figure;
    }
    return new Filing(
        later.firstSeen(),
        later.symbol(),
        later.periodEnd(),
        later.quarter(),
        later.amended(),
        figures);
  }
}

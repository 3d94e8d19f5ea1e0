package alphadistill.data.filing;

import alphadistill.data.DataException;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.DropReport;
import alphadistill.data.source.TextTable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Company reports with the days on which they were first seen. Immutable.
 *
 * <p>A report counts from the trading day after it was first seen, because it was collected after the close. Of several
 * reports of one period the later one replaces the figures it has, from the day it is known on and not before.
 *
 * <pre>{@code
 * Filings filings = Filings.read(Path.of("filings.csv.gz"));
 * Panel known = filings.panel(prices.dates(), prices.assets(),
 *     List.of(new FilingField(FilingItem.NET_INCOME, FilingField.Measure.YEAR)), Filings.MAXIMUM_AGE);
 * }</pre>
 */
public final class Filings {
  /** Days after the end of a period when its figures are too old: an annual report is due long before. */
  public static final int MAXIMUM_AGE = 270;

  private static final List<String> QUARTERS = List.of("Q1", "Q2", "Q3", "FY");
  private static final Comparator<Filing> AS_SEEN = Comparator.comparing(Filing::firstSeen)
      .thenComparing(Filing::periodEnd)
      .thenComparing(Filing::amended);

  private final Path file;
  private final Map<String, List<Filing>> bySymbol; // in the order in which they were seen
  private final DropReport drops;

  private Filings(Path file, Map<String, List<Filing>> bySymbol, DropReport drops) {
    this.file = file;
    this.bySymbol = bySymbol;
    this.drops = drops;
  }

  /**
   * Reads a table, plain or gzip, with the columns {@code first_seen, symbol, end_date, amend, period_focus} and one for
   * each {@link FilingItem}; others are not read. A report seen on or before the end of its period is faulty: it is left
   * out and counted.
   *
   * @throws DataException if the file cannot be read, lacks a column, holds no report, or a field is not what it should
   *     be; the message names file, line and value
   */
  public static Filings read(Path file) {
    List<String> columns =
        new ArrayList<>(List.of("first_seen", "symbol", "end_date", "amend", "period_focus"));
    int firstItem = columns.size();
    for (FilingItem item : FilingItem.values()) {
      columns.add(item.column());
    }
    Map<String, List<Filing>> bySymbol = new TreeMap<>();
    DropReport.Tally tally = new DropReport.Tally();
    for (TextTable.Row row : TextTable.read(file, columns).rows()) {
      Filing filing = filing(row, firstItem);
      if (!filing.firstSeen().isAfter(filing.periodEnd())) {
        tally.add(
            "report seen before its period ended, left out",
            "%s line %d: seen %s, period to %s"
                .formatted(filing.symbol(), row.line(), filing.firstSeen(), filing.periodEnd()));
      } else {
        bySymbol.computeIfAbsent(filing.symbol(), symbol -> new ArrayList<>()).add(filing);
      }
    }
    if (bySymbol.isEmpty()) {
      throw DataException.in(file, "holds no report that can be used: " + tally.report());
    }
    bySymbol.values().forEach(filings -> filings.sort(AS_SEEN)); // stable: else in file order
    return new Filings(file, bySymbol, tally.report());
  }

  /** What was left out in reading. */
  public DropReport drops() {
    return drops;
  }

  /** Companies with a report, sorted. */
  public Set<String> symbols() {
    return Collections.unmodifiableSet(bySymbol.keySet());
  }

  /** Number of reports. */
  public int count() {
    return bySymbol.values().stream().mapToInt(List::size).sum();
  }

  /** Day on which the first report was seen. */
  public LocalDate firstSeen() {
    return seen().min(Comparator.naturalOrder()).orElseThrow();
  }

  /** Day on which the last report was seen. */
  public LocalDate lastSeen() {
    return seen().max(Comparator.naturalOrder()).orElseThrow();
  }

  private Stream<LocalDate> seen() {
    return bySymbol.values().stream().flatMap(List::stream).map(Filing::firstSeen);
  }

  /**
   * Counts the assets of which no report is known by the last day.
   *
   * @param dates trading days, rising
   * @param assets symbols
   * @throws DataException if that are all of them
   */
  public DropReport requireOverlap(List<LocalDate> dates, List<String> assets) {
    LocalDate last = dates.get(dates.size() - 1);
    DropReport.Tally tally = new DropReport.Tally();
    for (String asset : assets) {
      if (bySymbol.getOrDefault(asset, List.of()).stream()
          .noneMatch(filing -> filing.firstSeen().isBefore(last))) {
        tally.add("asset without a company report", asset);
      }
    }
    DropReport without = tally.report();
    if (without.total() == assets.size()) {
      throw DataException.in(
          file,
          "knows no report of the %d assets with prices by %s: its companies are such as %s, first seen %s to %s, the assets such as %s; choose files of the same names and years"
              .formatted(
                  assets.size(),
                  last,
                  bySymbol.keySet().iterator().next(),
                  firstSeen(),
                  lastSeen(),
                  assets.get(0)));
    }
    return without;
  }

  /**
   * What was known on each day.
   *
   * @param dates trading days, rising
   * @param assets symbols; one without reports is missing on all days
   * @param maximumAge days after the end of the newest period after which its figures are missing
   * @return a field each, float32, NaN = missing
   */
  public Panel panel(
      List<LocalDate> dates, List<String> assets, List<FilingField> fields, int maximumAge) {
    if (maximumAge < 1) {
      throw new IllegalArgumentException("maximumAge must be at least 1 day, was " + maximumAge);
    }
    float[][] values = new float[fields.size()][Math.multiplyExact(dates.size(), assets.size())];
    for (float[] field : values) {
      Arrays.fill(field, Float.NaN);
    }
    IntStream.range(0, assets.size())
        .parallel() // each asset writes its own cells
        .forEach(asset -> {
          List<Filing> filings = bySymbol.getOrDefault(assets.get(asset), List.of());
          KnownFilings known = new KnownFilings();
          for (int i = 0; i < filings.size(); i++) {
            known.add(filings.get(i));
            int from = firstAfter(dates, filings.get(i).firstSeen());
            int to = i + 1 < filings.size()
                ? firstAfter(dates, filings.get(i + 1).firstSeen())
                : dates.size();
            for (int field = 0; field < values.length && from < to; field++) {
              float value = (float) known.value(fields.get(field));
              for (int day = from; day < to; day++) {
                boolean fresh =
                    ChronoUnit.DAYS.between(known.newestEnd(), dates.get(day)) <= maximumAge;
                values[field][day * assets.size() + asset] = fresh ? value : Float.NaN;
              }
            }
          }
        });
    Panel.Builder panel = Panel.builder(dates, assets);
    for (int field = 0; field < values.length; field++) {
      panel.field(fields.get(field).spec(maximumAge), values[field]);
    }
    return panel.build();
  }

  private static Filing filing(TextTable.Row row, int firstItem) {
    int quarter = QUARTERS.indexOf(row.text(4)) + 1;
    if (quarter == 0) {
      throw row.fault("column 'period_focus' holds '%s'; it must be one of %s"
          .formatted(row.text(4), QUARTERS));
    }
    if (!List.of("True", "False").contains(row.text(3))) {
      throw row.fault("column 'amend' holds '%s'; write True or False".formatted(row.text(3)));
    }
    double[] figures = new double[FilingItem.values().length];
    for (int item = 0; item < figures.length; item++) {
      figures[item] = row.decimal(firstItem + item);
    }
    return new Filing(
        row.date(0), row.name(1), row.date(2), quarter, row.text(3).equals("True"), figures);
  }

  /** Index of the first day after a date. */
  private static int firstAfter(List<LocalDate> dates, LocalDate date) {
    int index = Collections.binarySearch(dates, date);
    return index >= 0 ? index + 1 : -index - 1;
  }
}

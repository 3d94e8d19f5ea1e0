package alphadistill.data.check;

import alphadistill.data.check.Finding.Kind;
import alphadistill.data.check.Finding.Severity;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.PriceTable;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Everything in a price table that a person should look at; nothing is changed. Read the file with
 * {@link alphadistill.data.source.ReadPolicy#inspecting()}, which keeps what other policies mark missing. Two rows for
 * one date and symbol never get this far: the reader refuses them.
 *
 * <pre>{@code
 * DataCheck check = DataCheck.of(table);
 * check.counts().forEach((kind, count) -> System.out.println(kind + " " + count));
 * }</pre>
 *
 * @param findings the worst kind first, then by asset and date
 */
public record DataCheck(List<Finding> findings) {
  /** A day on which this share of the living assets has no close is one finding, not one for each asset. */
  private static final double SPARSE = 0.2;

  /** The same close for so many days in a row is suspicious. */
  private static final int STALE_DAYS = 5;

  public DataCheck {
    findings = List.copyOf(findings);
  }

  /** Checks with the thresholds of {@link TickPolicy#hindsight()}. */
  public static DataCheck of(PriceTable prices) {
    return of(prices, TickPolicy.hindsight());
  }

  /** Checks a price table of the fields {@code open}, {@code high}, {@code low}, {@code close}, {@code volume}. */
  public static DataCheck of(PriceTable prices, TickPolicy policy) {
    Panel panel = prices.panel();
    List<Finding> findings = new ArrayList<>();
    boolean[] sparse = DayChecks.sparseDays(panel, SPARSE, findings);
    for (int day = 0; day < panel.days(); day++) {
      DayOfWeek weekday = panel.dates().get(day).getDayOfWeek();
      if (weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY) {
        findings.add(new Finding(
            Severity.WARNING, Kind.WEEKEND_DAY, "", panel.dates().get(day), "a " + weekday));
      }
    }
    for (int asset = 0; asset < panel.assetCount(); asset++) {
      new AssetChecks(panel, asset, sparse, STALE_DAYS).into(findings);
    }
    for (SuspiciousTick tick : SuspiciousTicks.find(panel, policy)) {
      findings.add(finding(tick));
    }
    findings.sort(Comparator.comparing(Finding::severity)
        .thenComparing(Finding::kind)
        .thenComparing(Finding::asset)
        .thenComparing(Finding::date));
    return new DataCheck(findings);
  }

  /** How many findings of each kind that occurs. */
  public Map<Kind, Long> counts() {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    findings.forEach(finding -> counts.merge(finding.kind(), 1L, Long::sum));
    return Collections.unmodifiableMap(counts);
  }

  public List<Finding> ofKind(Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).toList();
  }

  private static Finding finding(SuspiciousTick tick) {
    Severity severity =
        tick.kind() == SuspiciousTick.Kind.REVERSAL ? Severity.ERROR : Severity.WARNING;
    String next = Double.isNaN(tick.outOf()) ? "" : ", out of it %.4f".formatted(tick.outOf());
    return new Finding(
        severity,
        Kind.valueOf(tick.kind().name()),
        tick.asset(),
        tick.date(),
        "return into the close %.4f%s".formatted(tick.into(), next));
  }
}

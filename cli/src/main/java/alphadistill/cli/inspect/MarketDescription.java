package alphadistill.cli.inspect;

import alphadistill.cli.distill.ObservedMarket;
import alphadistill.data.feature.CrossSectionalScaling.Members;
import alphadistill.data.feature.FeatureSet;
import alphadistill.data.filing.FilingCharacteristics;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Span, fields and coverage of a market, and the features that can be made from it. */
public final class MarketDescription {
  private MarketDescription() {}

  /** A market as a configuration names it, with what was left out. */
  public static String of(ObservedMarket market) {
    StringBuilder text = new StringBuilder();
    market.notes().forEach(note -> text.append(note).append('\n'));
    Panel prices = market.data().prices();
    market
        .data()
        .factors()
        .ifPresent(factors ->
            text.append("factors %s and cash\n".formatted(String.join(", ", factors.names()))));
    text.append('\n').append(of(prices, market.data().universe()));
    market
        .data()
        .characteristics()
        .map(MarketDescription::ownFeatures)
        .filter(own -> !own.isEmpty())
        .ifPresent(own -> text.append('\n').append(fields("own feature", own)));
    text.append("\nleft out:").append(market.drops().isEmpty() ? " nothing\n" : "\n");
    market
        .drops()
        .forEach(drop -> text.append(
            "  %,9d  %s (first %s)\n".formatted(drop.count(), drop.reason(), drop.example())));
    return text.toString();
  }

  /** Prices alone. */
  public static String of(Panel prices, Members members) {
    return "%,d assets (%s to %s), %,d trading days, %s to %s\n\n"
            .formatted(
                prices.assetCount(),
                prices.assets().get(0),
                prices.assets().get(prices.assetCount() - 1),
                prices.days(),
                prices.dates().get(0),
                prices.dates().get(prices.days() - 1))
        + fieldCoverage(prices)
        + '\n'
        + yearCoverage(prices, members);
  }

  /** Characteristics that come with a market alone; those of reports are among all {@link #features}. */
  private static List<FieldSpec> ownFeatures(Panel characteristics) {
    return characteristics.fields().stream()
        .filter(field -> !FilingCharacteristics.names().contains(field.name()))
        .toList();
  }

  /** Every feature there is: unit, warm-up and formula. */
  public static String features() {
    return fields("feature", FeatureSet.names().stream().map(FeatureSet::specOf).toList())
        + '\n'
        + fields("of company reports", FilingCharacteristics.specs());
  }

  private static String fields(String what, List<FieldSpec> fields) {
    StringBuilder text =
        new StringBuilder("%-20s %-18s %8s  %s\n".formatted(what, "unit", "warm-up", "formula"));
    for (FieldSpec field : fields) {
      text.append("%-20s %-18s %8d  %s\n"
          .formatted(field.name(), field.unit(), field.warmUp(), field.definition()));
    }
    return text.toString();
  }

  private static String fieldCoverage(Panel prices) {
    StringBuilder text = new StringBuilder(
        "%-10s %-8s %12s %12s %12s\n".formatted("field", "unit", "values", "least", "most"));
    for (int field = 0; field < prices.fields().size(); field++) {
      long count = 0;
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      for (int day = 0; day < prices.days(); day++) {
        for (float value : prices.crossSection(field, day)) {
          if (!Float.isNaN(value)) {
            count++;
            least = Math.min(least, value);
            most = Math.max(most, value);
          }
        }
      }
      FieldSpec spec = prices.fields().get(field);
      text.append("%-10s %-8s %,12d %12s %12s\n"
          .formatted(
              spec.name(), spec.unit(), count, count == 0 ? "-" : least, count == 0 ? "-" : most));
    }
    return text.toString();
  }

  private static String yearCoverage(Panel prices, Members members) {
    Map<Integer, Year> years = new TreeMap<>();
    int close = prices.fieldIndex("close");
    for (int day = 0; day < prices.days(); day++) {
      Year year = years.computeIfAbsent(
          prices.dates().get(day).getYear(), y -> new Year(prices.assetCount()));
      year.days++;
      float[] closes = prices.crossSection(close, day);
      for (int asset = 0; asset < closes.length; asset++) {
        if (!Float.isNaN(closes[asset])) {
          year.closes++;
          year.quoted[asset] = true;
          year.members += members.contain(day, asset) ? 1 : 0;
        }
      }
    }
    StringBuilder text = new StringBuilder("%-6s %6s %8s %10s %10s %14s\n"
        .formatted("year", "days", "assets", "closes", "coverage", "members a day"));
    years.forEach((number, year) -> {
      int assets = 0;
      for (boolean quoted : year.quoted) {
        assets += quoted ? 1 : 0;
      }
      text.append(String.format(
          Locale.ROOT,
          "%-6d %6d %8d %,10d %9.1f%% %14.1f%n",
          number,
          year.days,
          assets,
          year.closes,
          assets == 0 ? 0 : 100.0 * year.closes / ((long) assets * year.days),
          (double) year.members / year.days));
    });
    text.append(
        "coverage: closes of all days and assets that have any in the year; members: in the universe and quoted\n");
    return text.toString();
  }

  private static final class Year {
    private final boolean[] quoted;
    private int days;
    private long closes;
    private long members;

    Year(int assets) {
      quoted = new boolean[assets];
    }
  }
}

package alphadistill.cli.distill;

import alphadistill.augment.window.BatchStatistics;
import alphadistill.augment.window.SeriesStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A preview of an operation as text for the console, or as rows of CSV. */
public final class PreviewTable {
  private PreviewTable() {}

  /** Every series before and after, then the correlations of series with each other. */
  public static String text(AugmentationPreview preview) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s at rate %s on the newest %,d training samples of fold 0, signal days %s to %s\n%s\n"
            .formatted(
                AugmentationPreview.name(preview.operation()),
                number("%.2f", preview.rate()),
                preview.samples(),
                preview.firstDay(),
                preview.lastDay(),
                preview.market()));
    text.append("changed: %s%% of the samples; the others stay as they were observed\n\n"
        .formatted(number("%.1f", 100 * preview.changedShare())));
    moments(preview, text);
    text.append("""
        lag k   autocorrelation within the window; of label and answer: an asset's successive signal days
        assets  mean correlation of two assets of one signal day
        kurtosis of a normal distribution is 3; features count on quoted days; '-' where nothing varies

        """);
    correlations("correlation before", preview.before(), text);
    correlations("correlation after", preview.after(), text);
    text.append(
        "correlations are over the days of windows, with label and answer over signal days\n\n");
    text.append("operations on these windows\n");
    preview
        .refusals()
        .forEach((operation, refusal) -> text.append("  %-10s %s\n"
            .formatted(
                AugmentationPreview.name(operation),
                refusal.isEmpty() ? "fits" : "refuses: " + refusal)));
    return text.toString();
  }

  private static void moments(AugmentationPreview preview, StringBuilder text) {
    text.append("%-18s %-7s".formatted("", ""));
    statistics(preview.before().series().get(0))
        .keySet()
        .forEach(name -> text.append(" %10s".formatted(heading(name))));
    text.append('\n');
    for (int i = 0; i < preview.before().series().size(); i++) {
      row(preview.before().series().get(i), "before", text);
      row(preview.after().series().get(i), "after", text);
    }
    text.append('\n');
  }

  private static void row(SeriesStatistics series, String when, StringBuilder text) {
    text.append("%-18s %-7s".formatted(when.equals("before") ? series.name() : "", when));
    statistics(series)
        .forEach((name, value) ->
            text.append(" %10s".formatted(number(name.equals("count") ? "%.0f" : "%.4f", value))));
    text.append('\n');
  }

  private static String heading(String name) {
    return name.replace("autocorrelation_", "lag ").replace("between_assets", "assets");
  }

  private static void correlations(String title, BatchStatistics statistics, StringBuilder text) {
    text.append("%-18s".formatted(title));
    statistics.series().forEach(s -> text.append(" %8s".formatted(shortened(s.name(), 8))));
    text.append('\n');
    for (int i = 0; i < statistics.series().size(); i++) {
      text.append("%-18s".formatted(statistics.series().get(i).name()));
      for (int j = 0; j <= i; j++) {
        text.append(
            " %8s".formatted(number("%.3f", statistics.correlations().get(i).get(j))));
      }
      text.append('\n');
    }
    text.append('\n');
  }

  private static String shortened(String name, int most) {
    return name.length() <= most ? name : name.substring(0, most);
  }

  /** {@code series,other,statistic,before,after}; {@code other} is set for correlations; missing numbers are empty. */
  public static String csv(AugmentationPreview preview) {
    StringBuilder csv = new StringBuilder("series,other,statistic,before,after\n");
    List<SeriesStatistics> before = preview.before().series();
    for (int i = 0; i < before.size(); i++) {
      Map<String, Double> after = statistics(preview.after().series().get(i));
      String name = before.get(i).name();
      statistics(before.get(i))
          .forEach((statistic, value) -> csv.append("%s,,%s,%s,%s\n"
              .formatted(name, statistic, cell(value), cell(after.get(statistic)))));
    }
    for (int i = 0; i < before.size(); i++) {
      for (int j = 0; j < i; j++) {
        csv.append("%s,%s,correlation,%s,%s\n"
            .formatted(
                before.get(i).name(),
                before.get(j).name(),
                cell(preview.before().correlations().get(i).get(j)),
                cell(preview.after().correlations().get(i).get(j))));
      }
    }
    return csv.toString();
  }

  private static Map<String, Double> statistics(SeriesStatistics series) {
    Map<String, Double> statistics = new LinkedHashMap<>();
    statistics.put("count", (double) series.count());
    statistics.put("mean", series.mean());
    statistics.put("deviation", series.deviation());
    statistics.put("skew", series.skew());
    statistics.put("kurtosis", series.kurtosis());
    for (int lag = 1; lag <= SeriesStatistics.LAGS; lag++) {
      statistics.put("autocorrelation_" + lag, series.autocorrelation().get(lag - 1));
    }
    statistics.put("between_assets", series.betweenAssets());
    return statistics;
  }

  private static String cell(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }

  private static String number(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
  }
}

package alphadistill.backtest.report;

import alphadistill.backtest.Comparison;
import alphadistill.backtest.Evaluation;
import alphadistill.backtest.page.Page;
import java.util.List;

/**
 * Results as one HTML file: tables, interactive charts and the numbers behind them. It opens from disk without a
 * network, and the same input gives the same bytes.
 *
 * <pre>{@code
 * String page = Report.html(comparison, evaluations, ReportContext.of("US stocks", "600 names, daily, 2006 to 2024"));
 * Files.writeString(Path.of("report.html"), page);
 * }</pre>
 */
public final class Report {
  private Report() {}

  /**
   * The page.
   *
   * @param comparison of the same models
   * @param models one evaluation for each row of the comparison, in the same order; the first is the one shown first
   * @throws IllegalArgumentException if the models are not those of the comparison
   */
  public static String html(Comparison comparison, List<Evaluation> models, ReportContext context) {
    List<String> compared =
        comparison.rows().stream().map(Comparison.Row::model).toList();
    List<String> given = models.stream().map(Evaluation::model).toList();
    if (!compared.equals(given)) {
      throw new IllegalArgumentException(
          "the comparison is of %s but the evaluations are of %s".formatted(compared, given));
    }
    Page page = new Page(context.title());
    new Sections(comparison, models, context).addTo(page);
    return page.write(
        "Charts show every day; their numbers, and those of the CSV files, are rounded to five significant digits. This file fetches nothing.",
        ChartData.of(comparison, models, context),
        Report.class);
  }
}

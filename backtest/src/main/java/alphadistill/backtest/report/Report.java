package alphadistill.backtest.report;

import alphadistill.backtest.Comparison;
import alphadistill.backtest.Evaluation;
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
  /** Nothing may be fetched, even if a name in the data said so. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

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
    Html page = new Html();
    page.open("!doctype html").open("html", "lang", "en").open("head");
    page.open("meta", "charset", "utf-8");
    page.open("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    page.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.open("meta", "name", "color-scheme", "content", "light dark");
    page.open(
        "meta",
        "name",
        "generator",
        "content",
        "alphadistill, Apache ECharts " + PageAssets.chartsVersion());
    page.element("title", context.title());
    page.code("style", PageAssets.own("report.css"));
    page.code("script", PageAssets.own("watch.js"));
    page.close("head").open("body");
    page.element("a", "Skip to the results", "class", "skip", "href", "#headline");
    new Sections(page, comparison, models, context).write();
    page.code(
        "script",
        ChartData.of(comparison, models, context),
        "type",
        "application/json",
        "id",
        "data");
    page.code("script", PageAssets.charts());
    page.code("script", PageAssets.own("figures.js"));
    page.code("script", PageAssets.own("charts.js"));
    page.code("script", PageAssets.own("page.js"));
    return page.close("body", "html").toString();
  }
}

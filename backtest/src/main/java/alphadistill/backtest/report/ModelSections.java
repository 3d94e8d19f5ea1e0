package alphadistill.backtest.report;

import alphadistill.backtest.Breakdown;
import alphadistill.backtest.Evaluation;
import alphadistill.backtest.EvaluationSpec;
import alphadistill.backtest.simulate.BacktestResult;
import java.util.List;

/** Sections that show the picked model, alone or among the others. */
final class ModelSections {
  private final Html page;
  private final List<Evaluation> models;

  ModelSections(Html page, List<Evaluation> models) {
    this.page = page;
    this.models = models;
  }

  void equity() {
    chart(
        page,
        "equity-all",
        "Net wealth, all models",
        "From 1 before the first fill, compounded, after all costs. Click a name to hide or show it.");
    chart(
        page,
        "equity-one",
        "Gross and net wealth",
        "The picked model before and after costs, and all scored names held equally, net.");
    Sections.perModel(
        page,
        models,
        model -> ModelTables.performance(model.portfolio(), model.benchmark()).writeTo(page));
  }

  void drawdown() {
    chart(page, "drawdown", "Drawdown of net wealth", "Below the highest wealth so far.");
    Sections.perModel(page, models, model -> {
      Table table = ModelTables.drawdowns(model.portfolio());
      if (table.isEmpty()) {
        page.element("p", "Net wealth never fell below an earlier high.", "class", "note");
      } else {
        table.writeTo(page);
      }
    });
  }

  void rolling() {
    chart(
        page,
        "rolling",
        "Sharpe ratio of the last %s, net"
            .formatted(Words.plural(models.get(0).spec().rollingDays(), "day")),
        "Annual, in excess of cash; from the first full window on.");
  }

  void months() {
    chart(page, "months", "Net return by month", "Compounded within each month.");
    Sections.perModel(
        page, models, model -> ModelTables.years(model.portfolio().monthly()).writeTo(page));
  }

  void signal() {
    chart(
        page,
        "ic-sum",
        "Rank IC, summed over days",
        "A steady slope is steady skill; a flat stretch is none.");
    chart(
        page,
        "ic-days",
        "Rank IC of each day",
        "Dots are days, the line is the mean of the last 63 days with a coefficient.");
    chart(
        page,
        "decay",
        "Rank IC by horizon",
        "Trading days from the fill to the end of the judged return. Bars are 95 % intervals of the picked model from HAC errors.");
  }

  void quantiles() {
    chart(
        page,
        "quantiles",
        "Return by score bucket, less the day's mean",
        "Mean over days of %s returns after the fill, worst scores left, not annualised. Bars are one standard error, too small by about √horizon because returns overlap."
            .formatted(Words.plural(models.get(0).spec().signal().horizon(), "day")
                .replaceFirst("s$", "")
                .replace(' ', '-')));
  }

  void costs() {
    chart(
        page,
        "cost-sweep",
        "Sharpe ratio at other costs",
        "Commission and slippage together, one way; borrow and impact stay as they were. Where a line crosses zero, costs eat all.");
    Sections.perModel(page, models, model -> {
      page.element(
          "p",
          "Break-even cost %s; charged %s."
              .formatted(
                  Words.basisPoints(model.costSweep().breakEven()),
                  Words.basisPoints(model.spec().backtest().costs().rate())),
          "class",
          "note");
      ModelTables.costs(model.costSweep()).writeTo(page);
    });
    chart(
        page,
        "turnover",
        "Turnover",
        "Two-way, a year, mean of the last %s; as a multiple of equity."
            .formatted(Words.plural(turnoverDays(models.get(0).spec()), "day")));
  }

  void lag() {
    chart(
        page,
        "lags",
        "Sharpe ratio when filled later, net",
        "Trading days from the signal's close to the fill. Lag 0 fills at the signal's own close: a look-ahead diagnostic, not a result.");
    Sections.perModel(page, models, model -> ModelTables.lags(model.lags()).writeTo(page));
  }

  void exposures() {
    if (models.stream().allMatch(model -> model.attribution().isEmpty())) {
      nothing(
          page,
          "No factor returns were given, or there are too few days with positions for a regression.");
      return;
    }
    chart(
        page,
        "attribution",
        "Mean net return: factors and residual alpha",
        "A year, summed. What the teacher's factors explain, and what is left.");
    SummaryTables.explained(models).writeTo(page);
    chart(
        page,
        "exposures",
        "Exposure to the factors through time",
        "Loadings of the picked model over windows of %s that end on the day shown."
            .formatted(Words.plural(models.get(0).spec().rollingDays(), "day")));
    Sections.perModel(page, models, model -> {
      if (model.attribution().isEmpty()) {
        page.element("p", "Without positions there is no exposure.", "class", "note");
      } else {
        ModelTables.loadings(model.attribution().get()).writeTo(page);
      }
    });
  }

  void breakdowns() {
    for (int i = 0; i < models.get(0).breakdowns().size(); i++) {
      Breakdown first = models.get(0).breakdowns().get(i);
      int index = i;
      chart(
          page,
          "breakdown-" + i,
          "Rank IC by " + first.title(),
          "Bars are 95 % intervals from HAC errors.");
      Sections.perModel(
          page,
          models,
          model -> ModelTables.breakdown(model.breakdowns().get(index)).writeTo(page));
    }
  }

  void orders() {
    Sections.perModel(page, models, model -> {
      BacktestResult result = model.portfolio().result();
      page.element(
          "p",
          "%s not or not wholly filled, %s closed for want of a price%s."
              .formatted(
                  Words.plural(result.rejected().size(), "order"),
                  Words.plural(result.delistings().size(), "position"),
                  Math.max(result.rejected().size(), result.delistings().size())
                          > ModelTables.LISTED
                      ? "; the %d largest of each are listed".formatted(ModelTables.LISTED)
                      : ""),
          "class",
          "note");
      if (!result.rejected().isEmpty()) {
        ModelTables.rejectedByReason(result.rejected()).writeTo(page);
        ModelTables.rejected(result.rejected()).writeTo(page);
      }
      if (!result.delistings().isEmpty()) {
        ModelTables.delistings(result.delistings()).writeTo(page);
      }
    });
  }

  /** About a quarter, and whole rounds of decisions, so that no saw-tooth of trading days shows. */
  static int turnoverDays(EvaluationSpec spec) {
    int round = spec.rebalanceEvery();
    return round * Math.max(1, Math.round(60f / round));
  }

  /** Where a script draws a chart; without scripts its title and note stand alone. */
  static void chart(Html page, String id, String title, String note) {
    page.open("figure", "class", "chart", "data-chart", id);
    page.open("figcaption").element("h3", title).element("p", note).close("figcaption");
    page.open(
        "div",
        "class",
        "canvas",
        "role",
        "img",
        "tabindex",
        "0",
        "aria-label",
        title + ". " + note);
    page.close("div");
    page.element("p", "", "class", "reading", "role", "status");
    page.element(
        "a",
        "CSV",
        "class",
        "csv",
        "href",
        "#",
        "download",
        id + ".csv",
        "aria-label",
        "Download the numbers of: " + title);
    page.close("figure");
  }

  static void nothing(Html page, String why) {
    page.element("p", why, "class", "note");
  }
}

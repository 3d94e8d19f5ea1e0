package alphadistill.backtest.report;

import alphadistill.backtest.Breakdown;
import alphadistill.backtest.Evaluation;
import alphadistill.backtest.EvaluationSpec;
import alphadistill.backtest.page.Html;
import alphadistill.backtest.page.Table;
import alphadistill.backtest.page.Words;
import alphadistill.backtest.simulate.BacktestResult;
import java.util.List;

/** Sections that show the picked model, alone or among the others. */
final class ModelSections {
  private final List<Evaluation> models;

  ModelSections(List<Evaluation> models) {
    this.models = models;
  }

  void equity(Html page) {
    page.chart(
        "equity-all",
        "Net wealth, all models",
        "From 1 before the first fill, compounded, after all costs. Click a name to hide or show it.");
    page.chart(
        "equity-one",
        "Gross and net wealth",
        "The picked model before and after costs, and all scored names held equally, net.");
    Sections.perModel(
        page,
        models,
        model -> ModelTables.performance(model.portfolio(), model.benchmark()).writeTo(page));
  }

  void drawdown(Html page) {
    page.chart("drawdown", "Drawdown of net wealth", "Below the highest wealth so far.");
    Sections.perModel(page, models, model -> {
      Table table = ModelTables.drawdowns(model.portfolio());
      if (table.isEmpty()) {
        page.element("p", "Net wealth never fell below an earlier high.", "class", "note");
      } else {
        table.writeTo(page);
      }
    });
  }

  void rolling(Html page) {
    page.chart(
        "rolling",
        "Sharpe ratio of the last %s, net"
            .formatted(Words.plural(models.get(0).spec().rollingDays(), "day")),
        "Annual, in excess of cash; from the first full window on.");
  }

  void months(Html page) {
    page.chart("months", "Net return by month", "Compounded within each month.");
    Sections.perModel(
        page, models, model -> ModelTables.years(model.portfolio().monthly()).writeTo(page));
  }

  void signal(Html page) {
    page.chart(
        "ic-sum",
        "Rank IC, summed over days",
        "A steady slope is steady skill; a flat stretch is none.");
    page.chart(
        "ic-days",
        "Rank IC of each day",
        "Dots are days, the line is the mean of the last 63 days with a coefficient.");
    page.chart(
        "decay",
        "Rank IC by horizon",
        "Trading days from the fill to the end of the judged return. Bars are 95 % intervals of the picked model from HAC errors.");
  }

  void quantiles(Html page) {
    page.chart(
        "quantiles",
        "Return by score bucket, less the day's mean",
        "Mean over days of %s returns after the fill, worst scores left, not annualised. Bars are one standard error, too small by about √horizon because returns overlap."
            .formatted(Words.plural(models.get(0).spec().signal().horizon(), "day")
                .replaceFirst("s$", "")
                .replace(' ', '-')));
  }

  void costs(Html page) {
    page.chart(
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
    page.chart(
        "turnover",
        "Turnover",
        "Two-way, a year, mean of the last %s; as a multiple of equity."
            .formatted(Words.plural(turnoverDays(models.get(0).spec()), "day")));
  }

  void lag(Html page) {
    page.chart(
        "lags",
        "Sharpe ratio when filled later, net",
        "Trading days from the signal's close to the fill. Lag 0 fills at the signal's own close: a look-ahead diagnostic, not a result.");
    Sections.perModel(page, models, model -> ModelTables.lags(model.lags()).writeTo(page));
  }

  void exposures(Html page) {
    if (models.stream().allMatch(model -> model.attribution().isEmpty())) {
      page.note(
          "No factor returns were given, or there are too few days with positions for a regression.");
      return;
    }
    page.chart(
        "attribution",
        "Mean net return: factors and residual alpha",
        "A year, summed. What the teacher's factors explain, and what is left.");
    SummaryTables.explained(models).writeTo(page);
    page.chart(
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

  void breakdowns(Html page) {
    for (int i = 0; i < models.get(0).breakdowns().size(); i++) {
      Breakdown first = models.get(0).breakdowns().get(i);
      int index = i;
      page.chart(
          "breakdown-" + i,
          "Rank IC by " + first.title(),
          "Bars are 95 % intervals from HAC errors.");
      Sections.perModel(
          page,
          models,
          model -> ModelTables.breakdown(model.breakdowns().get(index)).writeTo(page));
    }
  }

  void orders(Html page) {
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
}

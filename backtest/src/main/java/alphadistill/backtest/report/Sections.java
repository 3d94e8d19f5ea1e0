package alphadistill.backtest.report;

import alphadistill.backtest.Comparison;
import alphadistill.backtest.Evaluation;
import alphadistill.backtest.page.Html;
import alphadistill.backtest.page.Page;
import alphadistill.backtest.page.Table;
import alphadistill.backtest.page.Words;
import alphadistill.backtest.report.ReportContext.Definition;
import alphadistill.backtest.report.ReportContext.Fact;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What stands on the page: sections about the run as a whole here, those of one model in {@link ModelSections}. */
final class Sections {
  private final Comparison comparison;
  private final List<Evaluation> models;
  private final ReportContext context;

  Sections(Comparison comparison, List<Evaluation> models, ReportContext context) {
    this.comparison = comparison;
    this.models = models;
    this.context = context;
  }

  /** Adds the masthead and every section. */
  void addTo(Page page) {
    page.masthead(this::lead, this::picker);
    ModelSections single = new ModelSections(models);
    page.section("headline", "Models compared", this::headline);
    page.section("differences", "Paired differences", this::differences);
    page.section("equity", "Equity, gross and net", single::equity);
    page.section("drawdown", "Drawdown", single::drawdown);
    page.section("rolling", "Rolling Sharpe", single::rolling);
    page.section("months", "Monthly returns", single::months);
    page.section("signal", "Information coefficient", single::signal);
    page.section("quantiles", "Quantile returns", single::quantiles);
    page.section("costs", "Turnover and costs", single::costs);
    page.section("lag", "Lag sensitivity", single::lag);
    page.section("exposures", "Factors and alpha", single::exposures);
    page.section("fidelity", "Fidelity to the teacher", this::fidelity);
    page.section("breakdowns", "Regimes and years", single::breakdowns);
    page.section("coverage", "Data and coverage", this::coverage);
    page.section("seeds", "Seeds", this::seeds);
    page.section("definitions", "Definitions", this::definitions);
    page.section("configuration", "Configuration", this::configuration);
    page.section("provenance", "Provenance", this::provenance);
  }

  private void lead(Html page) {
    Evaluation first = models.get(0);
    List<LocalDate> days = first.signal().dates();
    page.element(
        "p",
        "%s. Out of sample %s to %s, horizon %s, filled %s after the signal."
            .formatted(
                ModelTables.capital(context.market()),
                days.get(0),
                days.get(days.size() - 1),
                Words.plural(first.spec().signal().horizon(), "day"),
                Words.plural(first.spec().signal().lag(), "day")),
        "class",
        "lead");
    context.notes().forEach(note -> page.element("p", note, "class", "lead"));
  }

  private void picker(Html page) {
    page.picker("Model", models.stream().map(Evaluation::model).toList());
  }

  private void headline(Html page) {
    perModel(page, models, model -> {
      Comparison.Row row = comparison.rows().get(models.indexOf(model));
      page.open("dl", "class", "tiles");
      page.tile(
          "Rank IC",
          Words.decimal(row.rankIc().mean(), 4),
          "HAC t " + Words.decimal(row.rankIc().hac().t(), 1));
      page.tile(
          "Sharpe, net",
          Words.decimal(row.net().sharpe(), 2),
          "gross " + Words.decimal(model.portfolio().gross().sharpe(), 2));
      page.tile(
          "Return a year, net",
          Words.percent(row.net().annualReturn(), 1),
          "volatility " + Words.percent(row.net().volatility(), 1));
      page.tile(
          "Deepest drawdown",
          Words.percent(row.net().maximumDrawdown(), 1),
          Words.plural(row.net().periods(), "day") + " in all");
      page.tile(
          "Break-even cost",
          Words.basisPoints(row.breakEven()),
          "turnover " + Words.decimal(row.turnoverBySeed().mean(), 1) + " a year");
      page.tile(
          "Deflated Sharpe",
          Words.decimal(row.deflated().probability(), 3),
          "after " + Words.plural(comparison.trials(), "trial"));
      page.close("dl");
    });
    SummaryTables.headline(comparison, context.oracle()).writeTo(page);
    page.element(
        "p",
        "Figures are those of the mean over seeds; ± is the deviation over seeds. Every model is judged on the same days, by the same rule and costs.",
        "class",
        "note");
    context
        .oracle()
        .ifPresent(truth -> page.element(
            "p",
            "The planted truth has a rank IC of %s; %s reaches %s of it."
                .formatted(
                    Words.decimal(truth.signal().rankIc().mean(), 4),
                    models.get(0).model(),
                    Words.percent(
                        models.get(0).signal().rankIc().mean()
                            / truth.signal().rankIc().mean(),
                        0)),
            "class",
            "note"));
    warnings(page);
  }

  private void warnings(Html page) {
    Map<String, List<String>> warned = new LinkedHashMap<>();
    for (Evaluation model : models) {
      for (String warning : model.warnings()) {
        warned.computeIfAbsent(warning, key -> new ArrayList<>()).add(model.model());
      }
    }
    List<String> warnings = new ArrayList<>(comparison.warnings());
    warned.forEach(
        (warning, names) -> warnings.add((names.size() > 1 && names.size() == models.size()
                ? "all models"
                : String.join(", ", names))
            + ": "
            + warning));
    page.open("div", "class", warnings.isEmpty() ? "warnings none" : "warnings", "id", "warnings");
    page.element("h3", "Warnings");
    if (warnings.isEmpty()) {
      page.element("p", "None.");
    } else {
      page.open("ul");
      warnings.forEach(warning -> page.element("li", warning));
      page.close("ul");
    }
    page.close("div");
  }

  private void differences(Html page) {
    if (models.size() < 2) {
      page.note("One model has nothing to be compared with.");
      return;
    }
    page.chart(
        "differences",
        "Rank IC less that of the other models",
        "Mean daily difference and its block-bootstrap interval; an interval across zero shows no difference.");
    perModel(
        page,
        models,
        model -> SummaryTables.differences(
                model.model(),
                comparison.differences().stream()
                    .filter(pair -> pair.model().equals(model.model()))
                    .toList())
            .writeTo(page));
    comparison
        .overfitting()
        .ifPresent(overfitting -> page.element(
            "p",
            "Probability of backtest overfitting among these models: %s (share of half-samples whose best model is below the middle on the other half)."
                .formatted(Words.percent(overfitting.probability(), 0)),
            "class",
            "note"));
  }

  private void fidelity(Html page) {
    if (context.figures().isEmpty()) {
      page.note("Not measured for these scores.");
    }
    for (int i = 0; i < context.figures().size(); i++) {
      FoldFigures figures = context.figures().get(i);
      page.chart("figures-" + i, figures.title(), figures.note());
      Table table = new Table(figures.title()).words("Fold", "Seed");
      figures.measures().forEach(measure -> table.numbers(measure.name()));
      figures.rows().forEach(row -> table.row(cells(row.fold(), row.seed(), row.values())));
      List<Double> means = new ArrayList<>();
      for (int measure = 0; measure < figures.measures().size(); measure++) {
        means.add(figures.mean(measure));
      }
      table.marked("total", cells("mean", "", means)).writeTo(page);
      page.open("dl", "class", "definitions");
      figures
          .measures()
          .forEach(measure -> page.element("dt", measure.name()).element("dd", measure.meaning()));
      page.close("dl");
    }
  }

  private static String[] cells(String fold, String seed, List<Double> values) {
    List<String> cells = new ArrayList<>(List.of(fold, seed));
    values.forEach(value -> cells.add(Words.decimal(value, 3)));
    return cells.toArray(String[]::new);
  }

  private void coverage(Html page) {
    page.element("h3", "Left out of the input");
    if (context.drops().isEmpty()) {
      page.element("p", "Nothing was left out.", "class", "note");
    } else {
      Table table = new Table("What was left out of the input")
          .words("Reason")
          .numbers("Count")
          .words("First example");
      context
          .drops()
          .forEach(drop -> table.row(drop.reason(), Words.count(drop.count()), drop.example()));
      table.writeTo(page);
    }
    page.element("h3", "Scores used");
    SummaryTables.coverage(models).writeTo(page);
    page.element("h3", "Orders and delistings");
    new ModelSections(models).orders(page);
  }

  private void seeds(Html page) {
    page.chart(
        "seeds",
        "Rank IC of each seed",
        "One dot a seed. The spread is what another draw of initial weights and order of samples changes.");
    SummaryTables.seeds(models).writeTo(page);
  }

  private void definitions(Html page) {
    page.open("dl", "class", "definitions");
    List<Definition> all = new ArrayList<>(context.definitions());
    all.addAll(Glossary.of(models.get(0).spec(), comparison.trials()));
    all.forEach(word -> page.element("dt", word.term()).element("dd", word.meaning()));
    page.close("dl");
  }

  private void configuration(Html page) {
    page.listing("Configuration", context.configuration());
  }

  private void provenance(Html page) {
    if (context.provenance().isEmpty()) {
      page.note("Not given.");
      return;
    }
    Table table = new Table("Code, data and machine").words("Fact", "Value");
    for (Fact fact : context.provenance()) {
      table.row(fact.name(), fact.value());
    }
    table.writeTo(page);
  }

  /** A block for each model, of which the page shows the picked one. */
  static void perModel(Html page, List<Evaluation> models, Consumer<Evaluation> block) {
    for (int i = 0; i < models.size(); i++) {
      Evaluation model = models.get(i);
      page.ofModel(i, model.model(), () -> block.accept(model));
    }
  }
}

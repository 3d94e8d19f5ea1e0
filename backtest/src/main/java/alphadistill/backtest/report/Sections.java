package alphadistill.backtest.report;

import alphadistill.backtest.Comparison;
import alphadistill.backtest.Evaluation;
import alphadistill.backtest.report.ReportContext.Definition;
import alphadistill.backtest.report.ReportContext.Fact;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The frame of the page and the sections about the run as a whole; those of one model are {@link ModelSections}. */
final class Sections {
  private final Html page;
  private final Comparison comparison;
  private final List<Evaluation> models;
  private final ReportContext context;
  private final List<Section> sections;

  /**
   * @param id anchor
   * @param title in the contents and above the section
   * @param body writes what stands below
   */
  private record Section(String id, String title, Runnable body) {}

  Sections(Html page, Comparison comparison, List<Evaluation> models, ReportContext context) {
    this.page = page;
    this.comparison = comparison;
    this.models = models;
    this.context = context;
    ModelSections single = new ModelSections(page, models);
    this.sections = List.of(
        new Section("headline", "Models compared", this::headline),
        new Section("differences", "Paired differences", this::differences),
        new Section("equity", "Equity, gross and net", single::equity),
        new Section("drawdown", "Drawdown", single::drawdown),
        new Section("rolling", "Rolling Sharpe", single::rolling),
        new Section("months", "Monthly returns", single::months),
        new Section("signal", "Information coefficient", single::signal),
        new Section("quantiles", "Quantile returns", single::quantiles),
        new Section("costs", "Turnover and costs", single::costs),
        new Section("lag", "Lag sensitivity", single::lag),
        new Section("exposures", "Factors and alpha", single::exposures),
        new Section("fidelity", "Fidelity to the teacher", this::fidelity),
        new Section("breakdowns", "Regimes and years", single::breakdowns),
        new Section("coverage", "Data and coverage", this::coverage),
        new Section("seeds", "Seeds", this::seeds),
        new Section("definitions", "Definitions", this::definitions),
        new Section("configuration", "Configuration", this::configuration),
        new Section("provenance", "Provenance", this::provenance));
  }

  void write() {
    header();
    page.open("div", "class", "frame");
    page.open("nav", "class", "contents", "aria-label", "Contents").open("ol");
    for (Section section : sections) {
      page.open("li").element("a", section.title(), "href", "#" + section.id()).close("li");
    }
    page.close("ol", "nav").open("main", "id", "results");
    for (Section section : sections) {
      page.open("section", "id", section.id(), "aria-labelledby", section.id() + "-title");
      page.element("h2", section.title(), "id", section.id() + "-title");
      section.body().run();
      page.close("section");
    }
    page.close("main", "div");
    page.open("footer")
        .element(
            "p",
            "Charts show every day; their numbers, and those of the CSV files, are rounded to five significant digits. This file fetches nothing.")
        .close("footer");
  }

  private void header() {
    Evaluation first = models.get(0);
    List<LocalDate> days = first.signal().dates();
    page.open("header", "class", "masthead").open("div", "class", "title");
    page.element("h1", context.title());
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
    page.close("div");
    page.open("div", "class", "controls");
    page.open("label", "for", "model").text("Model").close("label");
    page.open("select", "id", "model");
    for (int i = 0; i < models.size(); i++) {
      page.element("option", models.get(i).model(), "value", Integer.toString(i));
    }
    page.close("select");
    page.element("button", "Dark", "type", "button", "id", "theme", "aria-pressed", "false");
    page.close("div", "header");
    page.open("noscript")
        .element("p", "Tables are complete without scripts; charts need them.", "class", "note")
        .close("noscript");
  }

  private void headline() {
    perModel(page, models, model -> {
      Comparison.Row row = comparison.rows().get(models.indexOf(model));
      page.open("dl", "class", "tiles");
      tile(
          "Rank IC",
          Words.decimal(row.rankIc().mean(), 4),
          "HAC t " + Words.decimal(row.rankIc().hac().t(), 1));
      tile(
          "Sharpe, net",
          Words.decimal(row.net().sharpe(), 2),
          "gross " + Words.decimal(model.portfolio().gross().sharpe(), 2));
      tile(
          "Return a year, net",
          Words.percent(row.net().annualReturn(), 1),
          "volatility " + Words.percent(row.net().volatility(), 1));
      tile(
          "Deepest drawdown",
          Words.percent(row.net().maximumDrawdown(), 1),
          Words.plural(row.net().periods(), "day") + " in all");
      tile(
          "Break-even cost",
          Words.basisPoints(row.breakEven()),
          "turnover " + Words.decimal(row.turnoverBySeed().mean(), 1) + " a year");
      tile(
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
    warnings();
  }

  private void tile(String name, String value, String beside) {
    page.open("div").element("dt", name).element("dd", value);
    page.element("dd", beside, "class", "beside").close("div");
  }

  private void warnings() {
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

  private void differences() {
    if (models.size() < 2) {
      ModelSections.nothing(page, "One model has nothing to be compared with.");
      return;
    }
    ModelSections.chart(
        page,
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

  private void fidelity() {
    if (context.figures().isEmpty()) {
      ModelSections.nothing(page, "Not measured for these scores.");
    }
    for (int i = 0; i < context.figures().size(); i++) {
      FoldFigures figures = context.figures().get(i);
      ModelSections.chart(page, "figures-" + i, figures.title(), figures.note());
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

  private void coverage() {
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
    new ModelSections(page, models).orders();
  }

  private void seeds() {
    ModelSections.chart(
        page,
        "seeds",
        "Rank IC of each seed",
        "One dot a seed. The spread is what another draw of initial weights and order of samples changes.");
    SummaryTables.seeds(models).writeTo(page);
  }

  private void definitions() {
    page.open("dl", "class", "definitions");
    List<Definition> all = new ArrayList<>(context.definitions());
    all.addAll(Glossary.of(models.get(0).spec(), comparison.trials()));
    all.forEach(word -> page.element("dt", word.term()).element("dd", word.meaning()));
    page.close("dl");
  }

  private void configuration() {
    if (context.configuration().isEmpty()) {
      ModelSections.nothing(page, "Not given.");
      return;
    }
    page.open(
        "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Configuration");
    page.element("pre", context.configuration()).close("div");
  }

  private void provenance() {
    if (context.provenance().isEmpty()) {
      ModelSections.nothing(page, "Not given.");
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
      page.open("div", "class", "of-model", "data-model", Integer.toString(i));
      page.element("p", models.get(i).model(), "class", "whose");
      block.accept(models.get(i));
      page.close("div");
    }
  }
}

package alphadistill.cli.teacher.report;

import static alphadistill.backtest.page.Words.decimal;

import alphadistill.backtest.page.Table;
import alphadistill.backtest.page.Words;
import alphadistill.cli.teacher.fit.Diagnosis;
import alphadistill.cli.teacher.fit.TeacherFit;
import alphadistill.teacher.Premium;
import alphadistill.teacher.diagnostics.ResidualAutocorrelation;

/** Tables of a fitted teacher. */
final class TeacherTables {
  static final int SKIPPED_LISTED = 20;

  private static final double NORMAL = 1.96;

  private final TeacherReport report;
  private final TeacherFit fit;

  TeacherTables(TeacherReport report) {
    this.report = report;
    this.fit = report.fit();
  }

  /** Premia of the last model. */
  Table premia() {
    Table table = new Table("Premia of the last model")
        .words(fit.onReturns() ? "Factor" : "Characteristic")
        .numbers("Premium", "Standard error", "t", "95 % from", "to");
    fit.model().premia().forEach(premium -> table.row(cells(premium)));
    Premium intercept = fit.model().intercept();
    table.marked("reference", cells(intercept));
    return table;
  }

  private static String[] cells(Premium premium) {
    double margin = NORMAL * premium.standardError();
    return new String[] {
      premium.factor(),
      decimal(premium.value(), 5),
      decimal(premium.standardError(), 5),
      decimal(premium.tStatistic(), 2),
      decimal(premium.value() - margin, 5),
      decimal(premium.value() + margin, 5)
    };
  }

  /** Rank IC by calendar year. */
  Table years() {
    Table table = new Table("Rank IC by year")
        .words("Year")
        .numbers("Dates", "Mean rank IC", "HAC t", "Above zero");
    fit.outOfSample()
        .years()
        .forEach(year -> table.row(
            Integer.toString(year.year()),
            Words.count(year.rankIc().days()),
            decimal(year.rankIc().mean(), 4),
            decimal(year.rankIc().hac().t(), 2),
            Words.percent(year.rankIc().sharePositive(), 0)));
    var all = fit.outOfSample().rankIc();
    return table.marked(
        "total",
        "All",
        Words.count(all.days()),
        decimal(all.mean(), 4),
        decimal(all.hac().t(), 2),
        Words.percent(all.sharePositive(), 0));
  }

  /** Collinearity and stability of each factor. */
  Table diagnostics() {
    Diagnosis diagnosis = fit.diagnosis();
    Table table = new Table("Collinearity and stability")
        .words(fit.onReturns() ? "Factor" : "Characteristic")
        .numbers("VIF, newest", "median", "largest", "Monthly change", "Drift");
    for (int f = 0; f < fit.factors().size(); f++) {
      double drift = diagnosis.drift().values()[f];
      table.row(
          fit.factors().get(f),
          decimal(diagnosis.inflation().get(f).newest(), 2),
          decimal(diagnosis.inflation().get(f).median(), 2),
          decimal(diagnosis.inflation().get(f).largest(), 2),
          decimal(diagnosis.change()[f], 5),
          diagnosis.drift().ofAssets() ? Words.percent(drift, 1) : decimal(drift, 2));
    }
    return table;
  }

  /** Whether residuals repeat themselves. */
  Table residuals() {
    Diagnosis.Residuals residuals = fit.diagnosis().residuals();
    Table table = new Table("Autocorrelation of residuals")
        .words("Residuals")
        .numbers("Assets tested", "Too short", "Autocorrelated", "Expected by chance", "Joint p");
    if (residuals.tests().isEmpty()) {
      return table.row(
          residuals.meaning(),
          "0",
          Words.count(residuals.tooShort()),
          Words.UNDEFINED,
          Words.UNDEFINED,
          Words.UNDEFINED);
    }
    for (ResidualAutocorrelation test : residuals.tests()) {
      int tested = test.tests().size();
      table.row(
          residuals.meaning(),
          Words.count(tested),
          Words.count(residuals.tooShort()),
          "%s (%s)"
              .formatted(
                  Words.count(test.failures()),
                  Words.percent((double) test.failures() / tested, 1)),
          Words.percent(test.level(), 0),
          Words.p(test.jointPValue()));
    }
    return table;
  }

  /** Rows left out, of the last fit and while the data were read. */
  Table dropped() {
    Table table =
        new Table("Rows left out").words("Where", "Reason").numbers("Count").words("Such as");
    fit.model()
        .fit()
        .rowsDropped()
        .forEach(
            (reason, count) -> table.row("last fit", reason, Words.count(count), Words.UNDEFINED));
    report
        .drops()
        .forEach(
            drop -> table.row("data", drop.reason(), Words.count(drop.count()), drop.example()));
    int unanswered = fit.outOfSample().r2().dropped();
    if (unanswered > 0) {
      table.row("forecasts", "no forecast", Words.count(unanswered), Words.UNDEFINED);
    }
    if (table.isEmpty()) {
      table.row("everywhere", "nothing", "0", Words.UNDEFINED);
    }
    return table;
  }

  /** Periods left out of the last fit. */
  Table skipped() {
    Table table = new Table("Periods left out of the last fit").words("Day", "Reason");
    fit.model().fit().periodsSkipped().stream()
        .limit(SKIPPED_LISTED)
        .forEach(skipped -> table.row(skipped.day().toString(), skipped.reason()));
    return table;
  }

  Table provenance() {
    Table table = new Table("Code, data and machine").words("Fact", "Value");
    report.provenance().forEach(table::row);
    return table;
  }
}

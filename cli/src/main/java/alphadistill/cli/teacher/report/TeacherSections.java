package alphadistill.cli.teacher.report;

import static alphadistill.backtest.page.Words.decimal;

import alphadistill.backtest.page.Html;
import alphadistill.backtest.page.Page;
import alphadistill.backtest.page.Words;
import alphadistill.backtest.signal.IcSummary;
import alphadistill.cli.teacher.fit.OutOfSample;
import alphadistill.cli.teacher.fit.TeacherFit;
import alphadistill.teacher.FitReport;
import java.util.List;

/** What stands on the page, section by section. */
final class TeacherSections {
  private final TeacherReport report;
  private final TeacherFit fit;
  private final TeacherTables tables;

  TeacherSections(TeacherReport report) {
    this.report = report;
    this.fit = report.fit();
    this.tables = new TeacherTables(report);
  }

  String html() {
    Page page = new Page(report.title());
    page.masthead(
        html ->
            report.notes().stream().limit(1).forEach(n -> html.element("p", n, "class", "lead")),
        html -> html.picker(fit.onReturns() ? "Factor" : "Characteristic", fit.factors()));
    page.section("headline", "The last model", this::headline);
    page.section("path", fit.onReturns() ? "Premia and betas" : "Premia through time", this::path);
    page.section("sample", "Out of sample", this::outOfSample);
    page.section("explained", "What exposures explain", this::explained);
    page.section("diagnostics", "Diagnostics", this::diagnostics);
    page.section("dropped", "What was dropped", this::dropped);
    page.section(
        "configuration",
        "Configuration",
        html -> html.listing("Configuration", report.configuration()));
    page.section("provenance", "Provenance", html -> tables.provenance().writeTo(html));
    return page.write(
        "Numbers of charts and CSV files are rounded to five significant digits; --json writes every digit. This file fetches nothing.",
        TeacherChartData.of(fit),
        TeacherSections.class);
  }

  private void headline(Html page) {
    OutOfSample out = fit.outOfSample();
    IcSummary ic = out.rankIc();
    FitReport seen = fit.model().fit();
    report.verdicts().forEach(verdict -> {
      page.open("div", "class", verdict.passed() ? "warnings none" : "warnings");
      page.element("h3", verdict.passed() ? "Quality gate passed" : "Quality gate refused");
      page.element("p", verdict.words()).close("div");
    });
    page.open("dl", "class", "tiles");
    page.tile(
        "Teacher",
        fit.type().replace('_', ' '),
        Words.plural(fit.factors().size(), fit.onReturns() ? "factor" : "characteristic"));
    page.tile("Mean rank IC", decimal(ic.mean(), 4), "out of sample");
    page.tile(
        "HAC t",
        decimal(ic.hac().t(), 2),
        "p " + Words.p(ic.hac().pValue()) + ", lag " + ic.hac().lag());
    page.tile(
        "R2 out of sample", Words.percent(out.r2().uncentred(), 2), "against a forecast of zero");
    page.tile("Usable from", fit.model().usableFrom().toString(), "fitted through the day before");
    page.tile(
        "Periods used", Words.count(seen.periodsUsed()), Words.count(seen.rowsUsed()) + " rows");
    page.close("dl");
    tables.premia().writeTo(page);
    page.note("A premium is in " + fit.unit()
        + ". Errors are Newey-West over time; 95 %% lies within 1.96 of them. Labels cover %d days from day %d after the signal."
            .formatted(fit.horizon(), fit.lag()));
  }

  private void path(Html page) {
    page.chart(
        "premium",
        "Premium as it was known at each date",
        "The picked " + (fit.onReturns() ? "factor" : "characteristic") + ", in " + fit.unit()
            + ". The band is 1.96 standard errors either way.");
    page.chart(
        "strength",
        "Premium in standard errors",
        "All of them. Within the dotted lines zero lies in the 95 % band.");
    if (fit.onReturns()) {
      page.chart(
          "betas",
          "Betas of the assets on the picked factor",
          "Mean over assets; the band is 1.96 deviations over assets either way, so about 95 % of them lie in it.");
    }
  }

  private void outOfSample(Html page) {
    page.chart(
        "ic-sum",
        "Cumulative rank IC",
        "Sum over dates of the rank correlation of forecasts and labels, each date's forecast by the model known at its close. A straight rise is skill; labels overlap, so short runs are not.");
    tables.years().writeTo(page);
    page.note(
        "HAC t: Newey-West with a lag of at least the horizon less one. R2 is %s uncentred, against a forecast of zero, and %s centred, against the labels' own mean, over %s forecasts; labels are deviations of their date, so the two are close."
            .formatted(
                Words.percent(fit.outOfSample().r2().uncentred(), 3),
                Words.percent(fit.outOfSample().r2().centred(), 3),
                Words.count(fit.outOfSample().r2().observations())));
  }

  private void explained(Html page) {
    page.chart(
        "map",
        fit.map().ofAssets() ? "R2 by asset and year" : "R2 by month",
        fit.map().meaning() + (fit.map().ofAssets() ? " Those explained best come first." : ""));
    page.note("Mean %s: %s."
        .formatted(
            fit.map().ofAssets() ? "of the newest regressions" : "over dates",
            Words.percent(fit.map().mean(), 2)));
  }

  private void diagnostics(Html page) {
    tables.diagnostics().writeTo(page);
    List.of(
            "VIF: factor by which the others raise the variance of its slope, over the last dates of the months; above 10 is the usual alarm. Condition number %s, at most %s; above 30 is the usual alarm."
                .formatted(
                    decimal(fit.diagnosis().condition().newest(), 1),
                    decimal(fit.diagnosis().condition().largest(), 1)),
            "Monthly change: mean absolute change of the %s from month to month. Drift: %s."
                .formatted(
                    fit.onReturns() ? "mean beta" : "premium",
                    fit.diagnosis().drift().meaning()))
        .forEach(page::note);
    tables.residuals().writeTo(page);
    page.note(
        "Ljung-Box tests with 5 autocorrelations. The joint p-value holds if assets are independent, and is too small where residuals of one date move together.");
  }

  private void dropped(Html page) {
    tables.dropped().writeTo(page);
    List<FitReport.Skipped> skipped = fit.model().fit().periodsSkipped();
    if (skipped.isEmpty()) {
      page.note("No period was left out of the last fit.");
    } else {
      tables.skipped().writeTo(page);
      if (skipped.size() > TeacherTables.SKIPPED_LISTED) {
        page.note("The first %d of %s are listed."
            .formatted(TeacherTables.SKIPPED_LISTED, Words.count(skipped.size())));
      }
    }
    report.notes().stream().skip(1).forEach(page::note);
  }
}

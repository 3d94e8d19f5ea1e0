package alphadistill.cli.teacher;

import alphadistill.backtest.signal.IcSummary;
import alphadistill.cli.teacher.fit.Diagnosis;
import alphadistill.cli.teacher.fit.FitMap;
import alphadistill.cli.teacher.fit.ModelPath;
import alphadistill.cli.teacher.fit.OutOfSample;
import alphadistill.cli.teacher.fit.TeacherFit;
import alphadistill.teacher.FitReport;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.Premium;
import alphadistill.teacher.diagnostics.ResidualAutocorrelation;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A configured teacher in words and figures. */
final class FitFindings {
  private static final int SKIPPED_SHOWN = 3;

  private final TeacherFit fit;
  private final Findings found = new Findings();

  private FitFindings(TeacherFit fit) {
    this.fit = fit;
  }

  static Findings of(TeacherFit fit) {
    FitFindings findings = new FitFindings(fit);
    findings.model();
    findings.rows();
    findings.outOfSample();
    findings.explained();
    findings.diagnosis();
    findings.path();
    return findings.found;
  }

  private void model() {
    LinearFactorModel model = fit.model();
    found.say("teacher %s, as of %s", fit.type(), fit.asOf());
    found.say(
        "fitted through %s, usable from %s; label of %d days from %d after the signal",
        model.fittedThrough(), model.usableFrom(), fit.horizon(), fit.lag());
    found.say("premia: %s", fit.unit());
    found.row("", "premium", "error", "t");
    ObjectNode premia = found
        .json()
        .put("teacher", fit.type())
        .put("asOf", fit.asOf().toString())
        .put("fittedThrough", model.fittedThrough().toString())
        .put("usableFrom", model.usableFrom().toString())
        .put("horizon", fit.horizon())
        .put("lag", fit.lag())
        .put("unit", fit.unit())
        .putObject("premia");
    List<Premium> all = new ArrayList<>(List.of(model.intercept()));
    all.addAll(model.premia());
    for (Premium premium : all) {
      found.row(premium.factor(), premium.value(), premium.standardError(), premium.tStatistic());
      ObjectNode node = premia.putObject(premium.factor());
      Findings.put(node, "value", premium.value());
      Findings.put(node, "standardError", premium.standardError());
      Findings.put(node, "t", premium.tStatistic());
    }
  }

  private void rows() {
    FitReport report = fit.model().fit();
    found.say(
        "rows used %,d; dropped %s",
        report.rowsUsed(),
        report.rowsDropped().isEmpty()
            ? "none"
            : report.rowsDropped().entrySet().stream()
                .map(reason -> "%,d (%s)".formatted(reason.getValue(), reason.getKey()))
                .collect(Collectors.joining(", ")));
    List<FitReport.Skipped> skipped = report.periodsSkipped();
    found.say("periods used %,d; skipped %,d", report.periodsUsed(), skipped.size());
    skipped.stream()
        .limit(SKIPPED_SHOWN)
        .forEach(one -> found.say("  %s: %s", one.day(), one.reason()));
    if (skipped.size() > SKIPPED_SHOWN) {
      found.say("  and %,d more", skipped.size() - SKIPPED_SHOWN);
    }
    ObjectNode rows = found.json().putObject("rows").put("used", report.rowsUsed());
    report.rowsDropped().forEach(rows.putObject("dropped")::put);
    ArrayNode array =
        found.json().putObject("periods").put("used", report.periodsUsed()).putArray("skipped");
    skipped.forEach(
        one -> array.addObject().put("day", one.day().toString()).put("reason", one.reason()));
  }

  private void outOfSample() {
    OutOfSample out = fit.outOfSample();
    IcSummary ic = out.rankIc();
    found.say(
        "out of sample: %,d dates, %s to %s, each by the model known at its close",
        out.dates().size(), out.dates().get(0), out.dates().get(out.dates().size() - 1));
    found.say(
        "rank IC %.4f on %,d of them, HAC t %.2f (lag %d, critical value %.2f, p %.3g)",
        ic.mean(),
        ic.days(),
        ic.hac().t(),
        ic.hac().lag(),
        ic.hac().criticalValue(),
        ic.hac().pValue());
    found.say(
        "R2 %.5f uncentred (against a forecast of zero), %.5f centred (against the mean of the labels)",
        out.r2().uncentred(), out.r2().centred());
    ObjectNode node = found.json().putObject("outOfSample");
    node.put("dates", out.dates().size())
        .put("from", out.dates().get(0).toString())
        .put("to", out.dates().get(out.dates().size() - 1).toString());
    summary(node.putObject("rankIc"), ic);
    Findings.put(node, "r2Uncentred", out.r2().uncentred());
    Findings.put(node, "r2Centred", out.r2().centred());
    node.put("forecasts", out.r2().observations())
        .put("forecastsDropped", out.r2().dropped());
    ObjectNode years = node.putObject("years");
    out.years()
        .forEach(year -> summary(years.putObject(Integer.toString(year.year())), year.rankIc()));
    Findings.put(node, "days", out.dates());
    Findings.put(node, "rankIcByDay", out.coefficients().rankIc());
  }

  private static void summary(ObjectNode node, IcSummary ic) {
    node.put("dates", ic.days());
    Findings.put(node, "mean", ic.mean());
    Findings.put(node, "deviation", ic.deviation());
    Findings.put(node, "hacT", ic.hac().t());
    node.put("hacLag", ic.hac().lag());
    Findings.put(node, "hacP", ic.hac().pValue());
  }

  private void explained() {
    FitMap map = fit.map();
    found.say(
        map.ofAssets()
            ? "in sample: mean R2 of the assets' newest regressions %.4f"
            : "in sample: mean R2 of the dates' own cross-sections %.4f",
        map.mean());
    ObjectNode node = found.json().putObject("explained").put("meaning", map.meaning());
    Findings.put(node, "mean", map.mean());
    Findings.put(node, "columns", map.columns());
    ObjectNode rows = node.putObject("rows");
    for (int i = 0; i < map.rows().size(); i++) {
      Findings.put(rows, map.rows().get(i), map.cells()[i]);
    }
  }

  private void diagnosis() {
    Diagnosis diagnosis = fit.diagnosis();
    found.row("", "VIF newest", "VIF largest", "change", "drift");
    for (int f = 0; f < fit.factors().size(); f++) {
      found.row(
          fit.factors().get(f),
          diagnosis.inflation().get(f).newest(),
          diagnosis.inflation().get(f).largest(),
          diagnosis.change()[f],
          diagnosis.drift().values()[f]);
    }
    found.say(
        "VIF: variance inflation by the other factors over the months' last dates; condition number %.2f, at most %.2f",
        diagnosis.condition().newest(), diagnosis.condition().largest());
    found.say(
        "change: mean absolute change of the %s from month to month",
        fit.onReturns() ? "mean beta" : "premium");
    found.say("drift: %s", diagnosis.drift().meaning());
    Diagnosis.Residuals residuals = diagnosis.residuals();
    for (ResidualAutocorrelation test : residuals.tests()) {
      found.say(
          "residuals (%s): %d of %d assets are autocorrelated at %.0f %%, p %.3g if assets were independent",
          residuals.meaning(),
          test.failures(),
          test.tests().size(),
          100 * test.level(),
          test.jointPValue());
    }
    if (residuals.tooShort() > 0) {
      found.say("  not tested: %,d assets with too few residuals", residuals.tooShort());
    }
    json(diagnosis);
  }

  private void json(Diagnosis diagnosis) {
    ObjectNode node = found.json().putObject("diagnostics");
    ObjectNode inflation = node.putObject("varianceInflation");
    for (int f = 0; f < fit.factors().size(); f++) {
      range(inflation.putObject(fit.factors().get(f)), diagnosis.inflation().get(f));
    }
    range(node.putObject("conditionNumber"), diagnosis.condition());
    Findings.put(node, "monthlyChange", fit.factors(), diagnosis.change());
    node.put("driftMeaning", diagnosis.drift().meaning());
    Findings.put(node, "drift", fit.factors(), diagnosis.drift().values());
    ObjectNode residuals = node.putObject("residuals")
        .put("meaning", diagnosis.residuals().meaning())
        .put("tooShort", diagnosis.residuals().tooShort());
    for (ResidualAutocorrelation test : diagnosis.residuals().tests()) {
      residuals
          .put("assets", test.tests().size())
          .put("failures", test.failures())
          .put("level", test.level());
      Findings.put(residuals, "jointP", test.jointPValue());
      ObjectNode assets = residuals.putObject("ljungBoxP");
      test.tests().forEach(asset -> Findings.put(assets, asset.name(), asset.pValue()));
    }
  }

  private static void range(ObjectNode node, Diagnosis.Range range) {
    Findings.put(node, "newest", range.newest());
    Findings.put(node, "median", range.median());
    Findings.put(node, "largest", range.largest());
  }

  private void path() {
    ModelPath path = fit.path();
    ObjectNode node = found.json().putObject("path");
    Findings.put(node, "days", path.dates());
    series(node, "premia", path.premia());
    series(node, "standardErrors", path.errors());
    if (fit.onReturns()) {
      series(node, "meanBetas", path.loadings());
      series(node, "betaDeviations", path.spreads());
    }
  }

  private void series(ObjectNode node, String name, double[][] byFactor) {
    ObjectNode factors = node.putObject(name);
    for (int f = 0; f < byFactor.length; f++) {
      Findings.put(factors, fit.factors().get(f), byFactor[f]);
    }
  }
}

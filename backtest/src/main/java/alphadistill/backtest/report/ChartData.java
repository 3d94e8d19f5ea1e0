package alphadistill.backtest.report;

import alphadistill.backtest.Attribution;
import alphadistill.backtest.Breakdown;
import alphadistill.backtest.Comparison;
import alphadistill.backtest.Evaluation;
import alphadistill.backtest.EvaluationSpec;
import alphadistill.backtest.SeedResult;
import alphadistill.backtest.attribution.FactorRegression;
import alphadistill.backtest.metric.MonthlyReturns;
import alphadistill.backtest.page.ChartNumbers;
import alphadistill.backtest.signal.IcSummary;
import alphadistill.backtest.signal.SignalSheet;
import alphadistill.backtest.simulate.CostSweep;
import alphadistill.backtest.simulate.LagSensitivity;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The numbers behind the charts, as JSON: every day of every model, rounded to five significant digits. What is not
 * finite is null. Series name their days by index into {@code dates}, because models mostly share them.
 */
final class ChartData {
  /** Nothing below a millionth: no chart shows more. */
  private static final ChartNumbers NUMBERS = new ChartNumbers(6);

  private final ObjectNode root = ChartNumbers.newObject();
  private final List<List<LocalDate>> calendars = new ArrayList<>();

  private ChartData() {}

  /** Safe inside a script element. */
  static String of(Comparison comparison, List<Evaluation> models, ReportContext context) {
    ChartData data = new ChartData();
    EvaluationSpec spec = models.get(0).spec();
    data.root.put("turnoverDays", ModelSections.turnoverDays(spec));
    data.root.put("periodsPerYear", spec.annualisation().periodsPerYear());
    ArrayNode all = data.root.putArray("models");
    models.forEach(model -> data.model(all.addObject(), model, comparison));
    context.oracle().ifPresent(oracle -> {
      ObjectNode node = data.root.putObject("oracle");
      node.put("name", oracle.model());
      data.days(node, "signalDays", oracle.signal().dates());
      array(node, "rankIc", oracle.signal().coefficients().rankIc());
      decay(node, oracle.signal());
    });
    context.figures().forEach(figures -> foldFigures(data.root.withArray("figures"), figures));
    ArrayNode dates = data.root.putArray("dates");
    for (List<LocalDate> calendar : data.calendars) {
      ArrayNode days = dates.addArray();
      calendar.forEach(day -> days.add(day.toString()));
    }
    return ChartNumbers.text(data.root);
  }

  private void model(ObjectNode node, Evaluation model, Comparison comparison) {
    node.put("name", model.model());
    days(node, "days", model.portfolio().dates());
    array(node, "net", afterStart(model.portfolio().netWealth()));
    array(node, "gross", afterStart(model.portfolio().grossWealth()));
    array(node, "benchmark", afterStart(model.benchmark().netWealth()));
    array(node, "underwater", model.portfolio().underwater());
    array(node, "sharpe", model.portfolio().rollingSharpe());
    array(node, "turnover", model.portfolio().result().turnover());
    months(node.putObject("months"), model.portfolio().monthly());
    days(node, "signalDays", model.signal().dates());
    array(node, "rankIc", model.signal().coefficients().rankIc());
    decay(node, model.signal());
    array(node, "quantiles", model.signal().quantiles().mean());
    array(node, "quantileErrors", model.signal().quantiles().standardError());
    costs(node, model.costSweep());
    lags(node, model.lags());
    model.attribution().ifPresent(attribution -> attribution(node, attribution));
    ArrayNode breakdowns = node.putArray("breakdowns");
    model.breakdowns().forEach(breakdown -> breakdown(breakdowns.addObject(), breakdown));
    ArrayNode seeds = node.putArray("seeds");
    for (SeedResult seed : model.seeds()) {
      put(
          seeds.addObject(),
          "rankIc",
          seed.rankIc().mean(),
          "sharpe",
          seed.net().sharpe());
    }
    ArrayNode differences = node.putArray("differences");
    for (Comparison.Difference pair : comparison.differences()) {
      if (pair.model().equals(model.model())) {
        put(
            differences.addObject().put("against", pair.against()),
            "mean",
            pair.rankIc().mean(),
            "low",
            pair.rankIc().interval().low(),
            "high",
            pair.rankIc().interval().high());
      }
    }
  }

  private static double[] afterStart(double[] wealth) {
    return Arrays.copyOfRange(wealth, 1, wealth.length);
  }

  private static void months(ObjectNode node, MonthlyReturns monthly) {
    ArrayNode years = node.putArray("years");
    monthly.years().forEach(years::add);
    ArrayNode values = node.putArray("values");
    for (double[] year : monthly.months()) {
      NUMBERS.fill(values.addArray(), year);
    }
  }

  private static void decay(ObjectNode node, SignalSheet signal) {
    ArrayNode decay = node.putArray("decay");
    for (SignalSheet.Decay point : signal.decay()) {
      put(
          decay.addObject().put("horizon", point.horizon()),
          "rankIc",
          point.rankIc().mean(),
          "margin",
          margin(point.rankIc()));
    }
  }

  private static void costs(ObjectNode node, CostSweep sweep) {
    ArrayNode costs = node.putArray("costs");
    for (CostSweep.Row row : sweep.rows()) {
      put(
          costs.addObject(),
          "basisPoints",
          1e4 * row.rate(),
          "sharpe",
          row.sharpe(),
          "annualReturn",
          row.annualReturn());
    }
  }

  private static void lags(ObjectNode node, LagSensitivity sensitivity) {
    ArrayNode lags = node.putArray("lags");
    for (LagSensitivity.Row row : sensitivity.rows()) {
      put(
          lags.addObject().put("lag", row.lag()),
          "sharpeNet",
          row.sharpeNet(),
          "sharpeGross",
          row.sharpeGross());
    }
  }

  private void attribution(ObjectNode model, Attribution attribution) {
    FactorRegression regression = attribution.regression();
    put(
        model.putObject("attribution"),
        "explained",
        regression.explainedAnnual(),
        "alpha",
        regression.alphaAnnual());
    ObjectNode exposures = model.putObject("exposures");
    days(exposures, "days", attribution.rollingDates());
    ArrayNode factors = exposures.putArray("factors");
    attribution.rolling().factors().forEach(factors::add);
    ArrayNode betas = exposures.putArray("betas");
    for (int factor = 0; factor < attribution.rolling().factors().size(); factor++) {
      int column = factor;
      NUMBERS.fill(
          betas.addArray(),
          Arrays.stream(attribution.rolling().betas())
              .mapToDouble(window -> window[column])
              .toArray());
    }
    array(exposures, "alpha", attribution.rolling().alphaAnnual());
  }

  private static void breakdown(ObjectNode node, Breakdown breakdown) {
    node.put("title", breakdown.title());
    ArrayNode slices = node.putArray("slices");
    for (Breakdown.Slice slice : breakdown.slices()) {
      put(
          slices.addObject().put("label", slice.label()),
          "rankIc",
          slice.rankIc().mean(),
          "margin",
          margin(slice.rankIc()),
          "sharpe",
          slice.sharpeNet());
    }
  }

  private static void foldFigures(ArrayNode all, FoldFigures figures) {
    ObjectNode node = all.addObject().put("title", figures.title());
    ArrayNode measures = node.putArray("measures");
    figures.measures().forEach(measure -> measures.add(measure.name()));
    ArrayNode rows = node.putArray("rows");
    for (FoldFigures.Row row : figures.rows()) {
      ObjectNode line = rows.addObject().put("fold", row.fold()).put("seed", row.seed());
      array(line, "values", row.values().stream().mapToDouble(d -> d).toArray());
    }
  }

  /** Half the width of the 95 % interval that the HAC error gives. */
  private static double margin(IcSummary summary) {
    return summary.hac().criticalValue() * summary.hac().standardError();
  }

  private void days(ObjectNode node, String name, List<LocalDate> days) {
    int known = calendars.indexOf(days);
    if (known < 0) {
      known = calendars.size();
      calendars.add(days);
    }
    node.put(name, known);
  }

  private static void array(ObjectNode node, String name, double[] values) {
    NUMBERS.array(node, name, values);
  }

  /** @param namesAndValues a name and a number in turn */
  private static void put(ObjectNode node, Object... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      NUMBERS.put(node, (String) namesAndValues[i], (double) namesAndValues[i + 1]);
    }
  }
}

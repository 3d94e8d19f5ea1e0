package alphadistill.cli.teacher;

import alphadistill.teacher.famamacbeth.MeanSlopes;
import alphadistill.teacher.famamacbeth.PeriodSlopes;
import alphadistill.teacher.ipca.Ipca;
import alphadistill.teacher.ipca.IpcaFit;
import alphadistill.teacher.ipca.ManagedPortfolios;
import alphadistill.teacher.regression.NeweyWest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Fama-MacBeth regressions and instrumented principal components of a panel, in words and figures. */
public final class Panels {
  private static final int NAMED = 3;

  private Panels() {}

  /** @param lag of the Newey-West errors; negative for the rule of thumb */
  public static Findings famaMacBeth(PanelFile file, int lag) {
    PanelFile.Content panel = file.read();
    return Estimate.of(file.file(), () -> {
      PeriodSlopes.Builder builder = PeriodSlopes.on(file.characteristics());
      panel.periods().forEach(p -> builder.add(p.label(), p.columns(), p.y()));
      PeriodSlopes slopes = builder.build();
      MeanSlopes means = slopes.means();
      int used = lag < 0 ? NeweyWest.ruleLag(means.periods()) : lag;
      double[] mean = means.means();
      double[] plain = means.standardErrors();
      double[] hac = means.neweyWestErrors(used);
      Findings found = new Findings();
      found.say("%s", panel.inWords());
      found.say("%d periods with slopes, mean R2 %.6f", means.periods(), slopes.meanRSquared());
      tellSkipped(found, slopes.skipped());
      found.row("", "mean", "error", "t", "NW(%d)".formatted(used), "t (NW)");
      for (int c = 0; c < mean.length; c++) {
        found.row(
            slopes.names().get(c), mean[c], plain[c], mean[c] / plain[c], hac[c], mean[c] / hac[c]);
      }
      found.json().put("periods", means.periods()).put("rows", panel.rows()).put("lag", used);
      Findings.put(found.json(), "premia", slopes.names(), mean);
      Findings.put(found.json(), "standardErrors", slopes.names(), plain);
      Findings.put(found.json(), "neweyWestErrors", slopes.names(), hac);
      Findings.put(
          found.json(),
          "neweyWestErrorsLargeSample",
          slopes.names(),
          means.neweyWestErrorsLargeSample(used));
      Findings.put(found.json(), "meanRSquared", slopes.meanRSquared());
      ObjectNode byPeriod = found.json().putObject("slopes");
      for (int t = 0; t < means.periods(); t++) {
        Findings.put(byPeriod, slopes.periods().get(t), slopes.names(), slopes.slopes()[t]);
      }
      Findings.put(found.json(), "rSquared", slopes.periods(), slopes.rSquared());
      ObjectNode skipped = found.json().putObject("skipped");
      slopes.skipped().forEach(s -> skipped.put(s.period(), s.reason()));
      return found;
    });
  }

  private static void tellSkipped(Findings found, List<PeriodSlopes.Skipped> skipped) {
    skipped.stream().limit(NAMED).forEach(s -> found.say("skipped %s: %s", s.period(), s.reason()));
    if (skipped.size() > NAMED) {
      found.say("and %d more, all in the JSON", skipped.size() - NAMED);
    }
  }

  /** @param constant whether a characteristic of one for everybody is added, before the others */
  public static Findings ipca(PanelFile file, Ipca choices, boolean constant) {
    PanelFile.Content panel = file.read();
    return Estimate.of(file.file(), () -> {
      List<String> names = constant
          ? Stream.concat(Stream.of("constant"), file.characteristics().stream())
              .toList()
          : file.characteristics();
      ManagedPortfolios.Builder builder =
          ManagedPortfolios.builder(names, panel.periods().size());
      for (int t = 0; t < panel.periods().size(); t++) {
        PanelFile.Period period = panel.periods().get(t);
        builder.set(t, constant ? withOnes(period) : period.columns(), period.y());
      }
      IpcaFit fit = choices.fit(builder.build());
      Findings found = new Findings();
      found.say("%s", panel.inWords());
      found.say("%d sweeps, last change %.2g", fit.sweeps(), fit.lastChange());
      found.row("R2", "total", "predictive");
      found.row("about zero", fit.rSquared().total(), fit.rSquared().predictive());
      found.row(
          "about the mean", fit.rSquared().totalCentred(), fit.rSquared().predictiveCentred());
      List<Object> heading = new ArrayList<>();
      for (int k = 0; k < choices.factors(); k++) {
        heading.add("factor " + (k + 1));
      }
      if (choices.intercept()) {
        heading.add("alpha");
      }
      found.row("loadings", heading.toArray());
      for (int l = 0; l < names.size(); l++) {
        List<Object> cells =
            new ArrayList<>(Arrays.stream(fit.beta()[l]).boxed().toList());
        if (choices.intercept()) {
          cells.add(fit.alpha()[l]);
        }
        found.row(names.get(l), cells.toArray());
      }
      List<Object> means =
          new ArrayList<>(Arrays.stream(fit.factorMeans()).boxed().toList());
      found.row("mean factor", means.toArray());
      write(found.json(), panel, names, fit, choices);
      return found;
    });
  }

  private static void write(
      ObjectNode json, PanelFile.Content panel, List<String> names, IpcaFit fit, Ipca choices) {
    json.put("periods", panel.periods().size()).put("rows", panel.rows());
    json.put("sweeps", fit.sweeps());
    Findings.put(json, "lastChange", fit.lastChange());
    Findings.put(json, "characteristics", names);
    Findings.put(json, "gammaBeta", fit.beta());
    if (choices.intercept()) {
      Findings.put(json, "gammaAlpha", fit.alpha());
    }
    Findings.put(json, "rSquaredTotal", fit.rSquared().total());
    Findings.put(json, "rSquaredPredictive", fit.rSquared().predictive());
    Findings.put(json, "rSquaredTotalCentred", fit.rSquared().totalCentred());
    Findings.put(json, "rSquaredPredictiveCentred", fit.rSquared().predictiveCentred());
    Findings.put(json, "factorMeans", fit.factorMeans());
    double[][] factors = fit.factors();
    ObjectNode byPeriod = json.putObject("factors");
    for (int t = 0; t < panel.periods().size(); t++) {
      Findings.put(byPeriod, panel.periods().get(t).label(), factors[t]);
    }
  }

  private static double[][] withOnes(PanelFile.Period period) {
    double[] ones = new double[period.y().length];
    Arrays.fill(ones, 1);
    return Stream.concat(Stream.of(ones), Arrays.stream(period.columns())).toArray(double[][]::new);
  }
}

package alphadistill.cli.teacher;

import alphadistill.teacher.pricing.JointTest;
import alphadistill.teacher.pricing.PricingSample;
import alphadistill.teacher.pricing.TradedFactorFit;
import alphadistill.teacher.pricing.TradedFactorModel;
import alphadistill.teacher.pricing.TwoPassFit;
import alphadistill.teacher.pricing.TwoPassModel;
import alphadistill.teacher.regression.ErrorRule;
import alphadistill.teacher.regression.NeweyWest;
import alphadistill.teacher.regression.Regression;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Time-series regressions and two-pass regressions of returns on factors, in words and figures. */
public final class Pricing {
  private Pricing() {}

  /**
   * Each asset on a constant and the factors.
   *
   * @param lag of the Newey-West errors; negative for the rule of thumb
   * @param joint whether the alphas are tested together
   */
  public static Findings regressions(Returns returns, int lag, boolean joint) {
    PricingSample sample = returns.pricing();
    return returns.estimate(() -> {
      TradedFactorFit fit = new TradedFactorModel(0, true).fit(sample);
      int used = lag < 0 ? NeweyWest.ruleLag(returns.periods().size()) : lag;
      Findings found = new Findings();
      found.say("%s", returns.inWords());
      found.say("coefficients; below them classical and Newey-West errors (%d lags)", used);
      List<String> names = fit.regressions().get(0).names();
      found.row("", heading(names, "R2").toArray());
      found.json().put("periods", returns.periods().size()).put("lag", used);
      ObjectNode assets = found.json().putObject("assets");
      for (int i = 0; i < returns.assets().size(); i++) {
        Regression regression = fit.regressions().get(i);
        double[] classical = regression.standardErrors(ErrorRule.classical());
        double[] hac = regression.standardErrors(ErrorRule.hac(used));
        List<Object> cells = cells(regression.coefficients());
        cells.add(regression.rSquared());
        found.row(returns.assets().get(i), cells.toArray());
        found.row("", cells(classical).toArray());
        found.row("", cells(hac).toArray());
        ObjectNode node = assets.putObject(returns.assets().get(i));
        Findings.put(node, "coefficients", names, regression.coefficients());
        Findings.put(node, "standardErrors", names, classical);
        Findings.put(node, "neweyWestErrors", names, hac);
        Findings.put(
            node,
            "neweyWestErrorsSmallSample",
            names,
            regression.standardErrors(ErrorRule.hacSmallSample(used)));
        Findings.put(node, "whiteErrors", names, regression.standardErrors(ErrorRule.hc0()));
        Findings.put(node, "rSquared", regression.rSquared());
        Findings.put(node, "adjustedRSquared", regression.adjustedRSquared());
        Findings.put(node, "residualVariance", regression.residualVariance());
      }
      Findings.put(found.json(), "premia", returns.factors(), fit.premia());
      Findings.put(found.json(), "premiaErrors", returns.factors(), fit.premiaErrors());
      if (joint) {
        test(found, "grs", "alphas are all zero, GRS", fit.grs());
        test(found, "robust", "the same, robust to heteroskedasticity", fit.robustTest());
        if (used > 0) {
          test(
              found,
              "robustToAutocorrelation",
              "the same, and to autocorrelation",
              new TradedFactorModel(used, true).fit(sample).robustTest());
        }
      }
      return found;
    });
  }

  /** Mean returns on betas. */
  public static Findings twoPass(Returns returns, TwoPassModel model) {
    PricingSample sample = returns.pricing();
    return returns.estimate(() -> {
      TwoPassFit fit = model.fit(sample);
      Findings found = new Findings();
      found.say("%s", returns.inWords());
      found.say(
          "premia by %s, %s a constant", model.weighting(), model.zeroBeta() ? "with" : "without");
      found.row("", "premium", "Fama-MacBeth", "Shanken", "joint GMM", "t (Shanken)");
      double[] premia = fit.premia();
      double[] byPeriod = fit.famaMacBethErrors();
      double[] shanken = fit.shankenErrors();
      double[] gmm = fit.jointErrors();
      for (int k = 0; k < premia.length; k++) {
        found.row(
            fit.names().get(k), premia[k], byPeriod[k], shanken[k], gmm[k], premia[k] / shanken[k]);
      }
      found.json().put("periods", returns.periods().size());
      Findings.put(found.json(), "premia", fit.names(), premia);
      Findings.put(found.json(), "famaMacBethErrors", fit.names(), byPeriod);
      Findings.put(found.json(), "shankenErrors", fit.names(), shanken);
      Findings.put(found.json(), "gmmErrors", fit.names(), gmm);
      Findings.put(found.json(), "shankenCorrection", fit.shankenCorrection());
      Findings.put(found.json(), "crossSectionalRSquared", fit.crossSectionalRSquared());
      Findings.put(found.json(), "pricingErrors", returns.assets(), fit.pricingErrors());
      Findings.put(found.json(), "pricingErrorErrors", returns.assets(), fit.pricingErrorErrors());
      ObjectNode betas = found.json().putObject("betas");
      for (int i = 0; i < returns.assets().size(); i++) {
        Findings.put(betas, returns.assets().get(i), returns.factors(), fit.betas()[i]);
      }
      test(found, "shanken", "pricing errors are all zero, Shanken's form", fit.shankenTest());
      test(
          found,
          "jointGmm",
          "the same by the whole GMM covariance, nearly singular",
          fit.jointTest());
      return found;
    });
  }

  private static void test(Findings found, String name, String words, JointTest test) {
    found.say(
        "%s: %.6f, %s, p %.4g",
        words,
        test.statistic(),
        test.denominatorDegrees() == 0
            ? "chi-square with %d degrees".formatted(test.degrees())
            : "F(%d, %d)".formatted(test.degrees(), test.denominatorDegrees()),
        test.pValue());
    ObjectNode node = found.json().withObject("/tests").putObject(name);
    Findings.put(node, "statistic", test.statistic());
    node.put("degrees", test.degrees());
    if (test.denominatorDegrees() > 0) {
      node.put("denominatorDegrees", test.denominatorDegrees());
    }
    Findings.put(node, "pValue", test.pValue());
  }

  private static List<Object> heading(List<String> names, String last) {
    List<Object> heading = new ArrayList<>(names);
    heading.add(last);
    return heading;
  }

  private static List<Object> cells(double[] values) {
    List<Object> cells = new ArrayList<>();
    for (double value : values) {
      cells.add(value);
    }
    return cells;
  }
}

package alphadistill.backtest;

import static alphadistill.data.testing.GoldenCases.check;

import alphadistill.backtest.metric.SharpeRatio;
import alphadistill.backtest.significance.DeflatedSharpe;
import alphadistill.backtest.significance.MultipleTesting;
import alphadistill.backtest.significance.OverfittingProbability;
import alphadistill.backtest.significance.SharpeDifference;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/** Golden cases of the package {@code significance}. */
final class SignificanceGoldens {
  private SignificanceGoldens() {}

  static void deflatedSharpe(JsonNode golden) {
    JsonNode inputs = golden.get("inputs");
    double periods = inputs.get("periods").asDouble();
    SharpeRatio observed = new SharpeRatio(
        inputs.get("sharpe_annual").asDouble() / Math.sqrt(periods),
        inputs.get("observations").asInt(),
        inputs.get("skew").asDouble(),
        inputs.get("kurtosis_raw").asDouble());
    DeflatedSharpe deflated = new DeflatedSharpe(
        observed,
        inputs.get("trials").asInt(),
        inputs.get("trial_variance_annual").asDouble() / periods);

    JsonNode expected = golden.get("expected");
    check(golden, "expected_max", deflated.expectedMaximum(), expected.get("expected_max"));
    check(golden, "dsr", deflated.probability(), expected.get("dsr"));
    check(golden, "psr_zero", observed.probabilityAbove(0), expected.get("psr_zero"));
  }

  static void deflatedSharpeOfTrials(JsonNode golden) {
    double[][] returns = GoldenInputs.rows(golden.get("inputs").get("returns_by_trial"));
    DeflatedSharpe deflated = DeflatedSharpe.ofBest(returns);

    JsonNode expected = golden.get("expected");
    check(golden, "best", DeflatedSharpe.best(returns), expected.get("best"));
    check(golden, "sharpe", deflated.observed().perPeriod(), expected.get("sharpe"));
    check(golden, "variance", deflated.trialVariance(), expected.get("variance_ddof1"));
    check(golden, "skew", deflated.observed().skew(), expected.get("skew"));
    check(golden, "kurtosis", deflated.observed().kurtosis(), expected.get("kurtosis_raw"));
    check(golden, "expected_max", deflated.expectedMaximum(), expected.get("expected_max"));
    check(golden, "dsr", deflated.probability(), expected.get("dsr"));
  }

  static void overfitting(JsonNode golden) {
    OverfittingProbability pbo = OverfittingProbability.of(
        GoldenInputs.rows(golden.get("inputs").get("returns_by_trial")),
        golden.get("inputs").get("blocks").asInt());

    JsonNode expected = golden.get("expected");
    check(golden, "combinations", pbo.logits().length, expected.get("combinations"));
    GoldenInputs.checkRow(golden, "logits", pbo.logits(), expected.get("logits"));
    check(golden, "pbo", pbo.probability(), expected.get("pbo"));
    check(golden, "slope", pbo.degradationSlope(), expected.get("degradation_slope"));
    check(golden, "intercept", pbo.degradationIntercept(), expected.get("degradation_intercept"));
    check(golden, "loss", pbo.probabilityOfLoss(), expected.get("probability_of_loss"));
  }

  static void sharpeDifference(JsonNode golden) {
    SharpeDifference test = SharpeDifference.of(
        GoldenInputs.row(golden.get("inputs").get("first")),
        GoldenInputs.row(golden.get("inputs").get("second")));

    JsonNode expected = golden.get("expected");
    check(golden, "difference", test.difference(), expected.get("difference"));
    check(golden, "z", test.z(), expected.get("z"));
    check(golden, "p", test.p(), expected.get("p"));
  }

  static void multipleTesting(JsonNode golden) {
    double[] p = GoldenInputs.row(golden.get("inputs").get("p"));
    for (Map.Entry<String, JsonNode> method : golden.get("expected").properties()) {
      MultipleTesting correction =
          MultipleTesting.valueOf(method.getKey().toUpperCase(Locale.ROOT));
      GoldenInputs.checkRow(golden, method.getKey(), correction.adjusted(p), method.getValue());
    }
  }
}

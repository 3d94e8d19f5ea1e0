package alphadistill.backtest;

import static alphadistill.data.testing.GoldenCases.check;

import alphadistill.backtest.metric.Annualisation;
import alphadistill.backtest.metric.Relative;
import alphadistill.backtest.signal.FactorPortfolio;
import alphadistill.backtest.signal.IcSummary;
import alphadistill.backtest.signal.InformationCoefficients;
import alphadistill.backtest.signal.QuantileLabels;
import alphadistill.backtest.signal.QuantileReturns;
import alphadistill.backtest.signal.RankAutocorrelation;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/** Golden cases of the package {@code signal}. */
final class SignalGoldens {
  private SignalGoldens() {}

  static void signal(JsonNode golden) {
    JsonNode inputs = golden.get("inputs");
    JsonNode expected = golden.get("expected");
    double[][] factor = GoldenInputs.rows(inputs.get("factor"));
    double[][] forward = GoldenInputs.rows(inputs.get("forward_returns"));
    int quantiles = inputs.get("quantiles").asInt();
    int lag = inputs.get("nw_lag").asInt();

    InformationCoefficients ics = InformationCoefficients.of(factor, forward, 2);
    GoldenInputs.checkRow(golden, "ic", ics.ic(), expected.get("ic"));
    GoldenInputs.checkRow(golden, "rank ic", ics.rankIc(), expected.get("rank_ic"));
    summary(golden, IcSummary.withLag(ics.ic(), lag), expected.get("ic_summary"));
    summary(golden, IcSummary.withLag(ics.rankIc(), lag), expected.get("rank_ic_summary"));

    int[][] labels = QuantileLabels.of(factor, quantiles);
    JsonNode first = expected.get("quantile_labels_first");
    for (int asset = 0; asset < first.size(); asset++) {
      int wanted = first.get(asset).isNull() ? 0 : first.get(asset).asInt();
      if (labels[0][asset] != wanted) {
        throw new AssertionError(
            "label of asset %d: %d, expected %d".formatted(asset, labels[0][asset], wanted));
      }
    }
    quantiles(
        golden,
        QuantileReturns.demeaned(factor, forward, quantiles),
        expected.get("quantile_returns_demeaned"));
    quantiles(
        golden,
        QuantileReturns.raw(factor, forward, quantiles),
        expected.get("quantile_returns_raw"));
    GoldenInputs.checkRow(
        golden,
        "turnover",
        QuantileLabels.turnover(labels, quantiles, 1),
        expected.get("turnover_top_lag_1"));
    GoldenInputs.checkRow(
        golden,
        "autocorrelation",
        RankAutocorrelation.of(factor, 1),
        expected.get("rank_autocorrelation_lag_1"));
    GoldenInputs.checkRow(
        golden,
        "weights",
        FactorPortfolio.weights(factor[0]),
        expected.get("dollar_neutral_first"));
    GoldenInputs.checkRow(
        golden,
        "factor returns",
        FactorPortfolio.returns(factor, forward),
        expected.get("factor_returns"));
    double share = inputs.get("long_short_share").asDouble();
    GoldenInputs.checkRow(
        golden,
        "long-short",
        FactorPortfolio.longShort(factor, forward, share),
        expected.get("qlib_long_short"));
    GoldenInputs.checkRow(
        golden, "average", FactorPortfolio.average(factor, forward), expected.get("qlib_average"));
  }

  private static void summary(JsonNode golden, IcSummary summary, JsonNode expected) {
    check(golden, "mean", summary.mean(), expected.get("mean"));
    check(golden, "deviation", summary.deviation(), expected.get("std_ddof1"));
    check(golden, "icir", summary.icir(), expected.get("icir"));
    check(golden, "t", summary.t(), expected.get("t_stat"));
    check(golden, "Newey-West t", summary.hac().t(), expected.get("t_stat_nw"));
    check(golden, "share positive", summary.sharePositive(), expected.get("share_positive"));
  }

  private static void quantiles(JsonNode golden, QuantileReturns returns, JsonNode expected) {
    GoldenInputs.checkRows(golden, "by date", returns.byDate(), expected.get("by_date"));
    GoldenInputs.checkRow(golden, "mean", returns.mean(), expected.get("mean"));
    GoldenInputs.checkRow(golden, "error", returns.standardError(), expected.get("std_error"));
    check(golden, "spread", returns.spreadMean(), expected.get("spread_mean"));
  }

  static void ties(JsonNode golden) {
    InformationCoefficients ics = InformationCoefficients.of(
        GoldenInputs.rows(golden.get("inputs").get("factor")),
        GoldenInputs.rows(golden.get("inputs").get("forward_returns")),
        2);
    GoldenInputs.checkRow(
        golden, "rank ic", ics.rankIc(), golden.get("expected").get("rank_ic"));
  }

  static void alphalens(JsonNode golden) {
    JsonNode inputs = golden.get("inputs");
    JsonNode expected = golden.get("expected");
    double[][] factor = GoldenInputs.rows(inputs.get("factor"));
    double[][] reversed = GoldenInputs.rows(inputs.get("forward_reversed"));

    GoldenInputs.checkRow(
        golden,
        "rank ic",
        InformationCoefficients.of(factor, reversed, 2).rankIc(),
        expected.get("rank_ic_reversed"));
    GoldenInputs.checkRows(
        golden,
        "weights",
        Arrays.stream(GoldenInputs.rows(inputs.get("weights_factor")))
            .map(FactorPortfolio::weights)
            .toArray(double[][]::new),
        expected.get("dollar_neutral_weights"));
    GoldenInputs.checkRow(
        golden,
        "factor returns",
        FactorPortfolio.returns(factor, reversed),
        expected.get("factor_returns_reversed"));

    double[][] one = GoldenInputs.rows(inputs.get("forward_one"));
    Relative market = Relative.of(
        FactorPortfolio.returns(factor, one),
        FactorPortfolio.average(factor, one),
        new double[one.length],
        Annualisation.DAILY);
    GoldenInputs.checkRow(
        golden,
        "alpha and beta",
        new double[] {market.alphaCompounded(), market.beta()},
        expected.get("alpha_annual_252_and_beta"));

    double[][] quantiles = GoldenInputs.rows(inputs.get("quantiles"));
    int[][] labels = Arrays.stream(quantiles)
        .map(row -> Arrays.stream(row).mapToInt(label -> (int) label).toArray())
        .toArray(int[][]::new);
    for (int lag = 1; lag <= 2; lag++) {
      GoldenInputs.checkRow(
          golden,
          "turnover lag " + lag,
          QuantileLabels.turnover(labels, 4, lag),
          expected.get("turnover_quantile_4_lag_" + lag));
    }
    GoldenInputs.checkRow(
        golden,
        "autocorrelation",
        RankAutocorrelation.of(GoldenInputs.rows(inputs.get("autocorrelation_factor")), 3),
        expected.get("rank_autocorrelation_lag_3"));
  }
}

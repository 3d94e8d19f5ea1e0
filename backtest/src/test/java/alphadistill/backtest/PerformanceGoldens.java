package alphadistill.backtest;

import static alphadistill.data.testing.GoldenCases.check;

import alphadistill.backtest.metric.Annualisation;
import alphadistill.backtest.metric.Autocorrelation;
import alphadistill.backtest.metric.Drawdown;
import alphadistill.backtest.metric.Drawdowns;
import alphadistill.backtest.metric.Moments;
import alphadistill.backtest.metric.PerformanceSummary;
import alphadistill.backtest.metric.Ratios;
import alphadistill.backtest.metric.Relative;
import alphadistill.backtest.metric.Tails;
import alphadistill.backtest.metric.Wealth;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Golden cases of the package {@code metric}. */
final class PerformanceGoldens {
  private PerformanceGoldens() {}

  static void summary(JsonNode golden) {
    JsonNode inputs = golden.get("inputs");
    double[] returns = GoldenInputs.row(inputs.get("returns"));
    double[] benchmark = GoldenInputs.row(inputs.get("benchmark"));
    double[] riskFree;
    if (inputs.get("risk_free").isNumber()) {
      riskFree = new double[returns.length];
      Arrays.fill(riskFree, inputs.get("risk_free").asDouble());
    } else {
      riskFree = GoldenInputs.row(inputs.get("risk_free"));
    }
    Annualisation year = new Annualisation(inputs.get("periods_per_year").asInt());
    PerformanceSummary summary = PerformanceSummary.of(returns, riskFree, benchmark, year);
    double[] excess = Ratios.less(returns, riskFree);

    for (Map.Entry<String, JsonNode> entry : golden.get("expected").properties()) {
      String name = entry.getKey();
      JsonNode expected = entry.getValue();
      switch (name) {
        case "alpha_beta" -> alphaBeta(golden, summary.relative().orElseThrow(), expected);
        case "autocorrelations" ->
          GoldenInputs.checkRow(
              golden, name, Autocorrelation.of(excess, expected.size()), expected);
        case "pair_correlations" ->
          GoldenInputs.checkRow(
              golden, name, Autocorrelation.ofPairs(excess, expected.size()), expected);
        default -> check(golden, name, figure(summary, name), expected);
      }
    }
  }

  private static void alphaBeta(JsonNode golden, Relative relative, JsonNode expected) {
    check(golden, "beta", relative.beta(), expected.get("beta"));
    check(golden, "alpha per period", relative.alphaPerPeriod(), expected.get("alpha_per_period"));
    check(golden, "alpha", relative.alphaCompounded(), expected.get("alpha_compounded"));
    check(golden, "alpha sum", relative.alphaAnnual(), expected.get("alpha_times_periods"));
  }

  private static double figure(PerformanceSummary summary, String name) {
    Relative relative = summary.relative().orElseThrow();
    return switch (name) {
      case "total_return" -> summary.totalReturn();
      case "cagr" -> summary.annualReturn();
      case "mean_times_periods" -> summary.meanAnnual();
      case "volatility" -> summary.volatility();
      case "volatility_population" -> summary.volatilityPopulation();
      case "sharpe" -> summary.sharpe();
      case "sharpe_no_rf" -> summary.sharpeWithoutCash();
      case "sharpe_log" -> summary.sharpeOfLogs();
      case "sharpe_qlib_sum_238" -> summary.qlib().sharpeOfSums();
      case "ir_qlib_product_238" -> summary.qlib().ratioOfProducts();
      case "annual_return_qlib_sum_238" -> summary.qlib().annualReturnOfSums();
      case "max_drawdown_qlib_sum" -> summary.qlib().maximumDrawdownOfSums();
      case "max_drawdown" -> summary.maximumDrawdown();
      case "max_drawdown_without_start" -> summary.maximumDrawdownWithoutStart();
      case "calmar" -> summary.calmar();
      case "ulcer_n" -> summary.ulcer();
      case "ulcer_n_minus_1" -> summary.ulcerQuantstats();
      case "sortino_full" -> summary.sortino();
      case "sortino_subset" -> summary.sortinoOfLosses();
      case "downside_full" -> summary.downside();
      case "downside_sum_of_squares" -> summary.downsideSumOfSquares();
      case "omega" -> summary.omega();
      case "omega_required_5pct" -> summary.omegaFivePercent();
      case "tail_ratio" -> summary.tails().tailRatio();
      case "skew_population" -> summary.moments().skew();
      case "skew_unbiased" -> summary.moments().skewUnbiased();
      case "kurtosis_raw_population" -> summary.moments().kurtosis();
      case "kurtosis_excess_unbiased" -> summary.moments().excessKurtosisUnbiased();
      case "var_95_historical_linear" -> summary.tails().valueAtRisk();
      case "var_95_normal" -> summary.tails().valueAtRiskNormal();
      case "cvar_95_below_historical" -> summary.tails().shortfallBelow();
      case "cvar_95_worst_ceil" -> summary.tails().shortfall();
      case "cvar_95_normal" -> summary.tails().shortfallNormal();
      case "hit_rate" -> summary.hitRate();
      case "profit_factor" -> summary.profitFactor();
      case "payoff" -> summary.payoff();
      case "correlation" -> relative.correlation();
      case "information_ratio" -> relative.informationRatio();
      case "information_ratio_per_period" -> relative.informationRatioPerPeriod();
      case "tracking_error" -> relative.trackingError();
      case "treynor_mean" -> relative.treynor();
      case "up_capture" -> relative.upCapture();
      case "down_capture" -> relative.downCapture();
      case "sharpe_lo_12_from_6_autocorrelations" -> summary.sharpeAutocorrelated();
      case "sharpe_se_iid" -> summary.sharpeRatio().standardErrorNormal();
      case "sharpe_se_mertens" -> summary.sharpeRatio().standardError();
      case "psr_zero" -> summary.sharpeRatio().probabilityAbove(0);
      case "min_track_record_95" -> summary.sharpeRatio().minimumTrackRecord(0, 0.95);
      default -> throw new AssertionError("no figure for the golden name " + name);
    };
  }

  static void drawdowns(JsonNode golden) {
    List<Drawdown> table = Drawdowns.table(GoldenInputs.row(golden.get("inputs").get("returns")));
    JsonNode expected = golden.get("expected");
    for (int i = 0; i < expected.size(); i++) {
      Drawdown drawdown = table.get(i);
      check(golden, "depth " + i, drawdown.depth(), expected.get(i).get("depth"));
      check(golden, "peak " + i, drawdown.peak(), expected.get(i).get("peak"));
      check(golden, "valley " + i, drawdown.valley(), expected.get(i).get("valley"));
      double recovered =
          drawdown.recovered().isPresent() ? drawdown.recovered().getAsInt() : Double.NaN;
      check(golden, "recovered " + i, recovered, expected.get(i).get("recovered"));
    }
  }

  static void tailRatio(JsonNode golden) {
    double[] series = GoldenInputs.row(golden.get("inputs").get("series"));
    JsonNode expected = golden.get("expected");
    check(golden, "dropped", Tails.tailRatio(series), expected.get("missing_dropped"));
    double[] zeros = Arrays.stream(series).map(r -> Double.isNaN(r) ? 0 : r).toArray();
    check(golden, "as zero", Tails.tailRatio(zeros), expected.get("missing_as_zero"));
  }

  /** Cases that name a function with its options, such as {@code sortino_252_mar_1pct}, and a series. */
  static void published(JsonNode golden) {
    for (JsonNode entry : golden.get("expected")) {
      String metric = entry.get("metric").asText();
      double actual = figure(metric, entry.get("series"), golden.get("inputs").path("series"));
      check(golden, metric + " of " + entry.get("series"), actual, entry.get("recomputed"));
    }
  }

  private static double figure(String metric, JsonNode series, JsonNode named) {
    Matcher m = Pattern.compile("(?<what>[a-z_]+?)(_ann)?(_(?<year>\\d+))?"
            + "(_(?<option>mar|rf|required|threshold|benchmark)_(?<number>[\\d.]+)"
            + "(?<percent>pct)?(_per_period)?)?(_(?<other>on|over)_(?<name>[a-z]+))?"
            + "(?<one>_of_one_return_1pct)?")
        .matcher(metric);
    if (!m.matches()) {
      throw new AssertionError("cannot read the metric " + metric);
    }
    double option = m.group("number") == null ? 0 : Double.parseDouble(m.group("number"));
    option /= m.group("percent") == null ? 1 : 100;
    double required = "required".equals(m.group("option")) ? option : 0;
    Annualisation year =
        new Annualisation(m.group("year") == null ? 252 : Integer.parseInt(m.group("year")));
    String text = series.asText();
    String[] sides = text.split(" over ");
    double[] returns = series.isArray() ? GoldenInputs.row(series) : series(sides[0], named);
    String second = sides.length > 1 ? sides[1] : m.group("name");
    double[] other = second == null
        ? new double[returns.length]
        : series(text.endsWith("[1:]") ? second + "[1:]" : second, named);
    double[] over = Ratios.less(returns, option - required);
    double[] zero = new double[returns.length];

    return switch (m.group("what")) {
      case "max_drawdown" -> Drawdowns.deepest(returns);
      case "annual_return", "cagr" -> Wealth.annualReturn(returns, year);
      case "annual_volatility" -> Ratios.volatility(returns, year);
      case "calmar" -> Ratios.calmar(returns, year);
      case "omega" -> Ratios.omega(Ratios.less(over, year.perPeriod(required)));
      case "sharpe" -> Ratios.sharpe(Ratios.less(over, other), year);
      case "downside" -> Ratios.downside(over, year);
      case "sortino" -> Ratios.sortino(over, year);
      case "information_ratio_not_annualised" -> Moments.of(over).meanOverDeviation();
      case "beta" -> Relative.of(returns, other, zero, year).beta();
      case "alpha_compounded" -> Relative.of(returns, other, zero, year).alphaCompounded();
      case "capture" -> Relative.capture(returns, other, benchmark -> true, year);
      case "stability" -> Wealth.stability(returns);
      default -> throw new AssertionError("cannot read the metric " + metric);
    };
  }

  private static double[] series(String text, JsonNode named) {
    if (text.startsWith("[")) {
      try {
        return GoldenInputs.row(new ObjectMapper().readTree(text));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    boolean later = text.endsWith("[1:]");
    String name = later ? text.substring(0, text.length() - 4) : text;
    double[] series = GoldenInputs.row(named.get(name));
    return later ? Arrays.copyOfRange(series, 1, series.length) : series;
  }
}

package alphadistill.backtest.signal;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Everything that is said about one set of scores before costs. Series have one entry for each date that has a score;
 * "the date before" is the scored date before.
 *
 * <pre>{@code
 * SignalSheet sheet = SignalSheet.of(dates, scores, closes, SignalSpec.of(5, 1));
 * double meanRankIc = sheet.rankIc().mean();
 * double t = sheet.rankIc().hac().t();
 * }</pre>
 *
 * @param dates days with at least one score
 * @param spec what they were asked
 * @param coefficients daily information coefficients and the dates left out
 * @param ic summary of the Pearson coefficients
 * @param rankIc summary of the rank coefficients
 * @param decay rank coefficients at other horizons
 * @param quantiles returns by bucket less the date's mean
 * @param rawQuantiles returns by bucket as they are
 * @param topTurnover share of the best bucket that was not in it the date before
 * @param bottomTurnover the same for the worst bucket
 * @param autocorrelation correlation of ranks with those of the date before
 * @param factorReturns return over the horizon of dollar-neutral weights proportional to the score, gross 1
 * @param longShort qlib's long-short return over the horizon, best and worst fifth
 */
public record SignalSheet(
    List<LocalDate> dates,
    SignalSpec spec,
    InformationCoefficients coefficients,
    IcSummary ic,
    IcSummary rankIc,
    List<Decay> decay,
    QuantileReturns quantiles,
    QuantileReturns rawQuantiles,
    double[] topTurnover,
    double[] bottomTurnover,
    double[] autocorrelation,
    double[] factorReturns,
    double[] longShort) {

  private static final double QLIB_SHARE = 0.2;

  /**
   * @param horizon trading days
   * @param rankIc summary of the rank coefficients at that horizon
   */
  public record Decay(int horizon, IcSummary rankIc) {}

  public SignalSheet {
    dates = List.copyOf(dates);
    decay = List.copyOf(decay);
  }

  /**
   * @param dates all trading days, also those after the last score that its return needs
   * @param allScores {@code [day][asset]}, known at the close of the day
   * @param prices {@code [day][asset]} at the time of day orders are filled at
   */
  public static SignalSheet of(
      List<LocalDate> dates, double[][] allScores, double[][] prices, SignalSpec spec) {
    if (dates.size() != allScores.length || allScores.length != prices.length) {
      throw new IllegalArgumentException("%d dates, %d days of scores and %d of prices"
          .formatted(dates.size(), allScores.length, prices.length));
    }
    int[] days = scoredDays(allScores);
    double[][] scores = rows(allScores, days);
    double[][] forward = rows(ForwardReturns.of(prices, spec.horizon(), spec.lag()), days);
    InformationCoefficients coefficients =
        InformationCoefficients.of(scores, forward, spec.minimumNames());
    int[][] labels = QuantileLabels.of(scores, spec.quantiles());
    return new SignalSheet(
        Arrays.stream(days).mapToObj(dates::get).toList(),
        spec,
        coefficients,
        IcSummary.of(coefficients.ic(), spec.horizon()),
        IcSummary.of(coefficients.rankIc(), spec.horizon()),
        spec.decayHorizons().stream()
            .map(h -> decay(scores, days, prices, spec, h))
            .toList(),
        QuantileReturns.demeaned(scores, forward, spec.quantiles()),
        QuantileReturns.raw(scores, forward, spec.quantiles()),
        QuantileLabels.turnover(labels, spec.quantiles(), 1),
        QuantileLabels.turnover(labels, 1, 1),
        RankAutocorrelation.of(scores, 1),
        FactorPortfolio.returns(scores, forward),
        FactorPortfolio.longShort(scores, forward, QLIB_SHARE));
  }

  /** Days with at least one score. */
  public static int[] scoredDays(double[][] scores) {
    return IntStream.range(0, scores.length)
        .filter(day -> Arrays.stream(scores[day]).anyMatch(score -> !Double.isNaN(score)))
        .toArray();
  }

  /** The rows of some days. */
  public static double[][] rows(double[][] all, int[] days) {
    return Arrays.stream(days).mapToObj(day -> all[day]).toArray(double[][]::new);
  }

  private static Decay decay(
      double[][] scores, int[] days, double[][] prices, SignalSpec spec, int horizon) {
    double[][] forward = rows(ForwardReturns.of(prices, horizon, spec.lag()), days);
    double[] rankIc =
        InformationCoefficients.of(scores, forward, spec.minimumNames()).rankIc();
    return new Decay(horizon, IcSummary.of(rankIc, horizon));
  }
}

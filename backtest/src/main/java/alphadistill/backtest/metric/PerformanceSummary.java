package alphadistill.backtest.metric;

import java.util.Optional;

/**
 * Everything a tear sheet says about one series of per-period simple returns. Annual figures unless "per period" is
 * said; compounded where "growth" or "compounded" is said, otherwise means of sums.
 *
 * <pre>{@code
 * PerformanceSummary summary = PerformanceSummary.of(net, Annualisation.DAILY);
 * double sharpe = summary.sharpe();
 * }</pre>
 *
 * @param periods periods elapsed, missing ones included
 * @param missing periods without a return
 * @param annualisation periods a year
 * @param totalReturn compounded over all periods
 * @param annualReturn compound annual growth rate
 * @param meanAnnual mean per period times A: summed, not compounded
 * @param volatility deviation (divisor n - 1) times sqrt(A)
 * @param volatilityPopulation the same with divisor n
 * @param sharpe of returns in excess of cash
 * @param sharpeWithoutCash of returns as they are
 * @param sharpeOfLogs of log returns, not in excess of cash
 * @param sharpeAutocorrelated of one year of 12 periods, corrected by six autocorrelations (Lo 2002); NaN with
 *     missing returns
 * @param sharpeRatio the ratio per period with its sampling error, skew and kurtosis of excess returns
 * @param moments of returns in excess of cash, per period
 * @param sortino mean excess over semideviation of all periods
 * @param sortinoOfLosses mean excess over semideviation of losing periods
 * @param downside semideviation of excess returns, all periods
 * @param downsideSumOfSquares per period
 * @param omega gains over losses, target zero
 * @param omegaFivePercent gains over losses, target 5 % a year
 * @param maximumDrawdown negative; wealth starts before the first return
 * @param maximumDrawdownWithoutStart wealth starts after the first return
 * @param calmar annual growth over maximum drawdown
 * @param ulcer root mean square drawdown, divisor n
 * @param ulcerQuantstats the same with divisor n - 1
 * @param tails worst 5 % of returns
 * @param hitRate share of periods with a gain among those present
 * @param profitFactor sum of gains over sum of losses
 * @param payoff mean gain over mean loss
 * @param stability R squared of cumulated log returns on time
 * @param relative against the benchmark, when one was given
 * @param qlib qlib's variants
 */
public record PerformanceSummary(
    int periods,
    int missing,
    Annualisation annualisation,
    double totalReturn,
    double annualReturn,
    double meanAnnual,
    double volatility,
    double volatilityPopulation,
    double sharpe,
    double sharpeWithoutCash,
    double sharpeOfLogs,
    double sharpeAutocorrelated,
    SharpeRatio sharpeRatio,
    Moments moments,
    double sortino,
    double sortinoOfLosses,
    double downside,
    double downsideSumOfSquares,
    double omega,
    double omegaFivePercent,
    double maximumDrawdown,
    double maximumDrawdownWithoutStart,
    double calmar,
    double ulcer,
    double ulcerQuantstats,
    Tails tails,
    double hitRate,
    double profitFactor,
    double payoff,
    double stability,
    Optional<Relative> relative,
    QlibVariant qlib) {

  /** Lags and periods of the autocorrelation-corrected ratio; the figure is per 12 periods. */
  private static final int LO_LAGS = 6;

  private static final int LO_PERIODS = 12;

  /** Returns with nothing earned on cash and no benchmark. */
  public static PerformanceSummary of(double[] returns, Annualisation annualisation) {
    return summary(returns, new double[returns.length], Optional.empty(), annualisation);
  }

  /** Returns and what cash earned in the same periods. */
  public static PerformanceSummary of(
      double[] returns, double[] riskFree, Annualisation annualisation) {
    return summary(returns, riskFree, Optional.empty(), annualisation);
  }

  /** Returns, cash and a benchmark of the same periods. */
  public static PerformanceSummary of(
      double[] returns, double[] riskFree, double[] benchmark, Annualisation annualisation) {
    return summary(returns, riskFree, Optional.of(benchmark), annualisation);
  }

  private static PerformanceSummary summary(
      double[] returns,
      double[] riskFree,
      Optional<double[]> benchmark,
      Annualisation annualisation) {
    double[] excess = Ratios.less(returns, riskFree);
    Moments plain = Moments.of(returns);
    Moments moments = Moments.of(excess);
    Hits hits = Hits.of(returns);
    return new PerformanceSummary(
        returns.length,
        returns.length - plain.count(),
        annualisation,
        Wealth.totalReturn(returns),
        Wealth.annualReturn(returns, annualisation),
        plain.mean() * annualisation.periodsPerYear(),
        plain.deviation() * annualisation.root(),
        plain.populationDeviation() * annualisation.root(),
        moments.meanOverDeviation() * annualisation.root(),
        plain.meanOverDeviation() * annualisation.root(),
        Ratios.sharpe(Ratios.logs(returns), annualisation),
        moments.meanOverDeviation()
            * Autocorrelation.sharpeFactor(LO_PERIODS, Autocorrelation.of(excess, LO_LAGS)),
        SharpeRatio.of(excess),
        moments,
        Ratios.sortino(excess, annualisation),
        Ratios.sortinoOfLosses(excess, annualisation),
        Ratios.downside(excess, annualisation),
        Ratios.downsideSumOfSquares(excess),
        Ratios.omega(returns),
        Ratios.omega(Ratios.less(returns, annualisation.perPeriod(0.05))),
        Drawdowns.deepest(returns),
        Drawdowns.deepestWithoutStart(returns),
        Ratios.calmar(returns, annualisation),
        Drawdowns.ulcer(returns, 0),
        Drawdowns.ulcer(returns, 1),
        Tails.of(returns, 0.05),
        (double) hits.gains / plain.count(),
        Ratios.omega(returns),
        (hits.sumOfGains / hits.gains) / (hits.sumOfLosses / hits.losses),
        Wealth.stability(returns),
        benchmark.map(b -> Relative.of(returns, b, riskFree, annualisation)),
        QlibVariant.of(returns));
  }

  private record Hits(int gains, int losses, double sumOfGains, double sumOfLosses) {
    static Hits of(double[] returns) {
      int gains = 0;
      int losses = 0;
      double sumOfGains = 0;
      double sumOfLosses = 0;
      for (double value : returns) {
        if (value > 0) {
          gains++;
          sumOfGains += value;
        } else if (value < 0) {
          losses++;
          sumOfLosses -= value;
        }
      }
      return new Hits(gains, losses, sumOfGains, sumOfLosses);
    }
  }
}

package alphadistill.backtest.metric;

/**
 * The figures qlib's {@code risk_analysis} prints, for comparison with its published tables only: a year has 238
 * periods, whatever the frequency.
 *
 * @param annualReturnOfSums mode sum: mean times 238
 * @param sharpeOfSums mode sum: mean over deviation, times sqrt(238); qlib calls it information ratio
 * @param maximumDrawdownOfSums mode sum: on cumulated sums, absolute
 * @param ratioOfProducts mode product: compound growth per period over the deviation of log returns, times sqrt(238)
 */
public record QlibVariant(
    double annualReturnOfSums,
    double sharpeOfSums,
    double maximumDrawdownOfSums,
    double ratioOfProducts) {
  private static final Annualisation QLIB_DAYS = new Annualisation(238);

  static QlibVariant of(double[] returns) {
    double growth = Math.pow(1 + Wealth.totalReturn(returns), 1.0 / returns.length) - 1;
    return new QlibVariant(
        Moments.of(returns).mean() * QLIB_DAYS.periodsPerYear(),
        Ratios.sharpe(returns, QLIB_DAYS),
        Drawdowns.deepestOfSums(returns),
        growth / Moments.of(Ratios.logs(returns)).deviation() * QLIB_DAYS.root());
  }
}

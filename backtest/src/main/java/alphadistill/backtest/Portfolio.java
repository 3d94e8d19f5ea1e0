package alphadistill.backtest;

import alphadistill.backtest.metric.Annualisation;
import alphadistill.backtest.metric.Drawdown;
import alphadistill.backtest.metric.Drawdowns;
import alphadistill.backtest.metric.Moments;
import alphadistill.backtest.metric.MonthlyReturns;
import alphadistill.backtest.metric.PerformanceSummary;
import alphadistill.backtest.metric.Ratios;
import alphadistill.backtest.metric.RollingSharpe;
import alphadistill.backtest.metric.Wealth;
import alphadistill.backtest.simulate.BacktestResult;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A backtest as a report shows it, from the first day a fill was possible. Series have one entry for each date.
 *
 * @param rule how weights were made
 * @param result returns, costs, turnover, exposure, rejected orders, delistings; without weights
 * @param cash return of cash on the net exposure held since the close before; 0 where cash returns are unknown
 * @param gross summary before costs and borrow
 * @param net summary after everything, in excess of {@code cash}
 * @param grossWealth from 1 at the close before the first date; one entry more than dates
 * @param netWealth the same after costs
 * @param underwater net wealth below its highest, negative
 * @param rollingSharpe annual, of net returns in excess of cash
 * @param monthly net returns
 * @param drawdowns of net wealth, deepest first, at most ten
 * @param turnoverAnnual mean two-way turnover a day times the periods of a year
 * @param costsAnnual commission, slippage, impact and borrow: mean a day times the periods of a year
 */
public record Portfolio(
    String rule,
    BacktestResult result,
    double[] cash,
    PerformanceSummary gross,
    PerformanceSummary net,
    double[] grossWealth,
    double[] netWealth,
    double[] underwater,
    double[] rollingSharpe,
    MonthlyReturns monthly,
    List<DatedDrawdown> drawdowns,
    double turnoverAnnual,
    double costsAnnual) {

  private static final int WORST = 10;

  /**
   * @param peak day of the last high; the day before the first date when there was none since
   * @param valley day of the lowest wealth
   * @param recovered day wealth was back at the peak; empty while it is not
   * @param depth negative
   * @param days trading days from peak to recovery, or to the end
   */
  public record DatedDrawdown(
      Optional<LocalDate> peak,
      LocalDate valley,
      Optional<LocalDate> recovered,
      double depth,
      int days) {}

  public Portfolio {
    drawdowns = List.copyOf(drawdowns);
  }

  /** @param riskFree return of cash of each date, NaN = unknown */
  static Portfolio of(
      String rule,
      BacktestResult result,
      double[] riskFree,
      int rollingDays,
      Annualisation annualisation) {
    double[] cash = new double[riskFree.length];
    for (int day = 1; day < cash.length; day++) {
      double rate = Double.isNaN(riskFree[day]) ? 0 : riskFree[day];
      cash[day] = result.exposure().net()[day - 1] * rate;
    }
    BacktestResult.Costs costs = result.costs();
    double[] paid = new double[cash.length];
    for (int day = 0; day < paid.length; day++) {
      paid[day] = costs.commission()[day]
          + costs.slippage()[day]
          + costs.impact()[day]
          + costs.borrow()[day];
    }
    double perYear = annualisation.periodsPerYear();
    return new Portfolio(
        rule,
        result,
        cash,
        PerformanceSummary.of(result.gross(), cash, annualisation),
        PerformanceSummary.of(result.net(), cash, annualisation),
        Wealth.path(result.gross()),
        Wealth.path(result.net()),
        Drawdowns.underwater(result.net()),
        RollingSharpe.of(Ratios.less(result.net(), cash), rollingDays, annualisation),
        MonthlyReturns.of(result.dates(), result.net()),
        Drawdowns.table(result.net()).stream()
            .limit(WORST)
            .map(drawdown -> dated(drawdown, result.dates()))
            .toList(),
        Moments.of(result.turnover()).mean() * perYear,
        Moments.of(paid).mean() * perYear);
  }

  public List<LocalDate> dates() {
    return result.dates();
  }

  /** Net returns less what cash would have earned on the funded part. */
  public double[] excess() {
    return Ratios.less(result.net(), cash);
  }

  Dated netReturns() {
    return new Dated(result.dates(), result.net());
  }

  private static DatedDrawdown dated(Drawdown drawdown, List<LocalDate> dates) {
    return new DatedDrawdown(
        drawdown.peak() == 0 ? Optional.empty() : Optional.of(dates.get(drawdown.peak() - 1)),
        dates.get(drawdown.valley() - 1),
        drawdown.recovered().isPresent()
            ? Optional.of(dates.get(drawdown.recovered().getAsInt() - 1))
            : Optional.empty(),
        drawdown.depth(),
        drawdown.length());
  }
}

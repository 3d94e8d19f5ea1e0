package alphadistill.backtest.simulate;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * What a backtest earned, day by day; all series have one entry for each date.
 *
 * @param dates trading days
 * @param assets names, the columns of {@code weights}
 * @param gross decimal return of the drifted positions, before costs and borrow
 * @param beforeCosts the same less borrow: {@code net = (1 + beforeCosts)(1 - costs) - 1}
 * @param net after everything
 * @param costs what was paid
 * @param turnover two-way: sum of absolute trades against drifted weights; one-way is half
 * @param exposure positions at the close
 * @param firstFill index of the first day with a trade; the number of days when nothing was traded
 * @param rejected orders not wholly filled, by date and asset
 * @param delistings positions closed for want of a price
 * @param weights shares of equity at the close after trading, {@code [day][asset]}; empty where they were not kept
 */
public record BacktestResult(
    List<LocalDate> dates,
    List<String> assets,
    double[] gross,
    double[] beforeCosts,
    double[] net,
    Costs costs,
    double[] turnover,
    Exposure exposure,
    int firstFill,
    List<RejectedOrder> rejected,
    List<Delisting> delistings,
    double[][] weights) {

  public BacktestResult {
    dates = List.copyOf(dates);
    assets = List.copyOf(assets);
    rejected = List.copyOf(rejected);
    delistings = List.copyOf(delistings);
  }

  /**
   * Costs as shares of equity, positive.
   *
   * @param commission of each day
   * @param slippage of each day
   * @param impact of each day
   * @param borrow of each day
   */
  public record Costs(double[] commission, double[] slippage, double[] impact, double[] borrow) {}

  /**
   * Positions at the close, after trading.
   *
   * @param gross sum of absolute weights
   * @param net sum of weights
   * @param longs names held long
   * @param shorts names held short
   */
  public record Exposure(double[] gross, double[] net, int[] longs, int[] shorts) {}

  /** The same from a later day on, without weights. Returns before that day are forgotten, not compounded. */
  public BacktestResult from(int day) {
    LocalDate first = day < dates.size() ? dates.get(day) : LocalDate.MAX;
    return new BacktestResult(
        dates.subList(day, dates.size()),
        assets,
        from(gross, day),
        from(beforeCosts, day),
        from(net, day),
        new Costs(
            from(costs.commission, day),
            from(costs.slippage, day),
            from(costs.impact, day),
            from(costs.borrow, day)),
        from(turnover, day),
        new Exposure(
            from(exposure.gross, day),
            from(exposure.net, day),
            Arrays.copyOfRange(exposure.longs, day, dates.size()),
            Arrays.copyOfRange(exposure.shorts, day, dates.size())),
        Math.max(firstFill - day, 0),
        rejected.stream().filter(order -> !order.date().isBefore(first)).toList(),
        delistings.stream()
            .filter(delisting -> !delisting.date().isBefore(first))
            .toList(),
        new double[0][]);
  }

  private static double[] from(double[] series, int day) {
    return Arrays.copyOfRange(series, day, series.length);
  }
}

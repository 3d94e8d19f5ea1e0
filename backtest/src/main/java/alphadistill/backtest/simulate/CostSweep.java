package alphadistill.backtest.simulate;

import alphadistill.backtest.metric.Annualisation;
import alphadistill.backtest.metric.Ratios;
import alphadistill.backtest.metric.Wealth;
import java.util.Arrays;
import java.util.List;

/**
 * The same trades at other rates of commission and slippage together. Costs do not change the weights, so nothing is
 * simulated again; borrow and impact stay as they were.
 *
 * @param rows one for each rate
 * @param breakEven rate at which the total net return is zero; infinite without turnover, NaN when the total is
 *     negative even at no cost
 */
public record CostSweep(List<Row> rows, double breakEven) {

  /**
   * @param rate per traded value, decimal
   * @param annualReturn compound annual net return
   * @param sharpe annual, of net returns
   */
  public record Row(double rate, double annualReturn, double sharpe) {}

  public CostSweep {
    rows = List.copyOf(rows);
  }

  /** Basis points that every report shows. */
  public static double[] usualRates() {
    return new double[] {0, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.003, 0.005};
  }

  /** Measured from the first fill on. */
  public static CostSweep of(BacktestResult result, double[] rates, Annualisation annualisation) {
    List<Row> rows = Arrays.stream(rates)
        .mapToObj(rate -> {
          double[] net = netAt(result, rate);
          return new Row(
              rate, Wealth.annualReturn(net, annualisation), Ratios.sharpe(net, annualisation));
        })
        .toList();
    return new CostSweep(rows, breakEven(result));
  }

  private static double[] netAt(BacktestResult result, double rate) {
    int first = Math.min(result.firstFill(), result.net().length);
    double[] net = new double[result.net().length - first];
    for (int i = 0; i < net.length; i++) {
      int day = first + i;
      double cost = rate * result.turnover()[day] + result.costs().impact()[day];
      net[i] = (1 + result.beforeCosts()[day]) * Math.max(1 - cost, 0) - 1;
    }
    return net;
  }

  /** Bisection: the total net return falls steadily as the rate rises. */
  private static double breakEven(BacktestResult result) {
    double highest = Arrays.stream(result.turnover()).max().orElse(0);
    if (Wealth.totalReturn(netAt(result, 0)) < 0) {
      return Double.NaN;
    }
    if (highest == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double low = 0;
    double high = 1 / highest; // the day of the highest turnover then costs everything
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      if (Wealth.totalReturn(netAt(result, middle)) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}

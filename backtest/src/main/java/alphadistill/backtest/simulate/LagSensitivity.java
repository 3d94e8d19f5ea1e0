package alphadistill.backtest.simulate;

import alphadistill.backtest.metric.Ratios;
import alphadistill.backtest.metric.Wealth;
import alphadistill.backtest.weight.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The same targets filled later and later. A steep fall from lag 1 to 2 says the signal is gone before it can be
 * traded; a steep fall from lag 0 to 1 is the signature of a signal that knows its own close.
 *
 * @param rows one for each lag, rising
 */
public record LagSensitivity(List<Row> rows) {

  /**
   * @param lag trading days from decision to fill
   * @param lookAhead true for lag 0 only: a diagnostic, not a result anyone could have had
   * @param annualGross compound annual return before costs
   * @param annualNet compound annual return after costs
   * @param sharpeGross annual
   * @param sharpeNet annual
   */
  public record Row(
      int lag,
      boolean lookAhead,
      double annualGross,
      double annualNet,
      double sharpeGross,
      double sharpeNet) {}

  public LagSensitivity {
    rows = List.copyOf(rows);
  }

  /** Lags 0 to {@code mostLag}, each measured from its own first fill on. */
  public static LagSensitivity of(Backtest backtest, Targets targets, Market market, int mostLag) {
    List<Row> rows = new ArrayList<>();
    for (int lag = 0; lag <= mostLag; lag++) {
      BacktestResult result = backtest.run(targets, market, lag, false);
      int days = result.net().length;
      int first = Math.min(result.firstFill(), days);
      double[] gross = Arrays.copyOfRange(result.gross(), first, days);
      double[] net = Arrays.copyOfRange(result.net(), first, days);
      rows.add(new Row(
          lag,
          lag == 0,
          Wealth.annualReturn(gross, backtest.annualisation()),
          Wealth.annualReturn(net, backtest.annualisation()),
          Ratios.sharpe(gross, backtest.annualisation()),
          Ratios.sharpe(net, backtest.annualisation())));
    }
    return new LagSensitivity(rows);
  }
}

package alphadistill.backtest.simulate;

import java.util.Arrays;

/**
 * The arithmetic of a backtest in its plainest form: every name trades every day, nothing is missing. The slow truth
 * that {@link Backtest} is tested against, and the only public place where a lag of 0 can be asked for.
 *
 * @param gross return of the drifted weights, before costs and borrow
 * @param borrow fee accrued on the value held short
 * @param turnover two-way: sum of absolute trades against drifted weights
 * @param net {@code (1 + gross - borrow)(1 - cost * turnover) - 1}
 */
public record Accounting(double[] gross, double[] borrow, double[] turnover, double[] net) {

  /**
   * Trades to each day's target {@code lag} days later, at the close.
   *
   * @param targets {@code [day][asset]}, decided at the close of the day
   * @param returns from the close before to the close of the day, {@code [day][asset]}
   * @param lag 0 trades at the very close the target was decided at: only for signals that need no data of that close
   * @param cost per traded value
   * @param borrowAnnual a year on the value held short
   * @param periods days a year
   */
  public static Accounting of(
      double[][] targets,
      double[][] returns,
      int lag,
      double cost,
      double borrowAnnual,
      int periods) {
    int days = returns.length;
    double[] weights = new double[days == 0 ? 0 : returns[0].length];
    Accounting book =
        new Accounting(new double[days], new double[days], new double[days], new double[days]);
    for (int day = 0; day < days; day++) {
      double gross = 0;
      double shorts = 0;
      for (int asset = 0; asset < weights.length; asset++) {
        gross += weights[asset] * returns[day][asset];
        shorts += Math.max(-weights[asset], 0);
      }
      double fee = shorts * borrowAnnual / periods;
      for (int asset = 0; asset < weights.length; asset++) {
        weights[asset] *=
            (1 + returns[day][asset]) / (1 + gross - fee); // the fee leaves less equity
      }
      double turnover = 0;
      if (day >= lag) {
        for (int asset = 0; asset < weights.length; asset++) {
          turnover += Math.abs(targets[day - lag][asset] - weights[asset]);
        }
        weights = Arrays.copyOf(targets[day - lag], weights.length);
      }
      book.gross[day] = gross;
      book.borrow[day] = fee;
      book.turnover[day] = turnover;
      book.net[day] = (1 + gross - fee) * (1 - cost * turnover) - 1;
    }
    return book;
  }
}

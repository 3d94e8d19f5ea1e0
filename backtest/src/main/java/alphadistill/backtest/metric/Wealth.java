package alphadistill.backtest.metric;

/** What a series of simple returns compounds to. A missing return (NaN) earns nothing but counts as elapsed time. */
public final class Wealth {
  private Wealth() {}

  /**
   * Wealth before the first and after each return, starting from 1: one entry more than there are returns.
   * A loss of everything or more ends the account: wealth stays 0.
   */
  public static double[] path(double[] returns) {
    double[] path = new double[returns.length + 1];
    path[0] = 1;
    for (int i = 0; i < returns.length; i++) {
      double growth = Double.isNaN(returns[i]) ? 1 : 1 + returns[i];
      path[i + 1] = path[i] * Math.max(growth, 0);
    }
    return path;
  }

  /** Compounded return over the whole series. */
  public static double totalReturn(double[] returns) {
    return path(returns)[returns.length] - 1;
  }

  /** Compound annual growth rate, {@code (1 + total)^(A/n) - 1} with n counting missing returns (empyrical). */
  public static double annualReturn(double[] returns, Annualisation annualisation) {
    if (returns.length == 0) {
      return Double.NaN;
    }
    double years = (double) returns.length / annualisation.periodsPerYear();
    return Math.pow(1 + totalReturn(returns), 1 / years) - 1;
  }

  /**
   * R squared of a straight line through cumulated log returns (empyrical's stability): 1 is a steady climb or
   * decline. Missing returns are left out.
   */
  public static double stability(double[] returns) {
    double[] logs = java.util.Arrays.stream(returns)
        .filter(value -> !Double.isNaN(value))
        .map(Math::log1p)
        .toArray();
    double[] time = new double[logs.length];
    for (int i = 0; i < logs.length; i++) {
      time[i] = i;
      logs[i] += i == 0 ? 0 : logs[i - 1];
    }
    double correlation = Relative.correlation(time, logs);
    return correlation * correlation;
  }
}

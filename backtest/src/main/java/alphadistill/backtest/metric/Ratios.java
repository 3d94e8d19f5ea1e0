package alphadistill.backtest.metric;

/** Ratios of gain to risk of per-period simple returns; missing returns (NaN) are skipped. */
public final class Ratios {
  private Ratios() {}

  /** Returns less something earned elsewhere in the same periods; NaN where either is missing. */
  public static double[] less(double[] returns, double[] other) {
    if (returns.length != other.length) {
      throw new IllegalArgumentException(
          "%d returns cannot be compared with %d: one for each period is needed"
              .formatted(returns.length, other.length));
    }
    double[] difference = new double[returns.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = returns[i] - other[i];
    }
    return difference;
  }

  /** Returns less a constant per period. */
  public static double[] less(double[] returns, double perPeriod) {
    double[] difference = returns.clone();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= perPeriod;
    }
    return difference;
  }

  /** Annual Sharpe ratio of excess returns: mean over deviation (divisor n - 1), times sqrt(A). */
  public static double sharpe(double[] excessReturns, Annualisation annualisation) {
    return Moments.of(excessReturns).meanOverDeviation() * annualisation.root();
  }

  /** Annual deviation, divisor n - 1. */
  public static double volatility(double[] returns, Annualisation annualisation) {
    return Moments.of(returns).deviation() * annualisation.root();
  }

  /** Annual target semideviation over <em>all</em> periods: root of the mean of min(r, 0) squared (empyrical). */
  public static double downside(double[] overTarget, Annualisation annualisation) {
    double sum = 0;
    int count = 0;
    for (double value : overTarget) {
      if (!Double.isNaN(value)) {
        sum += value < 0 ? value * value : 0;
        count++;
      }
    }
    return count == 0 ? Double.NaN : Math.sqrt(sum / count) * annualisation.root();
  }

  /** Sum of squared losses, per period. */
  public static double downsideSumOfSquares(double[] overTarget) {
    double sum = 0;
    for (double value : overTarget) {
      sum += value < 0 ? value * value : 0;
    }
    return sum;
  }

  /** Annual Sortino ratio: mean over the semideviation of all periods (empyrical, quantstats). */
  public static double sortino(double[] overTarget, Annualisation annualisation) {
    Moments moments = Moments.of(overTarget);
    return moments.count() < 2
        ? Double.NaN
        : moments.mean() * annualisation.periodsPerYear() / downside(overTarget, annualisation);
  }

  /** The Sortino ratio with the semideviation of losing periods only: smaller, and not comparable with the other. */
  public static double sortinoOfLosses(double[] overTarget, Annualisation annualisation) {
    double[] losses =
        java.util.Arrays.stream(overTarget).filter(value -> value < 0).toArray();
    return Moments.of(overTarget).mean()
        * annualisation.periodsPerYear()
        / downside(losses, annualisation);
  }

  /** Sum of gains over sum of losses against a target; NaN without a loss (empyrical). */
  public static double omega(double[] overTarget) {
    double gains = 0;
    double losses = 0;
    for (double value : overTarget) {
      gains += value > 0 ? value : 0;
      losses -= value < 0 ? value : 0;
    }
    return losses > 0 ? gains / losses : Double.NaN;
  }

  /** Compound annual growth over the deepest drawdown; NaN without a drawdown (empyrical). */
  public static double calmar(double[] returns, Annualisation annualisation) {
    double deepest = Drawdowns.deepest(returns);
    return deepest < 0 ? Wealth.annualReturn(returns, annualisation) / -deepest : Double.NaN;
  }

  /** Natural logarithms of growth; -infinity for a loss of everything. */
  static double[] logs(double[] returns) {
    double[] logs = new double[returns.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log1p(returns[i]);
    }
    return logs;
  }
}

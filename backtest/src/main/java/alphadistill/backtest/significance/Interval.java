package alphadistill.backtest.significance;

/**
 * A confidence interval.
 *
 * @param low lower end
 * @param high upper end
 * @param confidence probability that such an interval covers the true value, such as 0.95
 */
public record Interval(double low, double high, double confidence) {

  /** True when zero lies outside. */
  public boolean excludesZero() {
    return low > 0 || high < 0;
  }
}

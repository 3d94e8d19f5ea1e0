package alphadistill.backtest.metric;

/**
 * How many return periods make a year: what turns a mean per period into an annual figure.
 *
 * @param periodsPerYear trading days, weeks or months a year; at least 1
 */
public record Annualisation(int periodsPerYear) {
  public static final Annualisation DAILY = new Annualisation(252);
  public static final Annualisation WEEKLY = new Annualisation(52);
  public static final Annualisation MONTHLY = new Annualisation(12);
  public static final Annualisation YEARLY = new Annualisation(1);

  public Annualisation {
    if (periodsPerYear < 1) {
      throw new IllegalArgumentException(
          "a year has at least 1 period, was %d; daily returns use 252, weekly 52, monthly 12"
              .formatted(periodsPerYear));
    }
  }

  /** What a per-period deviation or Sharpe ratio is multiplied with when periods are independent. */
  public double root() {
    return Math.sqrt(periodsPerYear);
  }

  /** The return per period that compounds to an annual return. */
  public double perPeriod(double annualReturn) {
    return Math.pow(1 + annualReturn, 1.0 / periodsPerYear) - 1;
  }
}

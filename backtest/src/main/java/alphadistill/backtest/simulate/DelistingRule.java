package alphadistill.backtest.simulate;

/**
 * When a held name without a price counts as gone, and what its last price was worth. The rule sees only the past: at
 * the last price nobody knows that it is the last.
 *
 * @param missingDays trading days in a row without a price after which a position is closed; at least 1
 * @param delistingReturn decimal return from the last price, in [-1, 0]; such as -0.3 for performance-related
 *     delistings from NYSE and AMEX, -0.55 from Nasdaq (Shumway; Shumway and Warther)
 */
public record DelistingRule(int missingDays, double delistingReturn) {
  /** After two weeks without a price, at the last price: takeovers, the most frequent case. */
  public static final DelistingRule AT_LAST_PRICE = new DelistingRule(10, 0);

  public DelistingRule {
    if (missingDays < 1) {
      throw new IllegalArgumentException(
          "missingDays must be at least 1 trading day, was " + missingDays);
    }
    if (!(delistingReturn >= -1 && delistingReturn <= 0)) {
      throw new IllegalArgumentException(
          "a delisting return is a decimal in [-1, 0], was " + delistingReturn);
    }
  }
}

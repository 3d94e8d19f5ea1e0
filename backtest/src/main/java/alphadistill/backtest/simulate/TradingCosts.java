package alphadistill.backtest.simulate;

import java.util.Optional;

/**
 * What trading and shorting cost. Rates are decimals of the traded value (0.001 is 10 basis points), charged on each
 * side of a trade.
 *
 * @param commission broker's fee
 * @param slippage half of the bid-ask spread, or any other loss against the fill price
 * @param borrowAnnual fee a year on the value held short, accrued daily
 * @param impact cost of moving the market, for a given amount of capital
 */
public record TradingCosts(
    double commission, double slippage, double borrowAnnual, Optional<MarketImpact> impact) {
  public static final TradingCosts NONE = new TradingCosts(0, 0, 0);

  public TradingCosts {
    if (!(commission >= 0 && commission < 0.1)
        || !(slippage >= 0 && slippage < 0.1)
        || !(borrowAnnual >= 0 && borrowAnnual < 1)) {
      throw new IllegalArgumentException(
          "costs are decimals, not percent: commission %s and slippage %s below 0.1, borrow %s below 1, none negative"
              .formatted(commission, slippage, borrowAnnual));
    }
  }

  public TradingCosts(double commission, double slippage, double borrowAnnual) {
    this(commission, slippage, borrowAnnual, Optional.empty());
  }

  /** Commission and slippage together, of the traded value. */
  public double rate() {
    return commission + slippage;
  }
}

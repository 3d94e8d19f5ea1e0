package alphadistill.backtest.simulate;

import java.time.LocalDate;

/**
 * An order that was not, or not wholly, filled. It is not tried again before the next decision.
 *
 * @param date day of the attempted fill
 * @param asset name
 * @param wanted trade as a share of equity; negative to sell
 * @param filled the part that was filled
 * @param reason why not all of it
 */
public record RejectedOrder(
    LocalDate date, String asset, double wanted, double filled, Reason reason) {

  /** Why an order was not filled. */
  public enum Reason {
    NO_PRICE("no price at the fill"),
    NO_VOLUME("nothing was traded that day"),
    DELISTED("counted as delisted"),
    NO_HISTORY("too little history to price the market impact"),
    PARTICIPATION("cut to the participation cap");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** The reason for tables. */
    public String words() {
      return words;
    }
  }
}

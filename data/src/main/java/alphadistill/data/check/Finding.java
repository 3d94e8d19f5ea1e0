package alphadistill.data.check;

import java.time.LocalDate;

/**
 * Something in the prices that a person should look at.
 *
 * @param asset the asset's name; empty when it concerns the whole day
 * @param date first day concerned
 * @param detail what was found, with its numbers
 */
public record Finding(Severity severity, Kind kind, String asset, LocalDate date, String detail) {

  /** How bad it is. */
  public enum Severity {
    /** Wrong: the value cannot have been traded. */
    ERROR,
    /** Suspicious: may be wrong, may be the market. */
    WARNING,
    /** Worth knowing. */
    INFO
  }

  /** What kind of thing. */
  public enum Kind {
    ZERO_PRICE,
    OHLC_ORDER,
    REVERSAL,
    IMPOSSIBLE_JUMP,
    UNADJUSTED_SPLIT,
    WEEKEND_DAY,
    SPARSE_DAY,
    GAP,
    STALE_CLOSE,
    ZERO_VOLUME,
    ENDS_EARLY
  }

  @Override
  public String toString() {
    return "%s %s %s%s: %s"
        .formatted(severity, date, kind, asset.isEmpty() ? "" : " " + asset, detail);
  }
}

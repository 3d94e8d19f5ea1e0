package alphadistill.data.check;

import java.time.LocalDate;

/**
 * A close that looks wrong.
 *
 * @param into return into it from the last close that was believed, decimal
 * @param outOf return out of it to the next close, decimal; NaN when there is none, or when the policy knows the past
 *     only
 * @param action what the policy does with its day
 */
public record SuspiciousTick(
    String asset, LocalDate date, Kind kind, double into, double outOf, TickPolicy.Action action) {

  /** What it looks like. */
  public enum Kind {
    /** A jump that the next close undoes: a bad print. */
    REVERSAL,
    /** A jump too large to be believed without confirmation. */
    IMPOSSIBLE_JUMP,
    /** Open and close moved together by a ratio such as 2:1: a split that the prices are not adjusted for. */
    UNADJUSTED_SPLIT
  }
}

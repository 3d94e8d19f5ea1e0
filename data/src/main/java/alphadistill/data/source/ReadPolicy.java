package alphadistill.data.source;

/**
 * What becomes of prices that are readable but cannot be right. Infinite and negative prices, duplicates and
 * unreadable values are always refused; this is about what real files hold a few of.
 *
 * @param zeroPrice a price of exactly zero
 * @param orderBreak a high below open, close or low, or a low above one of them: high, low and an open
 *     outside them are marked missing
 * @param orderTolerance relative gap that rounding may leave between them; 0.0001 is 0.01 %
 * @param maximumDropped share of rows in [0, 1] that may lose a value or be left out; more is refused, because then
 *     the columns are more likely mapped wrongly than the prices bad
 * @param requireSorted whether the dates of one asset must rise in a text file; otherwise they are sorted
 */
public record ReadPolicy(
    Action zeroPrice,
    Action orderBreak,
    double orderTolerance,
    double maximumDropped,
    boolean requireSorted) {

  /** What to do with a faulty value. */
  public enum Action {
    /** The value becomes missing (NaN) and is counted. */
    MARK_MISSING,
    /** The value stays and is counted. */
    KEEP,
    /** The file is refused, with the place. */
    FAIL
  }

  public ReadPolicy {
    if (!(orderTolerance >= 0 && orderTolerance < 1)) {
      throw new IllegalArgumentException(
          "orderTolerance is a relative gap in [0, 1), was " + orderTolerance);
    }
    if (!(maximumDropped >= 0 && maximumDropped <= 1)) {
      throw new IllegalArgumentException(
          "maximumDropped is a share in [0, 1], was " + maximumDropped);
    }
  }

  /** Marks faulty values as missing, up to a tenth of the rows; wants sorted text files. */
  public static ReadPolicy standard() {
    return new ReadPolicy(Action.MARK_MISSING, Action.MARK_MISSING, 1e-4, 0.1, true);
  }

  /** Refuses every fault. */
  public static ReadPolicy strict() {
    return new ReadPolicy(Action.FAIL, Action.FAIL, 1e-4, 0, true);
  }

  /** Keeps every fault that can be kept, to be looked at. */
  public static ReadPolicy inspecting() {
    return new ReadPolicy(Action.KEEP, Action.KEEP, 1e-4, 1, true);
  }

  /** This policy for files whose rows are in any order, such as newest first. */
  public ReadPolicy anyOrder() {
    return new ReadPolicy(zeroPrice, orderBreak, orderTolerance, maximumDropped, false);
  }
}

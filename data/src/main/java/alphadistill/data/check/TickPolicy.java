package alphadistill.data.check;

/**
 * When a close is taken for a bad print, and what becomes of its day.
 *
 * <p>There are two ways to know. {@link Knowledge#NEXT_DAY} waits for the next close: a jump that is undone was a bad
 * print, one that stays was real. That is cleaning of history; whoever trades sees it one day late, so a test that
 * masks days this way has used tomorrow's close. {@link Knowledge#PAST_ONLY} decides at the close of the day itself: a
 * jump beyond {@code impossibleFactor} is not believed until the next close confirms the new level. It may mask the
 * first day of a real crash, and it changes nothing when later days change. Runs use it by default.
 *
 * @param knowledge what a decision may use
 * @param reversalFactor with {@code NEXT_DAY}: a jump by at least this factor, up or down, is looked at; above 1
 * @param remainder with {@code NEXT_DAY}: it is a bad print when at most this share of the jump (in logarithms) is left
 *     after the next close; in [0, 1)
 * @param impossibleFactor a jump by more than this factor, up or down, is not believed at first sight; above 1
 * @param splitTolerance relative gap within which open and close together must hit a split ratio, such as 2:1 or 3:2
 * @param maximumGap trading days without a close beyond which two closes are not compared
 * @param action what becomes of the day of a bad print
 */
public record TickPolicy(
    Knowledge knowledge,
    double reversalFactor,
    double remainder,
    double impossibleFactor,
    double splitTolerance,
    int maximumGap,
    Action action) {

  /** What a decision about a day may use. */
  public enum Knowledge {
    /** Closes up to that day. */
    PAST_ONLY,
    /** Closes up to the next day. */
    NEXT_DAY
  }

  /** What becomes of a day. */
  public enum Action {
    /** All fields of that day become missing. */
    MARK_MISSING,
    /** It stays and is reported. */
    KEEP,
    /** The prices are refused. */
    FAIL
  }

  public TickPolicy {
    if (!(reversalFactor > 1) || !(impossibleFactor > 1)) {
      throw new IllegalArgumentException(
          "reversalFactor and impossibleFactor must be above 1, were %s and %s: 2 means that a price doubles or halves"
              .formatted(reversalFactor, impossibleFactor));
    }
    if (!(remainder >= 0 && remainder < 1)) {
      throw new IllegalArgumentException("remainder is a share in [0, 1), was " + remainder);
    }
    if (!(splitTolerance >= 0 && splitTolerance < 0.2)) {
      throw new IllegalArgumentException(
          "splitTolerance is a relative gap in [0, 0.2), was " + splitTolerance);
    }
    if (maximumGap < 0) {
      throw new IllegalArgumentException("maximumGap must not be negative, was " + maximumGap);
    }
  }

  /** Masks a day on which the close moved more than fivefold, knowing only the past: for runs. */
  public static TickPolicy causal() {
    return new TickPolicy(Knowledge.PAST_ONLY, 2, 0.3, 5, 0.03, 5, Action.MARK_MISSING);
  }

  /**
   * Masks a day on which the close at least doubled or halved and came back on the next: for cleaning files, and for
   * reports about them. In the shared daily panel this finds the known bad prints and nothing else.
   */
  public static TickPolicy hindsight() {
    return new TickPolicy(Knowledge.NEXT_DAY, 2, 0.3, 5, 0.03, 5, Action.MARK_MISSING);
  }

  /** This policy with another action. */
  public TickPolicy withAction(Action other) {
    return new TickPolicy(
        knowledge, reversalFactor, remainder, impossibleFactor, splitTolerance, maximumGap, other);
  }
}

package alphadistill.backtest.simulate;

/**
 * When an order is filled.
 *
 * @param lag trading days from the close a target is decided at to the fill; at least 1. Filling at the close the
 *     signal was made from exists only as a look-ahead diagnostic of {@link LagSensitivity}
 * @param fill price of the day the order is filled at
 */
public record Execution(int lag, Fill fill) {
  public static final Execution NEXT_CLOSE = new Execution(1, Fill.CLOSE);
  public static final Execution NEXT_OPEN = new Execution(1, Fill.OPEN);

  /** The price of the day an order is filled at. */
  public enum Fill {
    CLOSE,
    OPEN
  }

  public Execution {
    if (lag < 1) {
      throw new IllegalArgumentException(
          "lag must be at least 1 trading day, was %d: a signal made at a close cannot be filled at that close"
              .formatted(lag));
    }
  }
}

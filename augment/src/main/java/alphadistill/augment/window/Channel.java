package alphadistill.augment.window;

/**
 * One of the F numbers of a window's day, and what may be done to it (quant.md section 5).
 *
 * @param name as in the panel of features
 * @param kind how it behaves when assets are mixed or returns are scaled
 * @param lookback days a value looks back, its own day included; at least 1. A spliced block must be at least as long,
 *     or values behind the seam would tell of days that are not there
 */
public record Channel(String name, Kind kind, int lookback) {

  /** How a channel behaves. */
  public enum Kind {
    /** A simple return of the asset: mixes exactly, and grows with leverage. */
    RETURN,
    /**
     * Linear in the asset, such as a return over months, a beta, or the deviation of either from the mean of its date:
     * mixes exactly, and as a deviation grows with leverage against that mean.
     */
    LINEAR,
    /** Not linear: volatility, ranks, oscillators. The value of a mix is not the mix of the values. */
    NONLINEAR,
    /** 1 where the asset was quoted, 0 where not: a mix is quoted where both parents are. */
    PRESENCE
  }

  public Channel {
    if (lookback < 1) {
      throw new IllegalArgumentException(
          "lookback of channel '%s' must be at least 1 day, was %d".formatted(name, lookback));
    }
  }
}

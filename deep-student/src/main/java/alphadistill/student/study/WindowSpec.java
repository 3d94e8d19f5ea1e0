package alphadistill.student.study;

/**
 * How a sample is cut from a panel of daily features: {@code lookback} days, in patches of {@code patch} days; each
 * patch of F features becomes one token of {@code patch * F} numbers.
 *
 * @param lookback days in a window, T
 * @param patch days in a token; divides the look-back
 * @param minimumPresent share of the window's days on which the asset must have a price, in (0, 1]
 */
public record WindowSpec(int lookback, int patch, double minimumPresent) {

  public WindowSpec {
    if (lookback < 2) {
      throw new IllegalArgumentException(
          "lookback must be at least 2 trading days, was " + lookback);
    }
    if (patch < 1 || lookback % patch != 0) {
      throw new IllegalArgumentException(
          "patch of %d days does not divide the look-back of %d days".formatted(patch, lookback));
    }
    if (!(minimumPresent > 0 && minimumPresent <= 1)) {
      throw new IllegalArgumentException("minimumPresent must be in (0, 1], was " + minimumPresent);
    }
  }

  /** Tokens of one window. */
  public int tokens() {
    return lookback / patch;
  }
}

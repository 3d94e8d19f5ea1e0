package alphadistill.data.feature;

/**
 * What return a signal is judged by: from the close of t + lag to the close of t + lag + horizon.
 *
 * @param horizon trading days the return is measured over, at least 1
 * @param lag trading days from the signal's close to the fill, at least 1
 */
public record LabelSpec(int horizon, int lag) {

  public LabelSpec {
    if (horizon < 1) {
      throw new IllegalArgumentException("horizon must be at least 1 trading day, was " + horizon);
    }
    if (lag < 1) {
      throw new IllegalArgumentException(
          "lag must be at least 1 trading day, was %d: a signal made at a close cannot be filled at that close"
              .formatted(lag));
    }
  }

  /** Index of the day at whose close the label of {@code day} is known. */
  public int knownAt(int day) {
    return day + lag + horizon;
  }
}

package alphadistill.student.fold;

import java.util.ArrayList;
import java.util.List;

/**
 * How a span of trading days is cut into folds, each with training, inner validation and test days.
 *
 * <pre>
 * |---- train ----| gap |-- validation --| gap |---- test ----|        gap = purge + embargo
 * </pre>
 *
 * <p>A day here is a signal day. Its label is known {@code lag + horizon} days later and its window reaches
 * {@code lookback} days back, so {@code purge >= horizon + lag + lookback} keeps every label and every window of one
 * part out of the next, and the embargo keeps a further horizon away. Smaller values are refused.
 *
 * @param train training days of the first fold; later folds expand or slide
 * @param validation days for early stopping, taken after training and before test; never trained on, never reported
 * @param test test days of a fold, which is also the time between refits
 * @param expanding whether training always starts on the first day
 * @param horizon days a label looks ahead after the fill
 * @param lag days from signal to fill
 * @param lookback days in a window
 * @param purge days dropped between two parts
 * @param embargo further days dropped between two parts
 */
public record FoldPlan(
    int train,
    int validation,
    int test,
    boolean expanding,
    int horizon,
    int lag,
    int lookback,
    int purge,
    int embargo) {

  /**
   * The days of one fold.
   *
   * @param index from 0
   * @param train signal days that may be trained on
   * @param validation signal days of early stopping
   * @param test signal days that are reported
   */
  public record Fold(int index, Span train, Span validation, Span test) {

    /** Last day whose close the fitting of this fold may see: the last validation label is known then. */
    public int cutOff(int horizon, int lag) {
      return validation.last() + lag + horizon;
    }
  }

  public FoldPlan {
    if (horizon < 1) {
      throw new IllegalArgumentException("horizon must be at least 1 trading day, was " + horizon);
    }
    if (lag < 1) {
      throw new IllegalArgumentException(
          "lag must be at least 1 trading day, was %d: a signal made at a close cannot be filled at that close"
              .formatted(lag));
    }
    if (lookback < 2) {
      throw new IllegalArgumentException(
          "lookback must be at least 2 trading days, was " + lookback);
    }
    int needed = horizon + lag + lookback;
    if (purge < needed) {
      throw new IllegalArgumentException(
          ("purge of %d days is shorter than horizon %d + lag %d + look-back %d = %d: "
                  + "labels or windows of one part would reach into the next")
              .formatted(purge, horizon, lag, lookback, needed));
    }
    if (embargo < horizon) {
      throw new IllegalArgumentException(
          "embargo of %d days is shorter than the horizon of %d: set it to at least %d"
              .formatted(embargo, horizon, horizon));
    }
    if (train < 1 || validation < 1 || test < 1) {
      throw new IllegalArgumentException(
          "train, validation and test need at least one day each, were %d, %d, %d"
              .formatted(train, validation, test));
    }
  }

  /** The plan with the smallest purge and embargo that are allowed. */
  public static FoldPlan of(
      int train, int validation, int test, boolean expanding, int horizon, int lag, int lookback) {
    return new FoldPlan(
        train,
        validation,
        test,
        expanding,
        horizon,
        lag,
        lookback,
        horizon + lag + lookback,
        horizon);
  }

  public int gap() {
    return purge + embargo;
  }

  /** Fewest days over which there is a fold: one with a single test day. */
  public int leastDays() {
    return train + gap() + validation + gap() + 1;
  }

  /** Why so many days are too few. */
  public String shortfall(int days) {
    return ("%d days of history are too few: train %d + validation %d + two gaps of %d (purge %d + embargo %d) "
            + "and one test day need %d")
        .formatted(days, train, validation, gap(), purge, embargo, leastDays());
  }

  /**
   * Folds over days {@code firstDay .. lastDay}; the last test range may be shorter than the others, so that recent
   * days are not thrown away.
   *
   * @throws IllegalArgumentException if not even one fold fits; the message says how many days are missing
   */
  public List<Fold> over(int firstDay, int lastDay) {
    if (lastDay - firstDay + 1 < leastDays()) {
      throw new IllegalArgumentException(shortfall(lastDay - firstDay + 1));
    }
    List<Fold> folds = new ArrayList<>();
    for (int firstTest = firstDay + leastDays() - 1; firstTest <= lastDay; firstTest += test) {
      Span testDays = new Span(firstTest, Math.min(firstTest + test - 1, lastDay));
      int lastValidation = firstTest - gap() - 1;
      Span validationDays = new Span(lastValidation - validation + 1, lastValidation);
      int lastTrain = validationDays.first() - gap() - 1;
      Span trainDays = new Span(expanding ? firstDay : lastTrain - train + 1, lastTrain);
      folds.add(new Fold(folds.size(), trainDays, validationDays, testDays));
    }
    return folds;
  }
}

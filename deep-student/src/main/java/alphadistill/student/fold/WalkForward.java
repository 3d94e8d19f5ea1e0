package alphadistill.student.fold;

import java.util.ArrayList;
import java.util.List;

/**
 * Walk-forward ranges: train on the past, leave a gap, test on what follows, step on (quant.md section 3).
 *
 * @param train days in the first training range; later ones have the same length, or more when expanding
 * @param test days in a test range
 * @param step days from one test range to the next; at least {@code test}, so that no day is tested twice
 * @param gap days left out between the last training day and the first test day
 * @param expanding whether every training range starts on the first day
 */
public record WalkForward(int train, int test, int step, int gap, boolean expanding) {

  /** Training and test days of one step. */
  public record Ranges(Span train, Span test) {}

  public WalkForward {
    if (train < 1 || test < 1) {
      throw new IllegalArgumentException(
          "training and test ranges need at least one day, were %d and %d".formatted(train, test));
    }
    if (step < test) {
      throw new IllegalArgumentException(
          "a step of %d days is shorter than the test range of %d: days would be tested twice"
              .formatted(step, test));
    }
    if (gap < 0) {
      throw new IllegalArgumentException("the gap must not be negative, was " + gap);
    }
  }

  /** All steps whose whole test range lies inside the observations; an incomplete last range is left out. */
  public List<Ranges> over(int observations) {
    List<Ranges> ranges = new ArrayList<>();
    for (int end = train; end + gap + test <= observations; end += step) {
      int firstTest = end + gap;
      ranges.add(new Ranges(
          new Span(expanding ? 0 : end - train, end - 1),
          new Span(firstTest, firstTest + test - 1)));
    }
    return ranges;
  }
}

package alphadistill.student.fold;

import java.util.ArrayList;
import java.util.List;

/**
 * K folds in time order whose training days share no label with the test days (Lopez de Prado, as read in quant.md
 * section 3).
 *
 * <p>The label of day t with horizon h uses days t .. t+h. A training day is purged when its label span meets the
 * span from the first test day to the last test label's end; {@code embargo} further days are dropped after that end.
 *
 * @param folds number of folds, at least 2
 * @param horizon days the label looks ahead
 * @param embargo days dropped after the last test label's end
 * @param openLeft whether a label uses returns after t only, so that spans may touch at their ends
 */
public record PurgedFolds(int folds, int horizon, int embargo, boolean openLeft) {

  /** Test range and training days of one fold. */
  public record Fold(Span test, List<Integer> train) {}

  public PurgedFolds {
    if (folds < 2 || horizon < 0 || embargo < 0) {
      throw new IllegalArgumentException(
          "need at least 2 folds, horizon >= 0 and embargo >= 0, were %d, %d, %d"
              .formatted(folds, horizon, embargo));
    }
  }

  public List<Fold> over(int observations) {
    if (observations < folds) {
      throw new IllegalArgumentException(
          "%d observations cannot fill %d folds".formatted(observations, folds));
    }
    List<Fold> result = new ArrayList<>();
    int first = 0;
    for (int k = 0; k < folds; k++) {
      int length = observations / folds + (k < observations % folds ? 1 : 0);
      Span test = new Span(first, first + length - 1);
      List<Integer> train = new ArrayList<>();
      for (int day = 0; day < observations; day++) {
        if (isKept(day, test)) {
          train.add(day);
        }
      }
      result.add(new Fold(test, List.copyOf(train)));
      first += length;
    }
    return result;
  }

  private boolean isKept(int day, Span test) {
    int lastTestLabelEnd = test.last() + horizon;
    int labelEnd = day + horizon;
    if (day < test.first()) {
      return openLeft ? labelEnd <= test.first() : labelEnd < test.first();
    }
    int firstFreeDay = openLeft ? lastTestLabelEnd : lastTestLabelEnd + 1;
    return day >= firstFreeDay + embargo;
  }

  /** Number of splits when {@code testGroups} of {@code groups} are tested together: C(groups, testGroups). */
  public static long combinatorialSplits(int groups, int testGroups) {
    if (testGroups < 1 || testGroups >= groups) {
      throw new IllegalArgumentException(
          "need 1 <= test groups < groups, were %d and %d".formatted(testGroups, groups));
    }
    long splits = 1;
    for (int i = 1; i <= testGroups; i++) {
      splits = splits * (groups - testGroups + i) / i;
    }
    return splits;
  }

  /** Number of whole backtest paths those splits make: k / N * C(N, k). */
  public static long combinatorialPaths(int groups, int testGroups) {
    return combinatorialSplits(groups, testGroups) * testGroups / groups;
  }
}

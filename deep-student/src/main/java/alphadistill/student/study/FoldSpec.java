package alphadistill.student.study;

import alphadistill.data.feature.LabelSpec;
import alphadistill.student.fold.FoldPlan;

/**
 * How the study's days are cut into folds, before horizon and look-back are known.
 *
 * @param train trading days of the first training span
 * @param validation trading days of early stopping
 * @param test trading days between refits
 * @param expanding whether training spans grow; they slide otherwise
 * @param stride trading days between signals
 * @param purge trading days dropped between parts; 0 for the least that is allowed
 * @param embargo further trading days dropped; 0 for the least that is allowed
 */
public record FoldSpec(
    int train, int validation, int test, boolean expanding, int stride, int purge, int embargo) {

  public FoldSpec {
    if (stride < 1) {
      throw new IllegalArgumentException("stride must be at least 1 trading day, was " + stride);
    }
    if (purge < 0 || embargo < 0) {
      throw new IllegalArgumentException(
          "purge and embargo must be 0 (the least that is allowed) or more, were %d and %d"
              .formatted(purge, embargo));
    }
  }

  /** The plan for a label and a window; a purge or embargo that is too small is refused there. */
  public FoldPlan plan(LabelSpec label, WindowSpec window) {
    return new FoldPlan(
        train,
        validation,
        test,
        expanding,
        label.horizon(),
        label.lag(),
        window.lookback(),
        purge == 0 ? label.horizon() + label.lag() + window.lookback() : purge,
        embargo == 0 ? label.horizon() : embargo);
  }
}

package alphadistill.teacher;

/**
 * A way to estimate a linear factor model from data up to a day: Fama-MacBeth cross-sections, time-series regressions,
 * and others to come. Immutable: an estimator is a set of choices, checked when made.
 *
 * <pre>{@code
 * FactorHistory history = FamaMacBeth.standard().fit(characteristics);
 * LinearFactorModel model = history.asOf(day);      // for every day of the walk-forward
 * }</pre>
 *
 * @param <D> what the estimator learns from
 * @param <H> the history it makes
 */
public interface FactorEstimator<D, H extends FactorHistory> {
  /**
   * Does the work for all days at once, each day from its own past.
   *
   * @throws IllegalArgumentException if the data cannot identify a model on any day; the message says why
   */
  H fit(D data);
}

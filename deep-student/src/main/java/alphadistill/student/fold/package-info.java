/**
 * Training and test days that share no information: walk-forward folds with purge and embargo, purged k folds, and
 * how much overlapping labels repeat each other.
 *
 * <p>Entry point: {@link alphadistill.student.fold.FoldPlan}. Days are indices of trading days.
 */
package alphadistill.student.fold;

/**
 * Linear regression and its errors: least squares, ridge, Newey-West, rolling fits and beta shrinkage.
 *
 * <p>Entry points: {@link alphadistill.teacher.regression.LeastSquares} for one fit with every kind of standard
 * error, {@link alphadistill.teacher.regression.RollingRegression} for many assets over moving windows,
 * {@link alphadistill.teacher.regression.Ridge} for many rows. Everything is float64. Regressors that are
 * combinations of one another are refused by name, never silently dropped or pseudo-inverted.
 */
package alphadistill.teacher.regression;

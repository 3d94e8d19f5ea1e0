/**
 * Covariance matrices of asset returns: sample, exponentially weighted, corrected for autocorrelation, shrunk and
 * denoised.
 *
 * <p>Entry points: {@link alphadistill.teacher.covariance.ReturnSample} holds the rows,
 * {@link alphadistill.teacher.covariance.CovarianceEstimator} the choices, and
 * {@link alphadistill.teacher.covariance.Covariance} is what all of them give. Everything is float64. A singular matrix
 * is never pseudo-inverted.
 */
package alphadistill.teacher.covariance;

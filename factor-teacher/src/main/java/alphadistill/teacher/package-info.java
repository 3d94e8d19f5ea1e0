/**
 * Linear factor models that teach the student: estimators, the fitted models and their fit reports.
 *
 * <p>Entry point: {@link alphadistill.teacher.FactorEstimator}, which turns data into a
 * {@link alphadistill.teacher.FactorHistory}; that gives for every day the
 * {@link alphadistill.teacher.LinearFactorModel} that could have been known at its close. Returns are simple decimals
 * (0.01 is one per cent); exposures are as of the close of a day, premia are for the model's horizon after it. Nothing
 * here reads files or trains networks.
 */
package alphadistill.teacher;

/**
 * Fama-MacBeth: a cross-section regression each day, premia as the mean of the daily slopes.
 *
 * <p>Entry point: {@link alphadistill.teacher.famamacbeth.FamaMacBeth}.
 */
package alphadistill.teacher.famamacbeth;

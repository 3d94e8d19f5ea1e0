/**
 * Out-of-sample scores of one fold, by student or baseline, and how far a student follows its teacher.
 *
 * <p>Entry points: {@link alphadistill.student.forecast.FoldScores} and {@link
 * alphadistill.student.forecast.Baseline}.
 */
package alphadistill.student.forecast;

/**
 * Ridge and elastic net on characteristics: one regression of all rows of the days known so far, with a penalty chosen
 * among these days.
 *
 * <p>Entry point: {@link alphadistill.teacher.penalised.PenalisedTeacher}.
 */
package alphadistill.teacher.penalised;

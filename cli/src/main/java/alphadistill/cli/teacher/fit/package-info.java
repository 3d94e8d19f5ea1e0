/**
 * A configured teacher on its market: the models of all days, their forecasts against what came, and what a careful
 * reader looks at before believing them.
 *
 * <p>Entry point: {@link alphadistill.cli.teacher.fit.TeacherFit}. Nothing here prints, writes or reads a clock.
 */
package alphadistill.cli.teacher.fit;

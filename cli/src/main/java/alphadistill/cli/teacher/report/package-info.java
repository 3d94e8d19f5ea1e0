/**
 * The page of a fitted teacher: one HTML file that opens offline.
 *
 * <p>Entry point: {@link alphadistill.cli.teacher.report.TeacherReport}. Same input, same bytes: nothing here reads a clock
 * or fits a model.
 */
package alphadistill.cli.teacher.report;

/**
 * Estimators on tables of the user's own: reads series and panels, and says what was estimated in words and as JSON.
 *
 * <p>Entry points: {@link alphadistill.cli.teacher.ReturnFiles} and {@link alphadistill.cli.teacher.PanelFile}.
 */
package alphadistill.cli.teacher;

/**
 * Scores made elsewhere, judged as the students of a run are.
 *
 * <p>Entry point: {@link alphadistill.cli.scores.ScoresRun}.
 */
package alphadistill.cli.scores;

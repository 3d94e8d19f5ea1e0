/**
 * Controls that a pipeline must pass before its results are believed: labels that say nothing, a column that says
 * everything, and a future that must not matter.
 *
 * <p>Entry point: {@link alphadistill.cli.verify.LeakCheck}.
 */
package alphadistill.cli.verify;

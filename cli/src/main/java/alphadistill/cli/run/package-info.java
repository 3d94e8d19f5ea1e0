/**
 * Runs: their folders, their units of work, and the ledger of everything that was tried.
 *
 * <p>Entry point: {@link alphadistill.cli.run.UnitPool}. Nothing here knows a model.
 */
package alphadistill.cli.run;

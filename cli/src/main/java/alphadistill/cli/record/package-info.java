/**
 * Runs on disk, read again: which there are, their headline figures side by side, and what differs between two.
 *
 * <p>Entry point: {@link alphadistill.cli.record.RunRecord}.
 */
package alphadistill.cli.record;

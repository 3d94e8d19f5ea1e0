/** The {@code alphadistill} command: configuration, run folders, workers. */
package alphadistill.cli;

/**
 * The report of an image training: one HTML file that opens offline.
 *
 * <p>Entry point: {@link alphadistill.cli.vision.report.VisionReport}. Same input, same bytes: nothing here reads a clock or
 * runs a network.
 */
package alphadistill.cli.vision.report;

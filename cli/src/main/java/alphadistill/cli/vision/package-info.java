/**
 * What the {@code vision} commands do: trainings of image networks side by side, their results, and the use of weights.
 *
 * <p>Entry point: {@link alphadistill.cli.vision.VisionConfig}.
 */
package alphadistill.cli.vision;

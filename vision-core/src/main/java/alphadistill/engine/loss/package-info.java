/**
 * What is learned: distances of outputs from targets, and how a teacher joins in.
 *
 * <p>Entry point: {@link alphadistill.engine.loss.DistillationLoss}. Every divisor is stated; the arithmetic is that of
 * {@link alphadistill.engine.kernels.Losses}.
 */
package alphadistill.engine.loss;

/**
 * What is learned: distances of outputs from targets, and how a teacher joins in.
 *
 * <p>Entry point: {@link alphadistill.engine.loss.Distillation}. Every divisor is stated.
 */
package alphadistill.engine.loss;

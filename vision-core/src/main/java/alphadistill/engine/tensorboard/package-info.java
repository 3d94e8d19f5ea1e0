/**
 * How a training went, as TensorBoard reads it.
 *
 * <p>Entry point: {@link alphadistill.engine.tensorboard.EventFile}.
 */
package alphadistill.engine.tensorboard;

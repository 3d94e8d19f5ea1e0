/**
 * The training loop, on one screen, with early stopping on inner validation.
 *
 * <p>Entry point: {@link alphadistill.engine.train.Trainer}.
 */
package alphadistill.engine.train;

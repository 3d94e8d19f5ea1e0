/**
 * The distillation engine: one encoder, its tokens, losses, optimisers and trainer, for images and for markets alike.
 *
 * <p>Tensors are ND4J arrays in C order: float32 in training, double in gradient checks. Nothing here knows finance.
 */
package alphadistill.engine;

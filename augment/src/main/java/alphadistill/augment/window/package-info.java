/**
 * Augmentation of windows: one batch of samples with labels, teacher inputs and origins, and transforms that change all
 * of them together or refuse.
 *
 * <p>Entry points: {@link alphadistill.augment.window.WindowBatch} and {@link
 * alphadistill.augment.window.WindowTransform}. Nothing here reads files or knows a model.
 */
package alphadistill.augment.window;

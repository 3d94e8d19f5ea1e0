/**
 * Training of image networks on the engine's trainer, and what a trained one answers.
 *
 * <p>Entry point: {@link alphadistill.vision.train.ImageTraining}. Nothing here reads configuration or writes reports.
 */
package alphadistill.vision.train;

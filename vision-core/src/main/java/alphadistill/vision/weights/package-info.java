/**
 * Weights of other projects: files that hold them, their tensor names, and the networks they fit.
 *
 * <p>Entry points: {@link alphadistill.vision.weights.DeitWeights} for DeiT and DeiT III, and readers of files that are
 * no safetensors.
 */
package alphadistill.vision.weights;

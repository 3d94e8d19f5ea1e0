/**
 * Weights of other projects: DeiT under the names of other programs, and the files torch writes.
 *
 * <p>Entry points: {@link alphadistill.vision.weights.DeitWeights} and {@link alphadistill.vision.weights.TorchFile}.
 * Nothing read here is ever executed.
 */
package alphadistill.vision.weights;

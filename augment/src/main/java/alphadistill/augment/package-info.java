/**
 * Transforms of one training batch: what they do to inputs, labels and the teacher's inputs, and where each sample
 * came from. Plain arrays only; nothing here reads files, fits models or knows a network.
 */
package alphadistill.augment;

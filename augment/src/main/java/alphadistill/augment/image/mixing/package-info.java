/**
 * Pictures of a batch mixed with each other, and what that does to their labels.
 *
 * <p>Entry point: {@link alphadistill.augment.image.mixing.MixupCutmix}.
 */
package alphadistill.augment.image.mixing;

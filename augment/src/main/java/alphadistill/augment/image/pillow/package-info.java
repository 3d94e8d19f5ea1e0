/**
 * Operations on one picture as Pillow 9.4 computes them, to the last integer: resampling, tones, colours, blur, cuts.
 * Nothing here is random; the recipe draws the numbers.
 *
 * <p>Entry points: {@link alphadistill.augment.image.pillow.Resize}, {@link
 * alphadistill.augment.image.pillow.AffineMap}, {@link alphadistill.augment.image.pillow.Tones}, {@link
 * alphadistill.augment.image.pillow.Enhance}, {@link alphadistill.augment.image.pillow.Blur} and {@link
 * alphadistill.augment.image.pillow.Cuts}. Where the order of roundings decides about an integer, the code follows it:
 * what looks like a detour (float in a blend, 22 bits in a resize) is the specification.
 */
package alphadistill.augment.image.pillow;

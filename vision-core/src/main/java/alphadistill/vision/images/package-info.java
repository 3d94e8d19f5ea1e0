/**
 * Sets of labelled pictures and how they are decoded.
 *
 * <p>Entry point: {@link alphadistill.vision.images.ImageSet}. Nothing here augments or trains.
 */
package alphadistill.vision.images;

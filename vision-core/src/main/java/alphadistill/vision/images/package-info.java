/**
 * Sets of labelled pictures, how they are decoded, and how batches of them are made.
 *
 * <p>Entry points: {@link alphadistill.vision.images.ImageSets} opens a set, {@link
 * alphadistill.vision.images.ImageLoader} makes batches of it. Nothing here augments or trains.
 */
package alphadistill.vision.images;

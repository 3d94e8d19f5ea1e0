/**
 * Transforms of pictures and of batches of them: Pillow's operations to the last integer, and DeiT's recipe of them.
 *
 * <p>Entry point: {@link alphadistill.augment.image.ImageTransform} for one picture, {@link
 * alphadistill.augment.image.ImageBatch} for what is mixed.
 */
package alphadistill.augment.image;

/**
 * Transforms of pictures and of batches of them: Pillow's operations to the last integer, and DeiT's recipe of them.
 *
 * <p>Entry point: {@link alphadistill.augment.image.ImageTransform} for one picture, {@link
 * alphadistill.augment.image.ImageBatch} for what is mixed. Exact operations are in {@code pillow}, random ones and their
 * order in {@code recipe}, and what mixes pictures in {@code mixing}.
 */
package alphadistill.augment.image;

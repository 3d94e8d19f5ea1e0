/**
 * DeiT's random changes of one picture, and the order in which a training or an evaluation makes them (vision.md section
 * 3).
 *
 * <p>Entry point: {@link alphadistill.augment.image.recipe.ImageAugmentation}. Every number is drawn from the {@link
 * alphadistill.augment.Draws} handed in: a stream per picture and epoch makes the same pictures on any number of
 * workers.
 */
package alphadistill.augment.image.recipe;

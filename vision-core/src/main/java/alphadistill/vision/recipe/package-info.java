/**
 * How an image DeiT is trained, as checked values with the reference's presets (vision.md sections 3 and 4).
 *
 * <p>Entry point: {@link alphadistill.vision.recipe.ImageRecipe}. Nothing here reads pictures or trains.
 */
package alphadistill.vision.recipe;

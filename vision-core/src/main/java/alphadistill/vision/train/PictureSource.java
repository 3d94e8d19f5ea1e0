package alphadistill.vision.train;

import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.Normalisation;
import alphadistill.augment.image.recipe.EvaluationCrop;
import alphadistill.augment.image.recipe.RandomErasing;
import alphadistill.vision.images.BrokenImages;
import alphadistill.vision.images.ImageLoader;
import alphadistill.vision.images.ImageSet;
import alphadistill.vision.images.Sampler;

/**
 * Pictures as a network reads them in evaluation: cut from the centre, normalised, in the order of their set.
 *
 * @param crop to the network's size
 * @param broken share of a set that may be unreadable
 */
public record PictureSource(EvaluationCrop crop, double broken) {
  /** One decodes while another trains; a run has as many trainings as cores. */
  static final int WORKERS = 1;

  static final int AHEAD = 2;

  private static final Normalisation NORMALISATION = Normalisation.IMAGENET;

  /** All pictures of a set, from the first on each time that they are gone through; fewer where some are broken. */
  public Iterable<ImageBatch> inOrder(ImageSet set, int batch) {
    return inOrder(set, batch, BrokenImages.of(set, broken));
  }

  /** @param found told of what cannot be read */
  Iterable<ImageBatch> inOrder(ImageSet set, int batch, BrokenImages found) {
    ImageLoader.Spec cut = new ImageLoader.Spec(
        batch, crop.size(), NORMALISATION, false, WORKERS, AHEAD, RandomErasing.NONE);
    ImageLoader loader = new ImageLoader(set, Sampler.inOrder(set.size()), crop, 0, cut, found);
    return () -> loader.epoch(0).iterator();
  }
}

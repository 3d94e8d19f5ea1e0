package alphadistill.vision.train;

import alphadistill.augment.Draws;
import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.recipe.ImageAugmentation;
import alphadistill.vision.images.BrokenImages;
import alphadistill.vision.images.ImageLoader;
import alphadistill.vision.images.ImageSet;
import alphadistill.vision.images.Sampler;
import alphadistill.vision.recipe.ImageRecipe;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Training pictures: shuffled or repeated, augmented one by one, erased and mixed. */
final class AugmentedPictures implements AutoCloseable {
  private static final int NAMED = 4;

  private final ImageRecipe recipe;
  private final ImageSet set;
  private final Sampler sampler;
  private final ImageLoader loader;
  private final long seed;

  /** @param found told of what cannot be read */
  AugmentedPictures(ImageRecipe recipe, ImageSet set, BrokenImages found, long seed) {
    this.recipe = recipe;
    this.set = set;
    this.seed = seed;
    this.sampler = recipe.repeats() == 1
        ? Sampler.shuffled(set.size(), seed)
        : Sampler.repeated(set.size(), seed, 0, 1);
    ImageAugmentation augmentation = recipe.pictures().augmentation();
    this.loader = new ImageLoader(
        set,
        sampler,
        augmentation.training(),
        seed,
        ImageLoader.Spec.training(
            augmentation, recipe.batch(), PictureSource.WORKERS, PictureSource.AHEAD),
        found);
  }

  /** The augmented batches of an epoch, in order, made as they are asked for. */
  List<ImageBatch> epoch(int epoch) {
    return loader.epoch(epoch);
  }

  /** The batch with pairs mixed, as both student and teacher see it. */
  ImageBatch mix(ImageBatch batch, int epoch, int step) {
    return recipe
        .mixing()
        .transform()
        .map(mixing -> mixing.apply(batch, Draws.of(seed, "mixing", epoch, step)))
        .orElse(batch);
  }

  /** Which pictures a batch holds, in words. */
  String describe(int epoch, int step) {
    int from = step * recipe.batch();
    int[] indices = Arrays.copyOfRange(sampler.epoch(epoch), from, from + recipe.batch());
    String first =
        Arrays.stream(indices).limit(NAMED).mapToObj(set::origin).collect(Collectors.joining(", "));
    return "a batch of %d pictures: %s%s"
        .formatted(indices.length, first, indices.length > NAMED ? ", ..." : "");
  }

  @Override
  public void close() {
    loader.close();
  }
}

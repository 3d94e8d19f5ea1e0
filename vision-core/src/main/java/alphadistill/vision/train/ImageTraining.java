package alphadistill.vision.train;

import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.recipe.ImageAugmentation;
import alphadistill.engine.Network;
import alphadistill.engine.Parameter;
import alphadistill.engine.Teacher;
import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.optim.AdamW;
import alphadistill.engine.optim.GradientClip;
import alphadistill.engine.optim.Lamb;
import alphadistill.engine.optim.Optimiser;
import alphadistill.engine.train.Checkpoints;
import alphadistill.engine.train.Trainer;
import alphadistill.engine.train.TrainingListener;
import alphadistill.vision.images.BrokenImages;
import alphadistill.vision.images.ImageLoader;
import alphadistill.vision.images.ImageSet;
import alphadistill.vision.images.Sampler;
import alphadistill.vision.recipe.ImageRecipe;
import alphadistill.vision.recipe.Optimisation;
import alphadistill.vision.teacher.SmallCnnSpec;
import alphadistill.vision.teacher.TrainedCnn;
import java.util.List;

/**
 * Trains an image network, with or without a teacher, by a recipe: the front door of this package. The result depends on
 * the network's weights, the pictures, the recipe and the seed alone, whatever the number of threads and stops.
 *
 * <pre>{@code
 * ImageRecipe recipe = ImageRecipe.micro();
 * Deit deit = Deit.create(kernels, DeitPreset.MICRO.spec().distilled(), 1);
 * ImageTraining training = new ImageTraining(kernels, recipe, train, heldOut, 1);
 * Trainer.Outcome outcome = training.train(deit, teacher, new Checkpoints(folder, 100), List.of());
 * }</pre>
 */
public final class ImageTraining {
  private final Kernels kernels;
  private final ImageRecipe recipe;
  private final ImageSet train;
  private final ImageSet validation;
  private final PictureSource pictures;
  private final List<BrokenImages> broken;
  private final long seed;

  /**
   * @param train pictures that are learned from
   * @param validation pictures of the same classes that are not; never test pictures
   * @param broken share of each set that may be unreadable
   * @param seed of order, augmentation and stochastic depth
   */
  public ImageTraining(
      Kernels kernels,
      ImageRecipe recipe,
      ImageSet train,
      ImageSet validation,
      double broken,
      long seed) {
    if (!train.classes().equals(validation.classes())) {
      throw new IllegalArgumentException(
          "training and validation pictures have other classes: %s and %s"
              .formatted(train.classes(), validation.classes()));
    }
    this.kernels = kernels;
    this.recipe = recipe;
    this.train = train;
    this.validation = validation;
    this.pictures = new PictureSource(recipe.pictures().augmentation().evaluation(), broken);
    this.broken = List.of(BrokenImages.of(train, broken), BrokenImages.of(validation, broken));
    this.seed = seed;
  }

  /** What is wrong with each picture that could not be read so far, of both sets. */
  public List<String> broken() {
    return broken.stream().flatMap(found -> found.messages().stream()).toList();
  }

  /**
   * Trains, and leaves the network with the weights of its best epoch.
   *
   * @param network for pictures of the recipe's size and as many classes as the set has
   * @param teacher unused, and may be null, where the recipe has no distillation
   * @param checkpoints where the state is left and found again; null for none
   * @throws alphadistill.engine.train.DivergedException if the loss is no longer finite; the checkpoint before it stays
   * @throws alphadistill.vision.images.ImageException if too many pictures are broken
   */
  public Trainer.Outcome train(
      Network network,
      Teacher<ImageBatch> teacher,
      Checkpoints checkpoints,
      List<TrainingListener> listeners) {
    boolean taught = recipe.distillation().asksTeacher();
    if (taught && teacher == null) {
      throw new IllegalArgumentException(
          "%s distillation needs a teacher".formatted(recipe.distillation().kind()));
    }
    try (AugmentedPictures batches = new AugmentedPictures(recipe, train, broken.get(0), seed)) {
      ImageTask task = new ImageTask(
          kernels,
          recipe,
          batches,
          pictures.inOrder(validation, recipe.batch(), broken.get(1)),
          train.classes().size(),
          taught ? teacher : null);
      Trainer<ImageBatch> trainer =
          new Trainer<>(kernels, network, task, trainerRecipe(), listeners);
      Optimiser optimiser = optimiser(network.parameters());
      return checkpoints == null ? trainer.train(optimiser) : trainer.train(optimiser, checkpoints);
    }
  }

  /**
   * Trains a small CNN on the pictures that are learned from, as the recipe crops, flips and colours them but one by
   * one: a teacher for a set that has none. Held-out pictures stay unseen, so they can judge it.
   *
   * @throws IllegalStateException if its loss is no longer finite
   * @throws alphadistill.vision.images.ImageException if too many pictures are broken
   */
  public TrainedCnn trainTeacher(SmallCnnSpec spec, TrainedCnn.Progress progress) {
    ImageAugmentation augmentation = recipe.pictures().augmentation();
    try (ImageLoader loader = new ImageLoader(
        train,
        Sampler.shuffled(train.size(), spec.seed()),
        augmentation.training(),
        spec.seed(),
        ImageLoader.Spec.training(
            augmentation, spec.batch(), PictureSource.WORKERS, PictureSource.AHEAD),
        broken.get(0))) {
      return TrainedCnn.train(spec, train.classes(), loader::epoch, kernels, progress);
    }
  }

  private Trainer.Recipe trainerRecipe() {
    return new Trainer.Recipe(
        recipe.epochs(),
        recipe.rates().schedule(recipe.batch(), recipe.epochs()),
        new GradientClip(recipe.optimiser().clip()),
        recipe.averaging().decay(),
        recipe.patience() == 0 ? recipe.epochs() : recipe.patience(),
        seed,
        recipe.averaging().judged(),
        recipe.recompute());
  }

  private Optimiser optimiser(List<Parameter> parameters) {
    Optimisation spec = recipe.optimiser();
    List<Parameter> groups = spec.decayed().mark(parameters);
    return switch (spec.kind()) {
      case ADAMW ->
        new AdamW(
            kernels,
            groups,
            new AdamW.Spec(spec.weightDecay(), spec.beta1(), spec.beta2(), spec.epsilon()));
      case LAMB ->
        new Lamb(
            kernels,
            groups,
            new Lamb.Spec(spec.weightDecay(), spec.beta1(), spec.beta2(), spec.epsilon(), 1));
    };
  }
}

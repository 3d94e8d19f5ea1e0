package alphadistill.vision.recipe;

import alphadistill.augment.image.mixing.MixupCutmix;
import alphadistill.augment.image.recipe.ImageAugmentation.Cut;
import alphadistill.augment.image.recipe.ImageAugmentation.JitterRule;
import alphadistill.augment.image.recipe.RandomErasing;
import alphadistill.engine.loss.Distillation.Soft.Normalisation;
import alphadistill.engine.optim.DecayRule;
import alphadistill.vision.recipe.Distilling.Kind;

/**
 * A whole training recipe. Presets hold the reference's values, each from vision.md sections 2 to 4; {@code with} methods
 * give a recipe that differs in one part.
 *
 * <pre>{@code
 * ImageRecipe recipe = ImageRecipe.deit().with(new Distilling(Distilling.Kind.SOFT, 0.1, 3, ELEMENTS));
 * double seventhEpoch = recipe.rates().schedule(recipe.batch(), recipe.epochs()).rateAt(6, 0);   // 9.9932e-4
 * }</pre>
 *
 * @param epochs passes over the training pictures
 * @param batch pictures of a step, of all processes together; even where pictures are mixed
 * @param rates learning rates
 * @param optimiser and its decay
 * @param loss of the class head
 * @param mixing of pairs of pictures
 * @param distillation of the teacher's knowledge
 * @param dropPath stochastic depth of the last block, or of all blocks in DeiT III; in [0, 1)
 * @param normEpsilon of the layer norms; 1e-6 in the reference
 * @param averaging of weights
 * @param pictures size and augmentation
 * @param repeats times that a picture is in an epoch, each time augmented anew: 3 in DeiT, whose epochs then show a third
 *     of the pictures, or 1
 * @param patience epochs without a better validation before training stops; 0 for never
 * @param recompute whether blocks are run again in the backward pass: the same result in less memory, a fifth slower
 */
public record ImageRecipe(
    int epochs,
    int batch,
    Rates rates,
    Optimisation optimiser,
    ClassLoss loss,
    Mixing mixing,
    Distilling distillation,
    double dropPath,
    double normEpsilon,
    Averaging averaging,
    Pictures pictures,
    int repeats,
    int patience,
    boolean recompute) {

  public ImageRecipe {
    if (epochs < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "epochs and batch must be at least 1, were %d and %d".formatted(epochs, batch));
    }
    if (mixing.transform().isPresent() && batch % 2 == 1) {
      throw new IllegalArgumentException(
          "pictures are mixed in pairs, so batch must be even, was " + batch);
    }
    if (!(dropPath >= 0 && dropPath < 1)) {
      throw new IllegalArgumentException("dropPath must be in [0, 1), was " + dropPath);
    }
    if (!(normEpsilon > 0)) {
      throw new IllegalArgumentException("normEpsilon must be positive, was " + normEpsilon);
    }
    if (repeats != 1 && repeats != 3) {
      throw new IllegalArgumentException(
          "repeats must be 1 (none) or the reference's 3, was " + repeats);
    }
    if (patience < 0) {
      throw new IllegalArgumentException(
          "patience must be 0 (never stop early) or more epochs, was " + patience);
    }
  }

  /**
   * DeiT as published (vision.md section 3): 300 epochs of 1024 pictures at 224, AdamW 5e-4 x 1024/512, RandAugment,
   * Mixup and CutMix, erasing, repeated augmentation, stochastic depth 0.1 for every size, hard distillation.
   */
  public static ImageRecipe deit() {
    return new ImageRecipe(
        300,
        1024,
        new Rates(5e-4, Rates.Scaling.PER_512, 5, 1e-6, 1e-5, Rates.Stepping.REFERENCE),
        Optimisation.adamW(0.05),
        new ClassLoss(ClassLoss.Kind.SOFT_TARGETS, 0.1),
        Mixing.of(0.8, 1.0),
        new Distilling(Kind.HARD, 0.5, 1, Normalisation.ELEMENTS),
        0.1,
        1e-6,
        new Averaging(0.99996, false),
        new Pictures(
            224,
            Cut.RESIZED,
            0.08,
            0.5,
            Pictures.RAND_M9,
            0.3,
            JitterRule.NOT_BESIDE_RAND_AUGMENT,
            RandomErasing.DEIT,
            0.875),
        3,
        0,
        false);
  }

  /**
   * DeiT fine-tuned at 384 (vision.md section 3): 30 epochs of 32 x 16 pictures, rate 5e-6 throughout after the warm-up,
   * decay 1e-8. Without stochastic depth, because the reference leaves the network in evaluation mode; without
   * distillation, which its code refuses here.
   */
  public static ImageRecipe deit384() {
    ImageRecipe deit = deit();
    return new ImageRecipe(
        30,
        512,
        new Rates(5e-6, Rates.Scaling.PER_512, 5, 1e-6, 5e-6, Rates.Stepping.REFERENCE),
        Optimisation.adamW(1e-8),
        deit.loss,
        deit.mixing,
        deit.distillation.as(Kind.NONE),
        0,
        deit.normEpsilon,
        deit.averaging,
        deit.pictures.at(384),
        deit.repeats,
        0,
        false);
  }

  /** DeiT III's base network on ImageNet-1k; see {@link #deit3(Deit3Size)}. */
  public static ImageRecipe deit3() {
    return deit3(Deit3Size.BASE);
  }

  /**
   * DeiT III on ImageNet-1k (vision.md section 2): 800 epochs of 2048 pictures, LAMB with the rate as given, binary loss
   * without smoothing, 3-Augment, repeated augmentation, no erasing, no teacher.
   */
  public static ImageRecipe deit3(Deit3Size size) {
    ImageRecipe deit = deit();
    return new ImageRecipe(
        800,
        2048,
        new Rates(size.rate, Rates.Scaling.AS_GIVEN, 5, 1e-6, 1e-5, Rates.Stepping.REFERENCE),
        Optimisation.lamb(0.05),
        new ClassLoss(ClassLoss.Kind.BINARY, 0),
        deit.mixing,
        deit.distillation.as(Kind.NONE),
        size.dropPath,
        deit.normEpsilon,
        deit.averaging,
        new Pictures(
            size.trainedAt,
            Cut.RESIZED,
            0.08,
            0.5,
            Pictures.THREE,
            0.3,
            JitterRule.NOT_BESIDE_RAND_AUGMENT,
            RandomErasing.NONE,
            1),
        3,
        0,
        false);
  }

  /** DeiT III's base network, finished; see {@link #deit3Finetune(Deit3Size)}. */
  public static ImageRecipe deit3Finetune() {
    return deit3Finetune(Deit3Size.BASE);
  }

  /**
   * The finish of DeiT III at 224 (vision.md section 2): 20 epochs of 512 pictures, AdamW 1e-5 as given, decay 0.1,
   * RandAugment, smoothed soft targets, no repeated augmentation.
   */
  public static ImageRecipe deit3Finetune(Deit3Size size) {
    ImageRecipe deit3 = deit3(size);
    return new ImageRecipe(
        20,
        512,
        new Rates(1e-5, Rates.Scaling.AS_GIVEN, 5, 1e-6, 1e-5, Rates.Stepping.REFERENCE),
        Optimisation.adamW(0.1),
        new ClassLoss(ClassLoss.Kind.SOFT_TARGETS, 0.1),
        deit3.mixing,
        deit3.distillation,
        size.dropPathFinishing,
        deit3.normEpsilon,
        deit3.averaging,
        new Pictures(
            224,
            Cut.RESIZED,
            0.08,
            0.5,
            Pictures.RAND_M9,
            0.3,
            JitterRule.NOT_BESIDE_RAND_AUGMENT,
            RandomErasing.NONE,
            1),
        1,
        0,
        false);
  }

  /**
   * DeiT as a popular summary tells it, where it differs from the reference (vision.md section 4): labels without Mixup,
   * a divergence divided by the batch, everything decayed, colours jittered beside RandAugment, no repeated
   * augmentation, stochastic depth 0.2, layer norms with 1e-5, no average. Initial values stay the reference's.
   */
  public static ImageRecipe summary() {
    ImageRecipe deit = deit();
    Optimisation adamW = deit.optimiser;
    Pictures pictures = deit.pictures;
    return new ImageRecipe(
        deit.epochs,
        deit.batch,
        deit.rates,
        new Optimisation(
            adamW.kind(),
            adamW.weightDecay(),
            adamW.beta1(),
            adamW.beta2(),
            adamW.epsilon(),
            DecayRule.EVERYTHING,
            adamW.clip()),
        deit.loss,
        Mixing.NONE,
        new Distilling(
            Kind.HARD,
            deit.distillation.teacherShare(),
            deit.distillation.temperature(),
            Normalisation.SAMPLES),
        0.2,
        1e-5,
        Averaging.NONE,
        new Pictures(
            pictures.size(),
            pictures.crop(),
            pictures.smallestArea(),
            pictures.flip(),
            pictures.policy(),
            pictures.colourJitter(),
            JitterRule.ALWAYS,
            pictures.erasing(),
            pictures.evalCrop()),
        1,
        deit.patience,
        false);
  }

  /**
   * Ours, for pictures of 28 to 32 pixels and minutes on two cores. Weak augmentation, because few epochs do not pay for a
   * strong one; a clip instead of a warm-up, which would cost an epoch of ten.
   */
  public static ImageRecipe micro() {
    return new ImageRecipe(
        10,
        64,
        new Rates(2e-3, Rates.Scaling.AS_GIVEN, 0, 1e-5, 1e-5, Rates.Stepping.FIXED),
        new Optimisation(Optimisation.Kind.ADAMW, 0.05, 0.9, 0.999, 1e-8, DecayRule.REFERENCE, 1),
        new ClassLoss(ClassLoss.Kind.SOFT_TARGETS, 0.1),
        new Mixing(0.8, 1.0, 0, 0, 0.5, 0.5, MixupCutmix.Mode.BATCH),
        new Distilling(Kind.HARD, 0.5, 3, Normalisation.SAMPLES),
        0,
        1e-6,
        Averaging.NONE,
        new Pictures(
            32,
            Cut.PADDED,
            0.08,
            0.5,
            Pictures.NO_POLICY,
            0,
            JitterRule.NOT_BESIDE_RAND_AUGMENT,
            RandomErasing.NONE,
            1),
        1,
        0,
        false);
  }

  /** The same with another distillation. */
  public ImageRecipe with(Distilling other) {
    return new ImageRecipe(
        epochs,
        batch,
        rates,
        optimiser,
        loss,
        mixing,
        other,
        dropPath,
        normEpsilon,
        averaging,
        pictures,
        repeats,
        patience,
        recompute);
  }
}

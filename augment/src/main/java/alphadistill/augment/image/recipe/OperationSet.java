package alphadistill.augment.image.recipe;

import static alphadistill.augment.image.recipe.Operation.AUTO_CONTRAST;
import static alphadistill.augment.image.recipe.Operation.BRIGHTNESS;
import static alphadistill.augment.image.recipe.Operation.COLOUR;
import static alphadistill.augment.image.recipe.Operation.CONTRAST;
import static alphadistill.augment.image.recipe.Operation.DESATURATE;
import static alphadistill.augment.image.recipe.Operation.EQUALIZE;
import static alphadistill.augment.image.recipe.Operation.GAUSSIAN_BLUR;
import static alphadistill.augment.image.recipe.Operation.INVERT;
import static alphadistill.augment.image.recipe.Operation.POSTERIZE;
import static alphadistill.augment.image.recipe.Operation.ROTATE;
import static alphadistill.augment.image.recipe.Operation.SHARPNESS;
import static alphadistill.augment.image.recipe.Operation.SHEAR_X;
import static alphadistill.augment.image.recipe.Operation.SHEAR_Y;
import static alphadistill.augment.image.recipe.Operation.SOLARIZE;
import static alphadistill.augment.image.recipe.Operation.SOLARIZE_ADD;
import static alphadistill.augment.image.recipe.Operation.TRANSLATE_X;
import static alphadistill.augment.image.recipe.Operation.TRANSLATE_Y;

import alphadistill.augment.Draws;
import java.util.Arrays;
import java.util.List;

/**
 * What RandAugment chooses from. Sets and weights are those of timm's {@code auto_augment.py}: 0.3.2 for {@link #W0},
 * 1.0 for the others.
 */
public enum OperationSet {
  /** Fifteen operations, the same chance for each, with replacement. */
  ALL(
      AUTO_CONTRAST,
      EQUALIZE,
      INVERT,
      ROTATE,
      POSTERIZE,
      SOLARIZE,
      SOLARIZE_ADD,
      COLOUR,
      CONTRAST,
      BRIGHTNESS,
      SHARPNESS,
      SHEAR_X,
      SHEAR_Y,
      TRANSLATE_X,
      TRANSLATE_Y),
  /** {@code w0}: the same by weights that were guessed from the paper, without replacement; two never come. */
  W0(0.025, 0.005, 0, 0.3, 0, 0.005, 0.005, 0.025, 0.005, 0.005, 0.025, 0.2, 0.2, 0.1, 0.1),
  /** {@code tweights}: nearly those weights; always increasing. */
  WEIGHTS(0.25, 0.05, 0.05, 3, 0.05, 0.05, 0.05, 0.25, 0.05, 0.05, 0.25, 2, 2, 1, 1),
  /** {@code t3a}: those of 3-Augment, the same chance for each. */
  THREE(SOLARIZE, DESATURATE, GAUSSIAN_BLUR),
  /** {@code t3aw}: those of 3-Augment often, others now and then, without replacement. */
  THREE_WEIGHTED(
      List.of(
          SOLARIZE,
          DESATURATE,
          GAUSSIAN_BLUR,
          ROTATE,
          SHEAR_X,
          SHEAR_Y,
          POSTERIZE,
          AUTO_CONTRAST,
          COLOUR,
          SHARPNESS,
          CONTRAST,
          BRIGHTNESS,
          EQUALIZE,
          INVERT),
      6,
      6,
      6,
      3,
      2,
      2,
      1,
      1,
      1,
      1,
      1,
      1,
      1,
      1);

  private final List<Operation> operations;
  private final double[] weights; // empty: equal chances with replacement

  OperationSet(Operation... operations) {
    this(List.of(operations));
  }

  OperationSet(double... weights) {
    this(Arrays.asList(Operation.values()).subList(0, 15), weights);
  }

  OperationSet(List<Operation> operations, double... weights) {
    this.operations = operations;
    this.weights = weights;
  }

  /** How many operations can be chosen for one picture. */
  int most() {
    return weights.length == 0
        ? Integer.MAX_VALUE
        : (int) Arrays.stream(weights).filter(weight -> weight > 0).count();
  }

  /** Operations for one picture, in the order in which they are applied. */
  Operation[] choose(int number, Draws draws) {
    Operation[] chosen = new Operation[number];
    double[] left = weights.clone();
    for (int i = 0; i < number; i++) {
      int place = weights.length == 0 ? draws.below(operations.size()) : weighted(left, draws);
      chosen[i] = operations.get(place);
    }
    return chosen;
  }

  /** A place by its weight, which then is gone. */
  private static int weighted(double[] left, Draws draws) {
    double rest = Arrays.stream(left).sum() * draws.uniform();
    int last = -1;
    for (int i = 0; i < left.length && (last < 0 || rest >= 0); i++) {
      if (left[i] > 0) {
        last = i; // kept, should the rounded sum leave a rest
        rest -= left[i];
      }
    }
    left[last] = 0;
    return last;
  }
}

package alphadistill.engine;

import alphadistill.augment.Draws;

/**
 * How a forward pass is run.
 *
 * @param draws randomness of stochastic depth while training; null in evaluation, where nothing is dropped or saved
 * @param recompute whether a training pass keeps the input of each block alone, and backward runs the block again for
 *     the rest (Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost"): the same bits in less memory
 */
public record Pass(Draws draws, boolean recompute) {
  public static final Pass EVALUATION = new Pass(null, false);

  public static Pass training(Draws draws) {
    return training(draws, false);
  }

  public static Pass training(Draws draws, boolean recompute) {
    return new Pass(
        java.util.Objects.requireNonNull(draws, "a training pass needs its draws"), recompute);
  }

  public boolean isTraining() {
    return draws != null;
  }
}

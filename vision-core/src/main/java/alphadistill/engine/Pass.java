package alphadistill.engine;

import alphadistill.augment.Draws;

/**
 * How a forward pass is run.
 *
 * @param draws randomness of stochastic depth while training; null in evaluation, where nothing is dropped or saved
 */
public record Pass(Draws draws) {
  public static final Pass EVALUATION = new Pass(null);

  public static Pass training(Draws draws) {
    return new Pass(java.util.Objects.requireNonNull(draws, "a training pass needs its draws"));
  }

  public boolean isTraining() {
    return draws != null;
  }
}

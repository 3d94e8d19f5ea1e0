package alphadistill.vision.recipe;

/**
 * A running average of the weights (EMA).
 *
 * @param decay of the average at each step, in [0, 1); 0.99996 in DeiT; 0 for none
 * @param judged whether validation and the final weights are the average's; the reference saves the average but judges
 *     the raw weights
 */
public record Averaging(double decay, boolean judged) {
  /** No average. */
  public static final Averaging NONE = new Averaging(0, false);

  public Averaging {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("decay must be in [0, 1), was " + decay);
    }
  }
}

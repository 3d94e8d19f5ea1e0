package alphadistill.vision.recipe;

import alphadistill.engine.optim.Schedule;

/**
 * Learning rates: a warm-up in the cosine's clock, moved once an epoch (vision.md section 3).
 *
 * @param base rate as a command names it; positive
 * @param scaling how the base becomes the rate of a batch size
 * @param warmUp epochs of warm-up; 0 for none
 * @param warmUpRate rate of the first epoch, not scaled
 * @param least rate at the end, not scaled
 * @param stepping whether epochs run one late, as the reference's do
 */
public record Rates(
    double base, Scaling scaling, int warmUp, double warmUpRate, double least, Stepping stepping) {

  /** How the base rate follows the batch. */
  public enum Scaling {
    /** {@code base * batch / 512}, DeiT's rule. */
    PER_512,
    /** The base as it is, DeiT III's {@code --unscale-lr}. */
    AS_GIVEN
  }

  /** Which value an epoch runs at. */
  public enum Stepping {
    /** Epoch e at the value of e-1, because the reference steps after the epoch; the base rate itself is never reached. */
    REFERENCE,
    /** Epoch e at its own value. */
    FIXED
  }

  public Rates {
    if (!(base > 0) || !(least >= 0) || !(warmUpRate >= 0)) {
      throw new IllegalArgumentException(
          "base must be positive, least and warmUpRate not negative, were %s, %s and %s"
              .formatted(base, least, warmUpRate));
    }
    if (warmUp < 0) {
      throw new IllegalArgumentException("warmUp must be 0 epochs (none) or more, was " + warmUp);
    }
  }

  /** The rate that the cosine falls from, for a batch of all processes together. */
  public double highest(int batch) {
    return scaling == Scaling.PER_512 ? base * batch / 512 : base;
  }

  /** The rates of all epochs. */
  public Schedule schedule(int batch, int epochs) {
    return new Schedule.DeitCosine(
        highest(batch), warmUpRate, warmUp, epochs, least, stepping == Stepping.REFERENCE);
  }
}

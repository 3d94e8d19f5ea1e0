package alphadistill.data.simulate;

/**
 * A market whose truth is known.
 *
 * @param kind what, if anything, can be predicted
 * @param assets number of assets, at least 2
 * @param days trading days, at least 2
 * @param seed of everything random
 * @param oracleIc correlation of the true expected weekly return with the return that follows, on average over dates,
 *     in (0, 0.5]; ignored for {@code NOISE}
 */
public record SimulationSpec(Kind kind, int assets, int days, long seed, double oracleIc) {

  /** What can be predicted. */
  public enum Kind {
    /** Expected returns are linear in characteristics: a linear teacher is the right model. */
    LINEAR,
    /** Less than half of their variance is linear; the rest are a product and a square that no linear model sees. */
    NONLINEAR,
    /** Nothing can be predicted. */
    NOISE
  }

  public SimulationSpec {
    if (assets < 2 || days < 2) {
      throw new IllegalArgumentException(
          "a simulated market needs at least 2 assets and 2 days, were %d and %d"
              .formatted(assets, days));
    }
    if (!(oracleIc > 0 && oracleIc <= 0.5)) {
      throw new IllegalArgumentException("oracleIc must be in (0, 0.5], was " + oracleIc);
    }
  }

  /**
   * A market with an oracle correlation of 0.15: three to five times what real markets give, because a demonstration
   * has a hundredth of their data.
   */
  public static SimulationSpec of(Kind kind, int assets, int days, long seed) {
    return new SimulationSpec(kind, assets, days, seed, 0.15);
  }
}

package alphadistill.cli.bench;

/**
 * How large and how often.
 *
 * @param assets of the market
 * @param days of the market; more than 252, the window of the regressions
 * @param batch windows in a training step
 * @param runs measured runs of each side; odd, so that the median is one of them
 */
public record Sizes(int assets, int days, int batch, int runs) {
  /** The sizes the goals are set for. */
  public static final Sizes USUAL = new Sizes(500, 2_500, 256, 7);

  public Sizes {
    if (assets < 1 || days < 253 || batch < 1 || runs < 1 || runs % 2 == 0) {
      throw new IllegalArgumentException(
          "assets and batch are at least 1, days at least 253 and runs odd, were %d, %d, %d, %d"
              .formatted(assets, batch, days, runs));
    }
  }

  public Sizes withRuns(int other) {
    return new Sizes(assets, days, batch, other);
  }
}

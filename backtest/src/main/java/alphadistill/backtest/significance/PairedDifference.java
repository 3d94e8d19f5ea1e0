package alphadistill.backtest.significance;

import alphadistill.backtest.metric.Moments;

/**
 * Difference of two models day by day: what both share, such as the market or an easy month, cancels.
 *
 * @param hac mean of first less second over the days both have, with autocorrelation-robust error; its t and p
 * @param interval block-bootstrap interval of the same mean
 * @param seeds mean difference of each seed's own pair
 */
public record PairedDifference(HacMean hac, Interval interval, Spread seeds) {

  /** One series each, such as daily rank ICs or net returns; days where either is missing (NaN) are left out. */
  public static PairedDifference of(
      double[] first, double[] second, int horizon, BlockBootstrap bootstrap) {
    return overSeeds(new double[][] {first}, new double[][] {second}, horizon, bootstrap);
  }

  /**
   * Several seeds each. The daily difference is that of the means over seeds, so that seed noise is averaged before
   * its error is taken; when both have the same number of seeds they are also paired one by one.
   *
   * @param first {@code [seed][day]}
   * @param second {@code [seed][day]}, the same days; may have another number of seeds, such as 1 for a baseline
   * @param horizon periods over which neighbouring values overlap; 1 for daily returns
   */
  public static PairedDifference overSeeds(
      double[][] first, double[][] second, int horizon, BlockBootstrap bootstrap) {
    if (first.length == 0 || second.length == 0 || first[0].length != second[0].length) {
      throw new IllegalArgumentException(
          "both models need at least one seed and the same days: %d and %d seeds"
              .formatted(first.length, second.length));
    }
    if (first.length != second.length && first.length > 1 && second.length > 1) {
      throw new IllegalArgumentException(
          "%d seeds cannot be paired with %d: give the same number, or 1 for a model without seeds"
              .formatted(first.length, second.length));
    }
    int seeds = Math.max(first.length, second.length);
    int days = first[0].length;
    double[] bySeed = new double[seeds];
    double[] daily = new double[days];
    for (int seed = 0; seed < seeds; seed++) {
      double[] a = first[first.length == 1 ? 0 : seed];
      double[] b = second[second.length == 1 ? 0 : seed];
      double[] difference = new double[days];
      for (int day = 0; day < days; day++) {
        difference[day] = a[day] - b[day];
        daily[day] += difference[day] / seeds;
      }
      bySeed[seed] = Moments.of(difference).mean();
    }
    return new PairedDifference(
        HacMean.ofOverlapping(daily, horizon), bootstrap.ofMean(daily), new Spread(bySeed));
  }

  /** Mean of first less second. */
  public double mean() {
    return hac.mean();
  }
}

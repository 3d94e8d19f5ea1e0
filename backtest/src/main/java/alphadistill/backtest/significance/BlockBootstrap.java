package alphadistill.backtest.significance;

import alphadistill.backtest.metric.Quantiles;
import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Confidence of a mean by resampling blocks of consecutive values, so that short memory stays in the resamples. The
 * series is read as a circle: no value is drawn less often for standing at an end. Percentile intervals.
 *
 * @param kind how long a block is
 * @param blockLength length of a block, or its mean; should exceed the overlap of the labels
 * @param resamples number of resampled series; at least 100
 * @param confidence in (0, 1)
 * @param seed the same seed gives the same interval
 */
public record BlockBootstrap(
    Kind kind, int blockLength, int resamples, double confidence, long seed) {

  /** How long the blocks are. */
  public enum Kind {
    /** Geometric lengths around the mean length: the resampled series is stationary (Politis and Romano 1994). */
    STATIONARY,
    /** All of one length (Politis and Romano 1992). */
    CIRCULAR
  }

  public BlockBootstrap {
    if (blockLength < 1) {
      throw new IllegalArgumentException("a block has at least 1 value, was " + blockLength);
    }
    if (resamples < 100) {
      throw new IllegalArgumentException(
          "at least 100 resamples are needed for the ends of an interval, was " + resamples);
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be in (0, 1), was " + confidence);
    }
  }

  /** 2,000 stationary resamples at 95 %, blocks of two horizons and at least 10 periods. */
  public static BlockBootstrap forHorizon(int horizon, long seed) {
    return new BlockBootstrap(Kind.STATIONARY, Math.max(2 * horizon, 10), 2_000, 0.95, seed);
  }

  /** Interval of the mean; missing values (NaN) are left out first. NaN ends for an empty series. */
  public Interval ofMean(double[] series) {
    double[] values =
        Arrays.stream(series).filter(value -> !Double.isNaN(value)).toArray();
    double[] means = means(values);
    double tail = (1 - confidence) / 2;
    Arrays.sort(means);
    return new Interval(
        Quantiles.ofSorted(means, tail), Quantiles.ofSorted(means, 1 - tail), confidence);
  }

  /** Means of the resampled series, in drawing order. A block costs two look-ups in running sums. */
  private double[] means(double[] values) {
    int n = values.length;
    if (n == 0) {
      return new double[0];
    }
    double[] running = new double[2 * n + 1]; // the circle twice, so that a block never wraps
    for (int i = 0; i < 2 * n; i++) {
      running[i + 1] = running[i] + values[i % n];
    }
    RandomGenerator random = new Well19937c(seed);
    double[] means = new double[resamples];
    for (int sample = 0; sample < resamples; sample++) {
      double sum = 0;
      int left = n;
      while (left > 0) {
        int start = random.nextInt(n);
        int length = Math.min(length(random), left);
        sum += running[start + length] - running[start];
        left -= length;
      }
      means[sample] = sum / n;
    }
    return means;
  }

  private int length(RandomGenerator random) {
    if (kind == Kind.CIRCULAR || blockLength == 1) {
      return blockLength;
    }
    double goOn = 1 - 1.0 / blockLength;
    return 1 + (int) Math.min(1e9, Math.log(1 - random.nextDouble()) / Math.log(goOn));
  }
}

package alphadistill.backtest.significance;

import alphadistill.backtest.metric.Relative;
import java.util.Arrays;

/**
 * Probability of backtest overfitting by symmetric combinations (Bailey, Borwein, Lopez de Prado and Zhu 2017): how
 * often the trial that is best on one half of the blocks is below the middle on the other half.
 *
 * @param logits log odds of the winner's relative rank out of sample, one for each combination in lexicographic order
 * @param probability share of logits at or below zero
 * @param degradationSlope slope of the winner's Sharpe ratio out of sample on that in sample
 * @param degradationIntercept intercept of the same line
 * @param probabilityOfLoss share of combinations where the winner's ratio out of sample is negative
 */
public record OverfittingProbability(
    double[] logits,
    double probability,
    double degradationSlope,
    double degradationIntercept,
    double probabilityOfLoss) {

  /** More blocks than this give more combinations than are worth counting: 24 give 2.7 million. */
  private static final int MOST_BLOCKS = 24;

  /**
   * @param returnsByTrial returns per period, {@code [period][trial]}, without missing values
   * @param blocks even number of consecutive blocks of equal length; what does not divide is dropped at the start
   */
  public static OverfittingProbability of(double[][] returnsByTrial, int blocks) {
    if (blocks < 2 || blocks % 2 != 0 || blocks > MOST_BLOCKS) {
      throw new IllegalArgumentException("blocks must be even and from 2 to %d, was %d; 16 is usual"
          .formatted(MOST_BLOCKS, blocks));
    }
    int length = returnsByTrial.length / blocks;
    if (length < 1 || length * blocks / 2 < 2) {
      throw new IllegalArgumentException(
          "%d periods are too few for %d blocks".formatted(returnsByTrial.length, blocks));
    }
    Sums sums = Sums.of(returnsByTrial, blocks, length);
    int combinations = combinations(blocks);
    double[] logits = new double[combinations];
    double[] inSample = new double[combinations];
    double[] outOfSample = new double[combinations];
    int index = 0;
    int[] chosen = first(blocks / 2);
    do {
      double[] train = sums.sharpe(chosen);
      double[] test = sums.sharpe(others(chosen, blocks));
      int winner = 0;
      for (int trial = 1; trial < train.length; trial++) {
        winner = train[trial] > train[winner] ? trial : winner;
      }
      double relativeRank = averageRank(test, winner) / (test.length + 1);
      logits[index] = Math.log(relativeRank / (1 - relativeRank));
      inSample[index] = train[winner];
      outOfSample[index++] = test[winner];
    } while (next(chosen, blocks));

    double slope = Relative.slope(inSample, outOfSample);
    return new OverfittingProbability(
        logits,
        Arrays.stream(logits).filter(logit -> logit <= 0).count() / (double) combinations,
        slope,
        Arrays.stream(outOfSample).average().orElseThrow()
            - slope * Arrays.stream(inSample).average().orElseThrow(),
        Arrays.stream(outOfSample).filter(ratio -> ratio < 0).count() / (double) combinations);
  }

  /** Rank of one value among all, 1 for the lowest; equal values share the mean of their ranks. */
  private static double averageRank(double[] values, int index) {
    int below = 0;
    int equal = 0;
    for (double value : values) {
      below += value < values[index] ? 1 : 0;
      equal += value == values[index] ? 1 : 0;
    }
    return below + (equal + 1) / 2.0;
  }

  private static int combinations(int blocks) {
    long count = 1;
    for (int i = 1; i <= blocks / 2; i++) {
      count = count * (blocks / 2 + i) / i;
    }
    return (int) count;
  }

  private static int[] first(int size) {
    int[] chosen = new int[size];
    Arrays.setAll(chosen, i -> i);
    return chosen;
  }

  /** Moves to the next combination in lexicographic order; false after the last. */
  private static boolean next(int[] chosen, int blocks) {
    int size = chosen.length;
    for (int i = size - 1; i >= 0; i--) {
      if (chosen[i] < blocks - size + i) {
        chosen[i]++;
        for (int j = i + 1; j < size; j++) {
          chosen[j] = chosen[j - 1] + 1;
        }
        return true;
      }
    }
    return false;
  }

  private static int[] others(int[] chosen, int blocks) {
    boolean[] taken = new boolean[blocks];
    for (int block : chosen) {
      taken[block] = true;
    }
    int[] others = new int[blocks - chosen.length];
    int index = 0;
    for (int block = 0; block < blocks; block++) {
      if (!taken[block]) {
        others[index++] = block;
      }
    }
    return others;
  }

  /**
   * Sums and sums of squares of each block and trial, around the trial's own mean so that no digits cancel: the ratio
   * of any union of blocks then costs a few additions.
   */
  private record Sums(double[][] sums, double[][] squares, double[] centre, int length) {

    static Sums of(double[][] rows, int blocks, int length) {
      int trials = rows[0].length;
      int dropped = rows.length - blocks * length;
      double[] centre = new double[trials];
      for (int t = dropped; t < rows.length; t++) {
        for (int trial = 0; trial < trials; trial++) {
          centre[trial] += rows[t][trial] / (blocks * length);
        }
      }
      double[][] sums = new double[blocks][trials];
      double[][] squares = new double[blocks][trials];
      for (int t = dropped; t < rows.length; t++) {
        int block = (t - dropped) / length;
        for (int trial = 0; trial < trials; trial++) {
          double distance = rows[t][trial] - centre[trial];
          sums[block][trial] += distance;
          squares[block][trial] += distance * distance;
        }
      }
      return new Sums(sums, squares, centre, length);
    }

    double[] sharpe(int[] blocks) {
      double count = (double) blocks.length * length;
      double[] ratios = new double[centre.length];
      for (int trial = 0; trial < ratios.length; trial++) {
        double sum = 0;
        double square = 0;
        for (int block : blocks) {
          sum += sums[block][trial];
          square += squares[block][trial];
        }
        double variance = (square - sum * sum / count) / (count - 1);
        ratios[trial] = (centre[trial] + sum / count) / Math.sqrt(variance);
      }
      return ratios;
    }
  }
}

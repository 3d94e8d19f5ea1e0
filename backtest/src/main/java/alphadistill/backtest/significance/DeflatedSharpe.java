package alphadistill.backtest.significance;

import alphadistill.backtest.metric.Moments;
import alphadistill.backtest.metric.SharpeRatio;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Probability that the best Sharpe ratio of many trials is above what the best of as many worthless trials would show
 * (Bailey and Lopez de Prado 2014). Everything is per period.
 *
 * @param observed the ratio that was chosen
 * @param trials everything that was tried, also what was never reported; at least 1
 * @param trialVariance variance of the trials' Sharpe ratios in the same time unit as {@code observed}
 */
public record DeflatedSharpe(SharpeRatio observed, int trials, double trialVariance) {
  private static final double EULER = 0.5772156649015329;

  public DeflatedSharpe {
    if (trials < 1) {
      throw new IllegalArgumentException(
          "at least one trial was made, was %d; the run ledger counts them".formatted(trials));
    }
    if (!(trialVariance >= 0)) {
      throw new IllegalArgumentException(
          "the variance of the trials' Sharpe ratios must not be negative, was " + trialVariance);
    }
  }

  /** The best column of several trials, with the variance (divisor n - 1) of all their ratios. */
  public static DeflatedSharpe ofBest(double[][] returnsByTrial) {
    int best = best(returnsByTrial);
    double[] ratios = ratios(returnsByTrial);
    double variance = ratios.length < 2 ? 0 : Moments.of(ratios).variance();
    return new DeflatedSharpe(
        SharpeRatio.of(column(returnsByTrial, best)), ratios.length, variance);
  }

  /**
   * A ratio chosen after {@code trials} trials whose own ratios were not kept: their variance is taken as that of
   * estimates of a true ratio of zero, 1/(n - 1).
   */
  public static DeflatedSharpe ofTrialCount(SharpeRatio observed, int trials) {
    return new DeflatedSharpe(observed, trials, 1.0 / Math.max(observed.count() - 1, 1));
  }

  /** Index of the trial with the highest ratio, the first of equals. */
  public static int best(double[][] returnsByTrial) {
    double[] ratios = ratios(returnsByTrial);
    int best = 0;
    for (int i = 1; i < ratios.length; i++) {
      best = ratios[i] > ratios[best] ? i : best;
    }
    return best;
  }

  /** The ratio the best of the trials is expected to show by chance; 0 for one trial, where nothing was chosen. */
  public double expectedMaximum() {
    if (trials == 1) {
      return 0;
    }
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    return Math.sqrt(trialVariance)
        * ((1 - EULER) * normal.inverseCumulativeProbability(1 - 1.0 / trials)
            + EULER * normal.inverseCumulativeProbability(1 - 1 / (trials * Math.E)));
  }

  /** Probability that the true ratio is above {@link #expectedMaximum}. */
  public double probability() {
    return observed.probabilityAbove(expectedMaximum());
  }

  private static double[] ratios(double[][] returnsByTrial) {
    double[] ratios = new double[returnsByTrial.length == 0 ? 0 : returnsByTrial[0].length];
    for (int trial = 0; trial < ratios.length; trial++) {
      ratios[trial] = Moments.of(column(returnsByTrial, trial)).meanOverDeviation();
    }
    return ratios;
  }

  private static double[] column(double[][] rows, int index) {
    double[] column = new double[rows.length];
    for (int row = 0; row < column.length; row++) {
      column[row] = rows[row][index];
    }
    return column;
  }
}

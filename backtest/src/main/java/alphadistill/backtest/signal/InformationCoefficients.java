package alphadistill.backtest.signal;

import alphadistill.backtest.metric.Relative;
import java.util.Arrays;

/**
 * Correlation of scores with forward returns inside each date's cross-section.
 *
 * <p>A date with too few names, or whose returns are all equal, has no coefficient (NaN) and is counted. A date whose
 * <em>scores</em> are all equal has coefficient 0: a model that says nothing has no skill, and dropping such dates
 * would flatter it.
 *
 * @param ic Pearson, one for each date; in [-1, 1] or NaN
 * @param rankIc Spearman with average ranks for ties
 * @param names names with both a score and a return
 * @param tooFewNames dates with fewer names than asked for
 * @param constantScores dates whose scores are all equal, counted as 0
 * @param constantReturns dates whose returns are all equal, left out
 */
public record InformationCoefficients(
    double[] ic,
    double[] rankIc,
    int[] names,
    int tooFewNames,
    int constantScores,
    int constantReturns) {

  /** The least number of names a correlation is taken of when nothing else is said. */
  public static final int MINIMUM_NAMES = 5;

  /**
   * @param scores {@code [day][asset]}
   * @param forward returns after the fill, {@code [day][asset]}
   * @param minimumNames names with both that a date needs; at least 2
   */
  public static InformationCoefficients of(
      double[][] scores, double[][] forward, int minimumNames) {
    if (minimumNames < 2) {
      throw new IllegalArgumentException(
          "a correlation needs at least 2 names, minimumNames was " + minimumNames);
    }
    int days = scores.length;
    double[] ic = new double[days];
    double[] rankIc = new double[days];
    int[] names = new int[days];
    int tooFew = 0;
    int constantScores = 0;
    int constantReturns = 0;
    for (int day = 0; day < days; day++) {
      CompletePairs pairs = CompletePairs.of(scores[day], forward[day]);
      names[day] = pairs.count();
      ic[day] = Double.NaN;
      rankIc[day] = Double.NaN;
      if (pairs.count() < minimumNames) {
        tooFew++;
      } else if (constant(pairs.returns())) {
        constantReturns++;
      } else if (constant(pairs.scores())) {
        constantScores++;
        ic[day] = 0;
        rankIc[day] = 0;
      } else {
        ic[day] = Relative.correlation(pairs.scores(), pairs.returns());
        rankIc[day] =
            Relative.correlation(Ranks.average(pairs.scores()), Ranks.average(pairs.returns()));
      }
    }
    return new InformationCoefficients(ic, rankIc, names, tooFew, constantScores, constantReturns);
  }

  private static boolean constant(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }
}

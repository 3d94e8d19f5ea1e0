package alphadistill.backtest;

import java.util.List;

/**
 * What of the scores could be used; nothing is dropped silently.
 *
 * @param scoredDays days with at least one score that are trading days of the prices
 * @param daysWithoutPrices days of scores that are no trading days of the prices: left out
 * @param assets names with scores and prices
 * @param assetsWithoutPrices names with scores but no prices: left out
 * @param scores single scores used
 * @param scoresWithoutPrice scores of names without a price on their own day: kept, their orders may be rejected
 * @param smallestDay least number of names scored on a scored day
 * @param largestDay greatest number
 */
public record Coverage(
    int scoredDays,
    int daysWithoutPrices,
    int assets,
    List<String> assetsWithoutPrices,
    long scores,
    long scoresWithoutPrice,
    int smallestDay,
    int largestDay) {

  public Coverage {
    assetsWithoutPrices = List.copyOf(assetsWithoutPrices);
  }

  /** Mean number of names on a scored day. */
  public double meanNames() {
    return (double) scores / scoredDays;
  }
}

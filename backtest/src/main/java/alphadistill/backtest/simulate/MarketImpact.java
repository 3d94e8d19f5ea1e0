package alphadistill.backtest.simulate;

/**
 * Square-root impact {@code coefficient * sigma * sqrt(participation)} of the traded value. Participation is the order
 * over the name's mean daily traded value; both it and sigma, the daily volatility, are measured over the days
 * <em>before</em> the fill, for the volume of the fill's own day is not known then.
 *
 * @param coefficient usually near 1
 * @param capital equity at the start, in the currency of the prices
 * @param maximumParticipation orders are cut to this share of the mean daily traded value, in (0, 1]
 * @param days of history behind sigma and the mean traded value; at least 5. An order in a name with fewer than half
 *     of them is rejected
 */
public record MarketImpact(
    double coefficient, double capital, double maximumParticipation, int days) {

  public MarketImpact {
    if (!(coefficient >= 0) || !(capital > 0)) {
      throw new IllegalArgumentException(
          "the impact coefficient must not be negative and capital must be positive, were %s and %s"
              .formatted(coefficient, capital));
    }
    if (!(maximumParticipation > 0 && maximumParticipation <= 1)) {
      throw new IllegalArgumentException(
          "maximumParticipation is a share of the daily traded value in (0, 1], was "
              + maximumParticipation);
    }
    if (days < 5) {
      throw new IllegalArgumentException("impact needs at least 5 days of history, was " + days);
    }
  }

  /** What is known about a name's liquidity at the start of {@code day}. */
  Liquidity before(int day, int asset, Market market) {
    double[][] close = market.close();
    double[][] volume = market.volume().orElseThrow();
    int first = Math.max(day - days, 0);
    int traded = 0;
    int moves = 0;
    double value = 0;
    double squares = 0;
    for (int t = first; t < day; t++) {
      double today = close[t][asset] * volume[t][asset];
      if (!Double.isNaN(today)) {
        value += today;
        traded++;
      }
      double move = t > first ? close[t][asset] / close[t - 1][asset] - 1 : Double.NaN;
      if (!Double.isNaN(move)) {
        squares += move * move;
        moves++;
      }
    }
    boolean known = 2 * traded >= days && 2 * (moves + 1) >= days && value > 0;
    return new Liquidity(this, known, value / traded, Math.sqrt(squares / moves));
  }

  /**
   * @param known whether there is history enough
   * @param dailyValue mean traded value a day, in currency
   * @param sigma root of the mean squared daily return
   */
  record Liquidity(MarketImpact model, boolean known, double dailyValue, double sigma) {

    /** The largest trade allowed, as a share of equity. */
    double mostOf(double equity) {
      return model.maximumParticipation * dailyValue / (model.capital * equity);
    }

    /** Cost of a trade of this share of equity, per traded value. */
    double rate(double trade, double equity) {
      return trade == 0
          ? 0
          : model.coefficient * sigma * Math.sqrt(trade * model.capital * equity / dailyValue);
    }
  }
}

package alphadistill.backtest.simulate;

import alphadistill.backtest.simulate.RejectedOrder.Reason;
import alphadistill.backtest.weight.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One run of a {@link Backtest}: the state of the account, moved forward day by day. Nothing is read from a day before
 * the loop has reached it.
 *
 * <p>A day has two legs: from the close before to the fill, and from the fill to the close. Fills at the close leave
 * the second leg empty.
 */
final class Simulation {
  private final Market market;
  private final TradingCosts costs;
  private final DelistingRule delisting;
  private final Execution.Fill fill;
  private final int lag;
  private final double borrowPerDay;
  private final Optional<MarketImpact> impact;
  private final boolean keepWeights;

  private final double[] weights; // shares of equity, drifted
  private final double[] value; // last known price, NaN before the first
  private final int[] lastPriced; // day of that price, -1 before the first
  private final double[] returns; // scratch: return of the current leg
  private double equity = 1;
  private boolean ruined;

  private final double[] gross;
  private final double[] beforeCosts;
  private final double[] net;
  private final BacktestResult.Costs paid;
  private final double[] turnover;
  private final BacktestResult.Exposure exposure;
  private final List<RejectedOrder> rejected = new ArrayList<>();
  private final List<Delisting> delistings = new ArrayList<>();
  private final double[][] kept;
  private int firstFill;

  Simulation(Backtest backtest, Market market, int lag, boolean keepWeights) {
    this.market = market;
    this.costs = backtest.costs();
    this.delisting = backtest.delisting();
    this.fill = backtest.execution().fill();
    this.lag = lag;
    this.borrowPerDay = costs.borrowAnnual() / backtest.annualisation().periodsPerYear();
    this.impact = costs.impact();
    this.keepWeights = keepWeights;
    if (impact.isPresent() && market.volume().isEmpty()) {
      throw new IllegalArgumentException(
          "market impact needs traded volume; give a panel with the field 'volume' or leave impact out");
    }
    if (fill == Execution.Fill.OPEN && market.open().isEmpty()) {
      throw new IllegalArgumentException(
          "fills at the open need open prices; give a panel with the field 'open' or fill at the close");
    }
    int days = market.days();
    int assets = market.assets().size();
    weights = new double[assets];
    value = new double[assets];
    Arrays.fill(value, Double.NaN);
    lastPriced = new int[assets];
    Arrays.fill(lastPriced, -1);
    returns = new double[assets];
    gross = new double[days];
    beforeCosts = new double[days];
    net = new double[days];
    turnover = new double[days];
    paid = new BacktestResult.Costs(
        new double[days], new double[days], new double[days], new double[days]);
    exposure = new BacktestResult.Exposure(
        new double[days], new double[days], new int[days], new int[days]);
    kept = new double[keepWeights ? days : 0][];
    firstFill = days;
  }

  BacktestResult run(Targets targets) {
    for (int day = 0; day < market.days(); day++) {
      int decided = day - lag;
      boolean trades = decided >= 0 && targets.decided(decided) && !ruined;
      move(day, trades ? targets.weights()[decided] : null);
    }
    return new BacktestResult(
        market.dates(),
        market.assets(),
        gross,
        beforeCosts,
        net,
        paid,
        turnover,
        exposure,
        firstFill,
        rejected,
        delistings,
        kept);
  }

  /** @param target null on a day without a fill */
  private void move(int day, double[] target) {
    double[] prices =
        fill == Execution.Fill.OPEN ? market.open().orElseThrow()[day] : market.close()[day];
    double borrow = shortValue() * borrowPerDay;
    double first = earn(day, prices, borrow);
    double cost = target == null || ruined ? 0 : trade(day, target, prices);
    double second = fill == Execution.Fill.OPEN ? earn(day, market.close()[day], 0) : 0;

    paid.borrow()[day] = borrow;
    gross[day] = (1 + first) * (1 + second) - 1;
    beforeCosts[day] = (1 + first - borrow) * (1 + second) - 1;
    net[day] = Math.max((1 + beforeCosts[day]) * (1 - cost), 0) - 1;
    equity *= 1 + net[day];
    if (equity <= 0) {
      ruin();
    }
    recordExposure(day);
  }

  private double shortValue() {
    double shorts = 0;
    for (double weight : weights) {
      shorts -= Math.min(weight, 0);
    }
    return shorts;
  }

  /** Revalues every name that has a price, closes those that are gone, and drifts the weights by their returns. */
  private double earn(int day, double[] prices, double borrow) {
    double earned = 0;
    for (int asset = 0; asset < weights.length; asset++) {
      double price = prices[asset];
      returns[asset] = 0;
      if (!Double.isNaN(price)) {
        if (weights[asset] != 0) {
          returns[asset] = price / value[asset] - 1;
          earned += weights[asset] * returns[asset];
        }
        value[asset] = price;
        lastPriced[asset] = day;
      } else if (weights[asset] != 0 && gone(day, asset)) {
        returns[asset] = delisting.delistingReturn();
        earned += weights[asset] * returns[asset];
      }
    }
    if (earned - borrow <= -1) {
      ruin();
      return -1;
    }
    for (int asset = 0; asset < weights.length; asset++) {
      if (weights[asset] != 0) {
        if (Double.isNaN(prices[asset]) && gone(day, asset)) {
          close(day, asset);
        } else {
          weights[asset] *= (1 + returns[asset]) / (1 + earned - borrow);
        }
      }
    }
    return earned;
  }

  private boolean gone(int day, int asset) {
    return lastPriced[asset] >= 0
        && day - lastPriced[asset] >= delisting.missingDays()
        && Double.isNaN(market.close()[day][asset]);
  }

  private void close(int day, int asset) {
    delistings.add(new Delisting(
        market.dates().get(day),
        market.assets().get(asset),
        market.dates().get(lastPriced[asset]),
        weights[asset],
        delisting.delistingReturn()));
    weights[asset] = 0;
  }

  private void ruin() {
    ruined = true;
    Arrays.fill(weights, 0);
  }

  /** Trades towards the target where that is possible; returns the cost as a share of equity. */
  private double trade(int day, double[] target, double[] prices) {
    double traded = 0;
    double moved = 0;
    for (int asset = 0; asset < weights.length; asset++) {
      double wanted = target[asset] - weights[asset];
      if (wanted == 0) {
        continue;
      }
      Reason reason = obstacle(day, asset, prices[asset]);
      double filled = reason == null ? wanted : 0;
      if (reason == null && impact.isPresent()) {
        MarketImpact.Liquidity liquidity = impact.get().before(day, asset, market);
        double most = liquidity.mostOf(equity);
        if (!liquidity.known()) {
          reason = Reason.NO_HISTORY;
          filled = 0;
        } else if (Math.abs(wanted) > most) {
          reason = Reason.PARTICIPATION;
          filled = Math.signum(wanted) * most;
        }
        moved += Math.abs(filled) * liquidity.rate(Math.abs(filled), equity);
      }
      if (reason != null) {
        rejected.add(new RejectedOrder(
            market.dates().get(day), market.assets().get(asset), wanted, filled, reason));
      }
      weights[asset] = filled == wanted ? target[asset] : weights[asset] + filled;
      traded += Math.abs(filled);
    }
    if (traded > 0) {
      firstFill = Math.min(firstFill, day);
    }
    turnover[day] = traded;
    paid.commission()[day] = costs.commission() * traded;
    paid.slippage()[day] = costs.slippage() * traded;
    paid.impact()[day] = moved;
    return costs.rate() * traded + moved;
  }

  private Reason obstacle(int day, int asset, double price) {
    if (Double.isNaN(price)) {
      return gone(day, asset) ? Reason.DELISTED : Reason.NO_PRICE;
    }
    boolean untraded = market.volume().isPresent() && market.volume().get()[day][asset] == 0;
    return untraded ? Reason.NO_VOLUME : null;
  }

  private void recordExposure(int day) {
    for (double weight : weights) {
      exposure.gross()[day] += Math.abs(weight);
      exposure.net()[day] += weight;
      exposure.longs()[day] += weight > 0 ? 1 : 0;
      exposure.shorts()[day] += weight < 0 ? 1 : 0;
    }
    if (keepWeights) {
      kept[day] = weights.clone();
    }
  }
}

package alphadistill.backtest;

import alphadistill.backtest.signal.Ranks;
import alphadistill.backtest.simulate.Execution;
import alphadistill.backtest.simulate.Market;
import alphadistill.data.panel.Panel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Scores of all seeds and prices on the same days and names. The days start early enough for the history that market
 * impact needs, and end one holding period after the last score, so that no position outlives its signal.
 *
 * @param market prices of these days and names
 * @param seeds {@code [seed][day][asset]}
 * @param firstScored index of the first day with a score
 * @param lastScored index of the last day with a score
 * @param coverage what was left out
 */
record Aligned(
    Market market, List<double[][]> seeds, int firstScored, int lastScored, Coverage coverage) {

  static Aligned of(ModelScores model, Panel prices, EvaluationSpec spec) {
    Panel first = model.seeds().get(0);
    List<String> assets = new ArrayList<>();
    List<String> unpriced = new ArrayList<>();
    for (String asset : first.assets()) {
      (prices.assets().contains(asset) ? assets : unpriced).add(asset);
    }
    int[] scoreDay = new int[prices.days()]; // day in the scores, or negative
    int from = -1;
    int to = -1;
    int known = 0;
    for (int day = 0; day < scoreDay.length; day++) {
      int index = first.lastDayOnOrBefore(prices.dates().get(day));
      boolean same =
          index >= 0 && first.dates().get(index).equals(prices.dates().get(day));
      scoreDay[day] = same ? index : -1;
      known += same ? 1 : 0;
      if (same && scored(model, index)) {
        from = from < 0 ? day : from;
        to = day;
      }
    }
    if (assets.isEmpty() || from < 0) {
      throw new IllegalArgumentException(
          "the scores of '%s' (%d names, %s) share no name or no scored day with the prices (%d names, %s)"
              .formatted(
                  model.model(),
                  first.assetCount(),
                  span(first),
                  prices.assetCount(),
                  span(prices)));
    }
    int history =
        spec.backtest().costs().impact().map(impact -> impact.days() + 1).orElse(0);
    int holding =
        spec.signal().lag() + Math.max(spec.rebalanceEvery(), spec.signal().horizon());
    int begin = Math.max(0, from - history);
    int end = Math.min(prices.days(), to + holding + 1);
    List<LocalDate> dates = prices.dates().subList(begin, end);
    int[] priceColumns = assets.stream().mapToInt(prices::assetIndex).toArray();
    Market market = new Market(
        dates,
        assets,
        block(prices, "close", priceColumns, begin, end),
        optional(prices, "open", priceColumns, begin, end),
        optional(prices, "volume", priceColumns, begin, end));
    int[] scoreColumns = assets.stream().mapToInt(first::assetIndex).toArray();
    int[] rows = Arrays.copyOfRange(scoreDay, begin, end);
    List<double[][]> seeds =
        model.seeds().stream().map(seed -> scores(seed, rows, scoreColumns)).toList();
    Coverage coverage = coverage(seeds.get(0), market, first.days() - known, unpriced);
    return new Aligned(market, seeds, from - begin, to - begin, coverage);
  }

  /** One score for several seeds of each day: {@link Ranks#ensemble}. */
  double[][] ensemble() {
    double[][] ensemble = new double[market.days()][];
    for (int day = 0; day < ensemble.length; day++) {
      int at = day;
      ensemble[day] = Ranks.ensemble(seeds.stream().map(seed -> seed[at]).toList());
    }
    return ensemble;
  }

  /** Prices at the time of day orders are filled at. */
  double[][] fillPrices(EvaluationSpec spec) {
    if (spec.backtest().execution().fill() == Execution.Fill.CLOSE) {
      return market.close();
    }
    return market
        .open()
        .orElseThrow(
            () -> new IllegalArgumentException(
                "fills at the open need open prices; give a panel with the field 'open' or fill at the close"));
  }

  private static boolean scored(ModelScores model, int day) {
    for (Panel seed : model.seeds()) {
      for (float score : seed.crossSection(seed.fieldIndex(ModelScores.FIELD), day)) {
        if (!Float.isNaN(score)) {
          return true;
        }
      }
    }
    return false;
  }

  private static double[][] scores(Panel seed, int[] rows, int[] columns) {
    int field = seed.fieldIndex(ModelScores.FIELD);
    double[][] scores = new double[rows.length][columns.length];
    for (int day = 0; day < rows.length; day++) {
      Arrays.fill(scores[day], Double.NaN);
      if (rows[day] >= 0) {
        float[] row = seed.crossSection(field, rows[day]);
        for (int asset = 0; asset < columns.length; asset++) {
          scores[day][asset] = row[columns[asset]];
        }
      }
    }
    return scores;
  }

  private static Optional<double[][]> optional(
      Panel prices, String field, int[] columns, int begin, int end) {
    return prices.hasField(field)
        ? Optional.of(block(prices, field, columns, begin, end))
        : Optional.empty();
  }

  private static double[][] block(Panel prices, String field, int[] columns, int begin, int end) {
    int index = prices.fieldIndex(field);
    double[][] block = new double[end - begin][columns.length];
    for (int day = begin; day < end; day++) {
      float[] row = prices.crossSection(index, day);
      for (int asset = 0; asset < columns.length; asset++) {
        block[day - begin][asset] = row[columns[asset]];
      }
    }
    return block;
  }

  private static Coverage coverage(
      double[][] scores, Market market, int daysWithoutPrices, List<String> unpriced) {
    int days = 0;
    long used = 0;
    long unpricedScores = 0;
    int smallest = Integer.MAX_VALUE;
    int largest = 0;
    for (int day = 0; day < scores.length; day++) {
      int names = 0;
      for (int asset = 0; asset < scores[day].length; asset++) {
        if (!Double.isNaN(scores[day][asset])) {
          names++;
          unpricedScores += Double.isNaN(market.close()[day][asset]) ? 1 : 0;
        }
      }
      if (names > 0) {
        days++;
        used += names;
        smallest = Math.min(smallest, names);
        largest = Math.max(largest, names);
      }
    }
    return new Coverage(
        days,
        daysWithoutPrices,
        market.assets().size(),
        unpriced,
        used,
        unpricedScores,
        days == 0 ? 0 : smallest,
        largest);
  }

  private static String span(Panel panel) {
    return panel.days() == 0
        ? "no days"
        : panel.dates().get(0) + " to " + panel.dates().get(panel.days() - 1);
  }
}

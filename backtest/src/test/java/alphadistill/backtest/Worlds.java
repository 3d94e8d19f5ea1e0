package alphadistill.backtest;

import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A small simulated world whose next returns a score can know a little about. */
final class Worlds {
  final Panel prices;
  final FactorReturns factors;
  private final double[][] later; // return from the close of t + 1 to that of t + 2

  /** Every name has a beta of 1 to a market with 1 % volatility, and 1 % of its own. */
  Worlds(int days, int assets, long seed) {
    Random random = new Random(seed);
    double[][] close = new double[days][assets];
    double[][] market = new double[days][1];
    for (int day = 0; day < days; day++) {
      market[day][0] = 0.0004 + 0.01 * random.nextGaussian();
      for (int asset = 0; asset < assets; asset++) {
        double own = market[day][0] + 0.01 * random.nextGaussian();
        close[day][asset] = day == 0 ? 100 : close[day - 1][asset] * (1 + own);
      }
    }
    later = new double[days][assets];
    for (int day = 0; day + 2 < days; day++) {
      for (int asset = 0; asset < assets; asset++) {
        later[day][asset] = close[day + 2][asset] / close[day + 1][asset] - 1;
      }
    }
    prices = panel(days, assets, "close", close);
    factors = new FactorReturns(dates(days), List.of("Mkt-RF"), market, new double[days]);
  }

  /** Scores of {@code knowledge} standard deviations of the later return in one of noise. */
  Panel scores(double knowledge, long seed) {
    Random random = new Random(seed);
    double[][] scores = new double[later.length][];
    for (int day = 0; day < scores.length; day++) {
      scores[day] = Arrays.stream(later[day])
          .map(value -> knowledge * value / 0.014 + random.nextGaussian())
          .toArray();
    }
    return panel(scores.length, prices.assetCount(), ModelScores.FIELD, scores);
  }

  Panel constant(double score) {
    double[][] scores = new double[later.length][prices.assetCount()];
    Arrays.stream(scores).forEach(row -> Arrays.fill(row, score));
    return panel(scores.length, prices.assetCount(), ModelScores.FIELD, scores);
  }

  static Panel panel(int days, int assets, String field, double[][] values) {
    return panel(
        dates(days), IntStream.range(0, assets).mapToObj(i -> "A" + i).toList(), field, values);
  }

  static Panel panel(List<LocalDate> dates, List<String> assets, String field, double[][] values) {
    float[] flat = new float[dates.size() * assets.size()];
    for (int day = 0; day < dates.size(); day++) {
      for (int asset = 0; asset < assets.size(); asset++) {
        flat[day * assets.size() + asset] = (float) values[day][asset];
      }
    }
    return Panel.builder(dates, assets)
        .field(FieldSpec.raw(field, "test"), flat)
        .build();
  }

  /** Weekdays from the start of 2015. */
  static List<LocalDate> dates(int days) {
    return Stream.iterate(LocalDate.of(2015, 1, 1), day -> day.plusDays(1))
        .filter(day ->
            day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY)
        .limit(days)
        .toList();
  }
}

package alphadistill.backtest.simulate;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Small markets for tests. */
public final class Markets {
  private Markets() {}

  public static Market of(double[][] close) {
    return new Market(
        dates(close.length), assets(close[0].length), close, Optional.empty(), Optional.empty());
  }

  public static List<LocalDate> dates(int days) {
    return Stream.iterate(LocalDate.of(2020, 1, 1), day -> day.plusDays(1))
        .limit(days)
        .toList();
  }

  public static List<String> assets(int count) {
    return IntStream.range(0, count).mapToObj(i -> "A" + i).toList();
  }

  /** Independent random walks with 1 % daily volatility. */
  public static Market randomWalk(int days, int assets, long seed) {
    double[][] close = noise(days, assets, seed);
    for (int day = 0; day < days; day++) {
      for (int asset = 0; asset < assets; asset++) {
        close[day][asset] =
            (day == 0 ? 100 : close[day - 1][asset]) * Math.exp(0.01 * close[day][asset]);
      }
    }
    return of(close);
  }

  public static double[][] noise(int days, int assets, long seed) {
    Random random = new Random(seed);
    double[][] noise = new double[days][assets];
    for (double[] row : noise) {
      Arrays.setAll(row, asset -> random.nextGaussian());
    }
    return noise;
  }

  public static Market withVolume(Market market, double shares) {
    double[][] volume = new double[market.days()][market.assets().size()];
    Arrays.stream(volume).forEach(row -> Arrays.fill(row, shares));
    return new Market(
        market.dates(), market.assets(), market.close(), Optional.empty(), Optional.of(volume));
  }

  /** Scores that know the return after the fill: from the close of t + 1 to that of t + 2. */
  public static double[][] tomorrow(Market market) {
    double[][] scores = new double[market.days()][market.assets().size()];
    for (int day = 0; day + 2 < scores.length; day++) {
      for (int asset = 0; asset < scores[day].length; asset++) {
        scores[day][asset] = market.close()[day + 2][asset] / market.close()[day + 1][asset] - 1;
      }
    }
    return scores;
  }

  /** Returns from close to close; 0 on the first day. */
  public static double[][] returns(Market market) {
    double[][] returns = new double[market.days()][market.assets().size()];
    for (int day = 1; day < returns.length; day++) {
      for (int asset = 0; asset < returns[day].length; asset++) {
        returns[day][asset] = market.close()[day][asset] / market.close()[day - 1][asset] - 1;
      }
    }
    return returns;
  }
}

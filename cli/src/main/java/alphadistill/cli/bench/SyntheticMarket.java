package alphadistill.cli.bench;

import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.PriceReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random walks of the size of a real market: fast to make, and nothing is to be learned from them. */
final class SyntheticMarket {
  private static final double DAILY_VOLATILITY = 0.02;

  private SyntheticMarket() {}

  static List<LocalDate> dates(Sizes sizes) {
    return IntStream.range(0, sizes.days())
        .mapToObj(day -> LocalDate.of(2005, 1, 3).plusDays(day + 2L * (day / 5))) // weekdays
        .toList();
  }

  static List<String> assets(Sizes sizes) {
    return IntStream.range(0, sizes.assets()).mapToObj("A%04d"::formatted).toList();
  }

  /** Open, high, low, close in cents and volume. */
  static Panel prices(Sizes sizes) {
    Random random = new Random(1);
    int assets = sizes.assets();
    float[][] fields = new float[5][sizes.days() * assets];
    for (int asset = 0; asset < assets; asset++) {
      double close = 20 + 80 * random.nextDouble();
      for (int day = 0; day < sizes.days(); day++) {
        int at = day * assets + asset;
        double open = close;
        close *= Math.exp(DAILY_VOLATILITY * random.nextGaussian());
        fields[0][at] = cents(open);
        fields[1][at] = cents(1.01 * Math.max(open, close));
        fields[2][at] = cents(0.99 * Math.min(open, close));
        fields[3][at] = cents(close);
        fields[4][at] = 100_000 + random.nextInt(900_000);
      }
    }
    Panel.Builder panel = Panel.builder(dates(sizes), assets(sizes));
    for (int field = 0; field < fields.length; field++) {
      panel.field(PriceReader.FIELDS.get(field), fields[field]);
    }
    return panel.build();
  }

  /** Daily factor returns. */
  static FactorReturns factors(Sizes sizes, int count) {
    List<String> names = new ArrayList<>();
    IntStream.range(0, count).forEach(factor -> names.add("F" + factor));
    return new FactorReturns(
        dates(sizes), names, gaussian(sizes.days(), count, 0.01, 2), new double[sizes.days()]);
  }

  /** {@code [row][column]} normal numbers. */
  static double[][] gaussian(int rows, int columns, double deviation, long seed) {
    return gaussian(new Random(seed), rows, columns, deviation);
  }

  /** The next numbers of a stream. */
  static double[][] gaussian(Random random, int rows, int columns, double deviation) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = deviation * random.nextGaussian();
      }
    }
    return values;
  }

  private static float cents(double price) {
    return Math.max(1, Math.round(100 * price)) / 100f;
  }
}

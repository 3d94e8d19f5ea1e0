package alphadistill.teacher.timeseries;

import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Assets with known betas on two factors with known means. */
final class FactorMarket {
  static final double[] MEANS = {0.0008, -0.0004};
  static final double CASH = 0.0001;

  final List<LocalDate> dates;
  final List<String> assets;
  final double[][] betas; // [asset][factor]
  final double[][] factors; // [day][factor]
  final float[] returns; // day-major, total

  FactorMarket(int days, int assetCount, double noise, long seed) {
    Random random = new Random(seed);
    dates =
        Stream.iterate(LocalDate.of(2015, 1, 1), d -> d.plusDays(1)).limit(days).toList();
    assets = IntStream.range(0, assetCount).mapToObj(i -> "A" + i).toList();
    betas = new double[assetCount][];
    for (int asset = 0; asset < assetCount; asset++) {
      betas[asset] = new double[] {1 + 0.4 * random.nextGaussian(), 0.5 * random.nextGaussian()};
    }
    factors = new double[days][2];
    returns = new float[days * assetCount];
    for (int day = 0; day < days; day++) {
      for (int f = 0; f < 2; f++) {
        factors[day][f] = MEANS[f] + 0.01 * random.nextGaussian();
      }
      for (int asset = 0; asset < assetCount; asset++) {
        returns[cell(day, asset)] = (float) (CASH
            + betas[asset][0] * factors[day][0]
            + betas[asset][1] * factors[day][1]
            + noise * random.nextGaussian());
      }
    }
  }

  int cell(int day, int asset) {
    return day * assets.size() + asset;
  }

  FactorReturns factorReturns() {
    double[] cash = new double[dates.size()];
    Arrays.fill(cash, CASH);
    return new FactorReturns(dates, List.of("MktRF", "SMB"), factors, cash);
  }

  Panel panel() {
    return Panel.builder(dates, assets)
        .field(FieldSpec.raw("return", "decimal return"), returns)
        .build();
  }

  ExcessReturns excess() {
    return ExcessReturns.of(panel(), "return", factorReturns());
  }
}

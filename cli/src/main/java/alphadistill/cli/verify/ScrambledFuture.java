package alphadistill.cli.verify;

import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.Panel;
import alphadistill.student.study.MarketData;
import java.util.SplittableRandom;

/**
 * A market in which every number after a day is another one: prices, volumes, characteristics, factors, cash and the
 * universe. Some assets vanish for good, some values are missing, and some that were missing are there.
 */
final class ScrambledFuture {
  private static final double GONE = 0.1; // share of assets without any later number
  private static final double MISSING = 0.05;

  private ScrambledFuture() {}

  /** @param lastKnown index of the last day that stays as it is */
  static MarketData after(MarketData market, int lastKnown) {
    return new MarketData(
        scrambled(market.prices(), lastKnown, 1),
        market.characteristics().map(panel -> scrambled(panel, lastKnown, 2)),
        market.factors().map(factors -> scrambled(factors, market, lastKnown)),
        (day, asset) ->
            day <= lastKnown ? market.universe().contain(day, asset) : (day + asset) % 3 != 0);
  }

  private static Panel scrambled(Panel panel, int lastKnown, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] gone = new boolean[panel.assetCount()];
    for (int asset = 0; asset < gone.length; asset++) {
      gone[asset] = random.nextDouble() < GONE;
    }
    Panel.Builder changed = Panel.builder(panel.dates(), panel.assets());
    for (int field = 0; field < panel.fields().size(); field++) {
      float[] values = new float[panel.days() * gone.length];
      for (int day = 0; day < panel.days(); day++) {
        for (int asset = 0; asset < gone.length; asset++) {
          float value = panel.value(field, day, asset);
          values[day * gone.length + asset] =
              day <= lastKnown ? value : other(value, gone[asset], random);
        }
      }
      changed.field(panel.fields().get(field), values);
    }
    return changed.build();
  }

  /** Another number of the same sign, so that prices stay prices. */
  private static float other(float value, boolean gone, SplittableRandom random) {
    double factor = 0.5 + random.nextDouble();
    boolean missing = random.nextDouble() < MISSING;
    if (gone || missing) {
      return Float.NaN;
    }
    return (float) (Float.isFinite(value) && value != 0 ? value * factor : factor);
  }

  /** Factor dates may be others than the prices'. */
  private static FactorReturns scrambled(FactorReturns factors, MarketData market, int lastKnown) {
    SplittableRandom random = new SplittableRandom(3);
    double[][] returns = new double[factors.returns().length][];
    double[] riskFree = factors.riskFree().clone();
    for (int day = 0; day < returns.length; day++) {
      returns[day] = factors.returns()[day].clone();
      if (factors.dates().get(day).isAfter(market.prices().dates().get(lastKnown))) {
        for (int k = 0; k < returns[day].length; k++) {
          returns[day][k] = 0.04 * (random.nextDouble() - 0.5);
        }
        riskFree[day] = 0.0002 * random.nextDouble();
      }
    }
    return new FactorReturns(factors.dates(), factors.names(), returns, riskFree);
  }
}

package alphadistill.backtest.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pure noise must look significant as often as the level says. The scores are persistent, as real signals are: only
 * then do overlapping labels make neighbouring coefficients alike.
 */
class NoiseSignalTest {
  private static final int SIGNALS = 1_000;
  private static final int DAYS = 500;
  private static final int NAMES = 12;
  private static final double PERSISTENCE = 0.9;

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20, 100})
  void threeToSevenPerCentOfNoiseSignalsAreSignificantAtFivePerCent(int horizon) {
    int significant = 0;
    int naive = 0;
    for (int signal = 0; signal < SIGNALS; signal++) {
      Random random = new Random(1_000L * horizon + signal);
      double[][] forward = ForwardReturns.of(randomWalk(random, DAYS + horizon + 1), horizon, 1);
      double[][] scores = persistentNoise(random, DAYS + horizon + 1);
      double[] ics = InformationCoefficients.of(scores, forward, 2).ic();
      IcSummary summary = IcSummary.of(ics, horizon);
      significant += summary.hac().pValue() < 0.05 ? 1 : 0;
      naive += Math.abs(summary.t()) > 1.96 ? 1 : 0;
    }
    assertThat(significant / (double) SIGNALS).as("horizon %d", horizon).isBetween(0.03, 0.07);
    if (horizon > 1) {
      assertThat(naive / (double) SIGNALS).as("plain t, horizon %d", horizon).isGreaterThan(0.15);
    }
  }

  private static double[][] randomWalk(Random random, int days) {
    double[][] prices = new double[days][NAMES];
    for (int day = 0; day < days; day++) {
      for (int name = 0; name < NAMES; name++) {
        prices[day][name] =
            day == 0 ? 1 : prices[day - 1][name] * Math.exp(0.01 * random.nextGaussian());
      }
    }
    return prices;
  }

  private static double[][] persistentNoise(Random random, int days) {
    double[][] scores = new double[days][NAMES];
    double fresh = Math.sqrt(1 - PERSISTENCE * PERSISTENCE);
    for (int day = 0; day < days; day++) {
      for (int name = 0; name < NAMES; name++) {
        double noise = random.nextGaussian();
        scores[day][name] = day == 0 ? noise : PERSISTENCE * scores[day - 1][name] + fresh * noise;
      }
    }
    return scores;
  }
}

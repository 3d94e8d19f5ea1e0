package alphadistill.backtest.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import alphadistill.backtest.metric.SharpeRatio;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignificanceTest {

  @Test
  void withoutLagTheErrorIsThatOfIndependentValues() {
    HacMean mean = HacMean.of(new double[] {1, 2, 3, Double.NaN, 4}, 0);

    assertThat(mean.count()).isEqualTo(4);
    assertThat(mean.mean()).isEqualTo(2.5);
    assertThat(mean.standardError()).isEqualTo(Math.sqrt(1.25 / 4), within(1e-15));
  }

  @Test
  void aSeriesOfZerosHasNoEvidenceEitherWay() {
    HacMean mean = HacMean.ofOverlapping(new double[50], 5);

    assertThat(mean.t()).isNaN();
    assertThat(mean.pValue()).isNaN();
  }

  @Test
  void theLagCoversTheOverlapAndStaysInsideTheSeries() {
    assertThat(HacMean.lagFor(1_000, 20)).isEqualTo(60);
    assertThat(HacMean.lagFor(1_000, 1)).isEqualTo(42);
    assertThat(HacMean.lagFor(10, 20)).isEqualTo(9);
    assertThat(HacMean.lagFor(0, 1)).isZero();
  }

  @Test
  void theCriticalValueGrowsWithTheShareOfTheSampleThatTheLagTakes() {
    assertThat(new HacMean(1_000_000, 0, 1, 0).criticalValue()).isEqualTo(1.96, within(1e-4));
    assertThat(new HacMean(100, 0, 1, 19).criticalValue()).isGreaterThan(2.5);
  }

  @Test
  void oneTrialIsNotDeflated() {
    SharpeRatio ratio = new SharpeRatio(0.1, 500, -0.5, 5);

    assertThat(DeflatedSharpe.ofTrialCount(ratio, 1).probability())
        .isEqualTo(ratio.probabilityAbove(0));
    assertThat(DeflatedSharpe.ofTrialCount(ratio, 50).probability())
        .isLessThan(ratio.probabilityAbove(0));
  }

  @Test
  void refusesZeroTrials() {
    assertThatThrownBy(() -> DeflatedSharpe.ofTrialCount(new SharpeRatio(0.1, 500, 0, 3), 0))
        .hasMessage("at least one trial was made, was 0; the run ledger counts them");
  }

  @Test
  void refusesAnOddNumberOfBlocks() {
    assertThatThrownBy(() -> OverfittingProbability.of(new double[60][3], 5))
        .hasMessage("blocks must be even and from 2 to 24, was 5; 16 is usual");
  }

  /** Compared with the analytic interval of the same samples, so that the luck of the samples cancels. */
  @Test
  void bothBootstrapsAreAsWideAsTheAnalyticIntervalOfIndependentValues() {
    for (BlockBootstrap.Kind kind : BlockBootstrap.Kind.values()) {
      Random random = new Random(7);
      double resampled = 0;
      double analytic = 0;
      for (int trial = 0; trial < 200; trial++) {
        double[] noise = random.doubles(500).map(u -> u - 0.5).toArray();
        resampled += width(new BlockBootstrap(kind, 5, 500, 0.9, trial).ofMean(noise));
        analytic += 2 * 1.645 * HacMean.of(noise, 0).standardError();
      }
      assertThat(resampled / analytic)
          .as("%s", kind)
          .isBetween(0.96, 1.01); // blocks lose about 1 %
    }
  }

  @Test
  void longerBlocksSeeTheMemoryOfASeries() {
    Random random = new Random(3);
    double[] persistent = new double[1_000];
    for (int t = 1; t < persistent.length; t++) {
      persistent[t] = 0.95 * persistent[t - 1] + random.nextGaussian();
    }
    BlockBootstrap single = new BlockBootstrap(BlockBootstrap.Kind.STATIONARY, 1, 500, 0.95, 1);
    BlockBootstrap blocks = new BlockBootstrap(BlockBootstrap.Kind.STATIONARY, 50, 500, 0.95, 1);

    assertThat(width(blocks.ofMean(persistent)))
        .isGreaterThan(3 * width(single.ofMean(persistent)));
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    double[] series = new Random(5).doubles(100).toArray();

    assertThat(BlockBootstrap.forHorizon(5, 11).ofMean(series))
        .isEqualTo(BlockBootstrap.forHorizon(5, 11).ofMean(series))
        .isNotEqualTo(BlockBootstrap.forHorizon(5, 12).ofMean(series));
  }

  @Test
  void whatTwoModelsShareCancelsInTheirDifference() {
    double[] shared = new Random(1).doubles(400).map(u -> 20 * u).toArray();
    double[] better = Arrays.stream(shared).map(v -> v + 0.01).toArray();

    PairedDifference difference =
        PairedDifference.of(better, shared, 1, BlockBootstrap.forHorizon(1, 1));

    assertThat(difference.mean()).isEqualTo(0.01, within(1e-12));
    assertThat(difference.interval().excludesZero()).isTrue();
  }

  @Test
  void seedsArePairedOneByOneAndABaselineWithoutSeedsIsPairedWithEach() {
    double[][] seeds = {{1, 2, Double.NaN}, {3, 4, 5}};
    double[][] baseline = {{1, 1, 1}};

    PairedDifference difference =
        PairedDifference.overSeeds(seeds, baseline, 1, BlockBootstrap.forHorizon(1, 1));

    assertThat(difference.seeds().values()).containsExactly(0.5, 3);
    assertThat(difference.hac().count()).isEqualTo(2);
    assertThat(difference.mean()).isEqualTo(1.5);
  }

  @Test
  void refusesSeedsThatCannotBePaired() {
    assertThatThrownBy(() -> PairedDifference.overSeeds(
            new double[2][4], new double[3][4], 1, BlockBootstrap.forHorizon(1, 1)))
        .hasMessageContaining("2 seeds cannot be paired with 3");
  }

  private static double width(Interval interval) {
    return interval.high() - interval.low();
  }
}

package alphadistill.augment.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What sub-period, noise, missing block, leverage and reversal each do to inputs, label and teacher. */
class WindowTransformsTest {
  private static final int DAYS = SmallMarket.DAYS;
  private static final int SIZE = SmallMarket.SCHEMA.size();
  private static final int F = SmallMarket.SCHEMA.features();
  private static final WindowTransform.Key KEY = new WindowTransform.Key(5, 0, 0);
  private static final WindowSchema ODD =
      new WindowSchema(1, List.of(new Channel("rsi_14", Channel.Kind.NONLINEAR, 43)));

  private final SmallMarket market = new SmallMarket();

  @Test
  void aSubPeriodIsTheSampleOfItsOwnEnd() {
    SubPeriod subPeriod = new SubPeriod(20, 0, market);
    int movedDates = 0;
    for (int seed = 0; seed < 10; seed++) {
      WindowBatch moved =
          subPeriod.apply(market.returns(80, 100), new WindowTransform.Key(seed, 0, 0), 1);
      int first = moved.origins().get(0).day();
      int second = moved.origins().get(SmallMarket.ASSETS).day();

      assertThat(TransformPropertyTest.hash(moved))
          .isEqualTo(TransformPropertyTest.hash(market.returns(first, second)));
      assertThat(first).isBetween(60, 100);
      movedDates += (first == 80 ? 0 : 1) + (second == 100 ? 0 : 1);
    }
    assertThat(movedDates).isGreaterThan(4); // a shift by an odd number of days finds no label
  }

  @Test
  void theReturnsOfASubPeriodAreThoseUpToItsEndAndNoneBeforeTheSpan() {
    for (int seed = 0; seed < 10; seed++) {
      WindowBatch moved = new SubPeriod(20, 0, market)
          .apply(market.returns(50), new WindowTransform.Key(seed, 0, 0), 1);
      double[] asset = ((TeacherInputs.ReturnHistory) moved.teacherInputs()).asset();
      int day = moved.origins().get(2).day();
      for (int i = 0; i < SmallMarket.HISTORY; i++) {
        int at = day - SmallMarket.HISTORY + 1 + i;
        double known = at < SmallMarket.FIRST ? Double.NaN : market.assetReturn(2, at);
        assertThat(Double.valueOf(asset[2 * SmallMarket.HISTORY + i]))
            .isEqualTo(Double.valueOf(known));
      }
      assertThat(moved.labels()[2]).isEqualTo(market.label(2, day));
    }
  }

  @Test
  void aSubPeriodStaysWhereNoSampleMayEnd() {
    WindowBatch batch = market.returns(80);
    SubPeriod subPeriod = new SubPeriod(1, 0, market); // the days beside are odd: no label there

    assertThat(TransformPropertyTest.hash(subPeriod.apply(batch, KEY, 1)))
        .isEqualTo(TransformPropertyTest.hash(batch));
  }

  @Test
  void aShorterSubPeriodEmptiesTheRowsBeforeIt() {
    WindowBatch shorter = new SubPeriod(0, 2, market).apply(market.returns(80), KEY, 1);

    for (int n = 0; n < shorter.samples(); n++) {
      Origin.Parent parent = shorter.origins().get(n).parents().get(0);
      assertThat(parent.days()).isBetween(2, DAYS);
      assertThat(parent.lastDay()).isEqualTo(80);
      int from = n * SIZE;
      assertThat(Arrays.copyOfRange(shorter.windows(), from, from + parent.row() * F))
          .containsOnly(new float[parent.row() * F]);
      double[] asset = ((TeacherInputs.ReturnHistory) shorter.teacherInputs()).asset();
      int history = n * SmallMarket.HISTORY + SmallMarket.HISTORY - DAYS;
      for (int row = 0; row < parent.row(); row++) {
        assertThat(asset[history + row]).isNaN();
      }
    }
  }

  @Test
  void noiseHasTheWindowsOwnCovariance() {
    VolatilityNoise noise = new VolatilityNoise(0.5);
    WindowBatch batch = market.characteristics(80);
    int n = 3;
    double[] sums = new double[3]; // of squares of return noise, of beta noise, of their product
    int draws = 4000;
    for (int seed = 0; seed < draws; seed++) {
      WindowBatch noisy = noise.apply(batch, new WindowTransform.Key(seed, 0, 0), 1);
      int last = n * SIZE + (DAYS - 1) * F;
      double a = noisy.windows()[last] - batch.windows()[last];
      double b = noisy.windows()[last + 1] - batch.windows()[last + 1];
      sums[0] += a * a / draws;
      sums[1] += b * b / draws;
      sums[2] += a * b / draws;
      assertThat(noisy.labels()).isEqualTo(batch.labels());
      double[] values = ((TeacherInputs.Characteristics) noisy.teacherInputs()).values();
      assertThat(values[2 * n]).isCloseTo(noisy.windows()[last + 1], within(1e-6)); // beta first
      assertThat(values[2 * n + 1]).isCloseTo(noisy.windows()[last], within(1e-6));
    }
    assertThat(sums[0]).isCloseTo(0.25 * covariance(batch, n, 0, 0), within(0.15 * sums[0]));
    assertThat(sums[1]).isCloseTo(0.25 * covariance(batch, n, 1, 1), within(0.15 * sums[1]));
    assertThat(sums[2])
        .isCloseTo(0.25 * covariance(batch, n, 0, 1), within(0.15 * Math.sqrt(sums[0] * sums[1])));
  }

  private static double covariance(WindowBatch batch, int n, int f, int g) {
    int[] quoted = java.util.stream.IntStream.range(0, DAYS)
        .map(row -> n * SIZE + row * F)
        .filter(at -> batch.windows()[at + 2] > 0)
        .toArray();
    double meanF = Arrays.stream(quoted)
        .mapToDouble(at -> batch.windows()[at + f])
        .average()
        .orElseThrow();
    double meanG = Arrays.stream(quoted)
        .mapToDouble(at -> batch.windows()[at + g])
        .average()
        .orElseThrow();
    return Arrays.stream(quoted)
            .mapToDouble(
                at -> (batch.windows()[at + f] - meanF) * (batch.windows()[at + g] - meanG))
            .sum()
        / (quoted.length - 1);
  }

  @Test
  void noiseDisturbsReturnsOfChannelAndTeacherAlike() {
    WindowBatch batch = market.returns(80);
    WindowBatch noisy = new VolatilityNoise(0.5).apply(batch, KEY, 1);
    double[] before = ((TeacherInputs.ReturnHistory) batch.teacherInputs()).asset();
    double[] after = ((TeacherInputs.ReturnHistory) noisy.teacherInputs()).asset();

    for (int n = 0; n < batch.samples(); n++) {
      for (int row = 0; row < DAYS; row++) {
        int history = n * SmallMarket.HISTORY + SmallMarket.HISTORY - DAYS + row;
        int window = n * SIZE + row * F;
        double ofChannel = noisy.windows()[window] - batch.windows()[window];
        if (Double.isNaN(before[history])) {
          assertThat(after[history]).isNaN();
        } else { // the teacher's returns are 0.02 times the channel here
          assertThat(after[history] - before[history]).isCloseTo(0.02 * ofChannel, within(1e-7));
        }
      }
      assertThat(after[n * SmallMarket.HISTORY]).isEqualTo(before[n * SmallMarket.HISTORY]);
    }
  }

  @Test
  void aMissingBlockIsMissingForTheTeacherTooAndSparesTheSignalDay() {
    WindowBatch batch = market.returns(80);
    WindowBatch holed = new MissingBlocks(2, 2).apply(batch, KEY, 1);
    double[] asset = ((TeacherInputs.ReturnHistory) holed.teacherInputs()).asset();

    assertThat(holed.labels()).isEqualTo(batch.labels());
    for (int n = 0; n < batch.samples(); n++) {
      Origin origin = holed.origins().get(n);
      int emptied = 0;
      for (int row = 0; row < DAYS; row++) {
        if (origin.share(row) == 0) {
          emptied++;
          int at = n * SIZE + row * F;
          assertThat(Arrays.copyOfRange(holed.windows(), at, at + F)).containsOnly(0f);
          assertThat(asset[n * SmallMarket.HISTORY + SmallMarket.HISTORY - DAYS + row])
              .isNaN();
        }
      }
      assertThat(emptied).isEqualTo(2);
      assertThat(origin.share(DAYS - 1)).isEqualTo(1);
    }
  }

  @Test
  void leverageScalesReturnsLabelAndTeacherByOneFactor() {
    LeverageScaling leverage = new LeverageScaling(1.5);
    WindowBatch batch = market.characteristics(80);
    WindowBatch levered = leverage.apply(batch, KEY, 1);
    double[] values = ((TeacherInputs.Characteristics) batch.teacherInputs()).values();
    double[] scaled = ((TeacherInputs.Characteristics) levered.teacherInputs()).values();

    for (int n = 0; n < batch.samples(); n++) {
      double factor = levered.labels()[n] / batch.labels()[n];
      assertThat(factor).isBetween(1 / 1.5, 1.5);
      assertThat(scaled[2 * n]).isCloseTo(factor * values[2 * n], within(1e-12));
      int last = n * SIZE + (DAYS - 1) * F;
      assertThat((double) levered.windows()[last])
          .isCloseTo(factor * batch.windows()[last], within(1e-6));
      assertThat(levered.windows()[last + 2]).isEqualTo(1); // presence does not scale
    }
    assertThatThrownBy(() -> leverage.requireFits(ODD)).hasMessageContaining("[rsi_14]");
  }

  @Test
  void leverageScalesTheWholeReturnHistory() {
    WindowBatch batch = market.returns(80);
    WindowBatch levered = new LeverageScaling(2).apply(batch, KEY, 1);
    double factor = levered.labels()[0] / batch.labels()[0];
    TeacherInputs.ReturnHistory before = (TeacherInputs.ReturnHistory) batch.teacherInputs();
    TeacherInputs.ReturnHistory after = (TeacherInputs.ReturnHistory) levered.teacherInputs();

    assertThat(after.asset()[0]).isCloseTo(factor * before.asset()[0], within(1e-15));
    assertThat(after.factor()).isEqualTo(before.factor());
  }

  @Test
  void reversedTwiceIsAsBefore() {
    TimeReversal reversal = new TimeReversal();
    WindowBatch batch = market.returns(80);
    WindowBatch reversed = reversal.apply(batch, KEY, 1);

    assertThat(reversed.windows()[0]).isEqualTo(batch.windows()[(DAYS - 1) * F]);
    assertThat(reversed.labels()).isEqualTo(batch.labels());
    assertThat(TransformPropertyTest.hash(reversal.apply(reversed, KEY, 1)))
        .isEqualTo(TransformPropertyTest.hash(batch));
  }

  @Test
  void theTeacherReadsTheNewLastDayOfAReversedWindow() {
    WindowBatch reversed = new TimeReversal().apply(market.characteristics(80), KEY, 1);

    double[] values = ((TeacherInputs.Characteristics) reversed.teacherInputs()).values();
    assertThat(values[0]).isEqualTo(reversed.windows()[(DAYS - 1) * F + 1]);
  }

  @Test
  void whatCannotBeIsRefusedInWords() {
    assertThatThrownBy(() -> new SubPeriod(0, 0, market)).hasMessageContaining("were 0 and 0");
    assertThatThrownBy(() -> new SubPeriod(0, 7, market).requireFits(SmallMarket.SCHEMA))
        .hasMessageContaining("at least 7 days does not fit into a window of 6 days");
    assertThatThrownBy(() -> new SubPeriod(0, 1, market).requireFits(ODD))
        .hasMessageContaining("presence channel");
    assertThatThrownBy(() -> new VolatilityNoise(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new VolatilityNoise(1).requireFits(ODD))
        .hasMessageContaining("at least 2 days, had 1");
    assertThatThrownBy(() -> new MissingBlocks(2, 1)).hasMessageContaining("were 2 and 1");
    assertThatThrownBy(() -> new MissingBlocks(1, 6).requireFits(SmallMarket.SCHEMA))
        .hasMessageContaining("up to 6 days");
    assertThatThrownBy(() -> new MissingBlocks(1, 1).requireFits(ODD))
        .hasMessageContaining("presence channel");
    assertThatThrownBy(() -> new LeverageScaling(0.5)).hasMessageContaining("above 1, was 0.5");
    assertThatThrownBy(() -> new TimeReversal().requireFits(ODD))
        .hasMessageContaining("at least 2 days");
  }
}

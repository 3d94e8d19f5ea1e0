package alphadistill.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.num.DoubleNum;
import org.ta4j.core.num.Num;

/** The pinned release computes what quant.md section 6 says it does; later releases seed differently. */
class Ta4jTest {

  @Test
  void emaIsSeededWithTheFirstPrice() {
    double[] close = {
      64.75, 63.79, 63.73, 63.73, 63.55, 63.19, 63.91, 63.85, 62.95, 63.37, 61.33, 61.51
    };
    check(new EMAIndicator(close(close), 10), 9, 63.6948, 63.2648, 62.9457);
  }

  @Test
  void rsiIsSmoothedAsByWilder() {
    double[] close = {
      50.45, 50.30, 50.20, 50.15, 50.05, 50.06, 50.10, 50.08, 50.03, 50.07, 50.01, 50.14, 50.22,
      50.43, 50.50, 50.56, 50.52, 50.70, 50.55, 50.62, 50.90, 50.82, 50.86, 51.20, 51.30, 51.10
    };
    check(
        new RSIIndicator(close(close), 14),
        15,
        68.4746,
        64.7836,
        72.0776,
        60.7800,
        63.6439,
        72.3433,
        67.3822,
        68.5438,
        76.2770,
        77.9908,
        67.4895);
  }

  @Test
  void macdIsTheDifferenceOfTwoAverages() {
    double[] close = {37.08, 36.7, 36.11, 35.85, 35.71, 36.04, 36.41, 37.67, 38.01};
    check(
        new MACDIndicator(close(close), 5, 10),
        0,
        0,
        -0.05757,
        -0.17488,
        -0.26766,
        -0.32326,
        -0.28399,
        -0.18930,
        0.06472,
        0.25087);
  }

  @Test
  void theStandardDeviationIsThePopulations() {
    check(new StandardDeviationIndicator(close(1, 2, 3, 4, 3), 4), 3, Math.sqrt(1.25));
  }

  private static ClosePriceIndicator close(double... prices) {
    BarSeries bars = new BaseBarSeriesBuilder().withNumTypeOf(DoubleNum.class).build();
    ZonedDateTime day = ZonedDateTime.of(2020, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    for (double price : prices) {
      day = day.plusDays(1);
      bars.addBar(day, price, price, price, price, 1);
    }
    return new ClosePriceIndicator(bars);
  }

  private static void check(Indicator<Num> indicator, int first, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(indicator.getValue(first + i).doubleValue())
          .as("bar " + (first + i))
          .isCloseTo(expected[i], within(1e-4) /* the reference cuts to four decimals */);
    }
  }
}

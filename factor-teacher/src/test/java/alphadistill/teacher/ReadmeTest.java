package alphadistill.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import alphadistill.data.testing.ReadmeLines;
import alphadistill.teacher.famamacbeth.FamaMacBeth;
import alphadistill.teacher.famamacbeth.LabelledCharacteristics;
import alphadistill.teacher.timeseries.ExcessReturns;
import alphadistill.teacher.timeseries.TimeSeriesBetas;
import alphadistill.teacher.timeseries.TimeSeriesHistory;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's example, compiled and run, and the same in both places. */
class ReadmeTest {
  private static double[] example(
      Panel prices, FactorReturns factors, Panel ranks, float[] labels, LocalDate day, int asset) {
    // begin
    TimeSeriesHistory betas =
        TimeSeriesBetas.standard(5).fit(ExcessReturns.of(prices, "return", factors));
    LinearFactorModel traded = betas.asOf(day); // what the close of that day knew
    double byBetas = traded.expectedReturn(betas.betas(asset, prices.dayIndex(day)));

    FactorHistory slopes = FamaMacBeth.standard()
        .fit(new LabelledCharacteristics(ranks, List.of("value", "momentum"), labels, 1, 5));
    LinearFactorModel priced = slopes.asOf(day).requireUsableOn(day.plusDays(1));
    double byRanks = priced.expectedReturn(new double[] {0.4, -0.1}); // ranks at the close of day
    double tOfMomentum = priced.premia().get(1).tStatistic(); // Newey-West, lag >= horizon - 1
    // end
    return new double[] {byBetas, byRanks, tOfMomentum};
  }

  @Test
  void theExampleRuns() {
    int days = 400;
    int assets = 25;
    Random random = new Random(1);
    List<LocalDate> dates =
        Stream.iterate(LocalDate.of(2020, 1, 1), d -> d.plusDays(1)).limit(days).toList();
    List<String> names = IntStream.range(0, assets).mapToObj(i -> "A" + i).toList();
    double[][] market = new double[days][1];
    float[][] fields = new float[4][days * assets]; // return, value, momentum, label
    for (int day = 0; day < days; day++) {
      market[day][0] = 0.0004 + 0.01 * random.nextGaussian();
      for (int cell = day * assets; cell < (day + 1) * assets; cell++) {
        fields[0][cell] = (float) (market[day][0] + 0.02 * random.nextGaussian());
        fields[1][cell] = 2 * random.nextFloat() - 1;
        fields[2][cell] = 2 * random.nextFloat() - 1;
        fields[3][cell] = (float) (0.01 * fields[2][cell] + 0.02 * random.nextGaussian());
      }
    }
    Panel prices = Panel.builder(dates, names)
        .field(FieldSpec.raw("return", "decimal return"), fields[0])
        .build();
    Panel ranks = Panel.builder(dates, names)
        .field(FieldSpec.raw("value", "rank in [-1, 1]"), fields[1])
        .field(FieldSpec.raw("momentum", "rank in [-1, 1]"), fields[2])
        .build();
    FactorReturns factors = new FactorReturns(dates, List.of("MktRF"), market, new double[days]);

    double[] answers = example(prices, factors, ranks, fields[3], dates.get(days - 1), 3);

    assertThat(Math.abs(answers[0])).isLessThan(0.05);
    assertThat(answers[2]).isGreaterThan(10); // 0.01 / (0.02 / sqrt(400 * 25) / 0.58) = 29
  }

  @Test
  void theReadmeShowsExactlyTheseLines() {
    ReadmeLines.requireShown(ReadmeTest.class);
  }
}

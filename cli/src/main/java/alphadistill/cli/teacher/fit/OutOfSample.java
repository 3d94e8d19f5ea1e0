package alphadistill.cli.teacher.fit;

import alphadistill.backtest.signal.IcSummary;
import alphadistill.backtest.signal.InformationCoefficients;
import alphadistill.student.study.Study;
import alphadistill.teacher.diagnostics.OutOfSampleR2;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How good the teacher's own forecasts were, each made by the model known at its date.
 *
 * @param dates with forecasts and labels
 * @param coefficients rank correlation of forecasts and labels of each date
 * @param rankIc its summary, with a Newey-West lag of at least horizon - 1
 * @param years the same by calendar year
 * @param r2 of all forecasts and labels, in deviations of their date
 */
public record OutOfSample(
    List<LocalDate> dates,
    InformationCoefficients coefficients,
    IcSummary rankIc,
    List<Year> years,
    OutOfSampleR2 r2) {

  /** Summary of one calendar year. */
  public record Year(int year, IcSummary rankIc) {}

  static OutOfSample of(Study study, Forecasts forecasts) {
    List<Forecasts.Day> days = forecasts.days();
    List<LocalDate> dates =
        days.stream().map(day -> study.dates().get(day.day())).toList();
    double[][] answers = days.stream().map(Forecasts.Day::answers).toArray(double[][]::new);
    double[][] labels = days.stream().map(Forecasts.Day::labels).toArray(double[][]::new);
    InformationCoefficients coefficients =
        InformationCoefficients.of(answers, labels, InformationCoefficients.MINIMUM_NAMES);
    int horizon = study.spec().label().horizon();
    return new OutOfSample(
        dates,
        coefficients,
        IcSummary.of(coefficients.rankIc(), horizon),
        years(dates, coefficients.rankIc(), horizon),
        OutOfSampleR2.of(joined(labels), joined(answers)));
  }

  private static List<Year> years(List<LocalDate> dates, double[] rankIc, int horizon) {
    List<Year> years = new ArrayList<>();
    dates.stream().mapToInt(LocalDate::getYear).distinct().forEach(year -> {
      double[] own = IntStream.range(0, rankIc.length)
          .filter(i -> dates.get(i).getYear() == year)
          .mapToDouble(i -> rankIc[i])
          .toArray();
      years.add(new Year(year, IcSummary.of(own, horizon)));
    });
    return years;
  }

  private static double[] joined(double[][] parts) {
    return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
  }
}

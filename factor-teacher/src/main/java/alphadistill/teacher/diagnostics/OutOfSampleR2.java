package alphadistill.teacher.diagnostics;

/**
 * Share of returns' squares that forecasts explain out of sample; negative when the forecasts are worse than the simple
 * answer they are compared with. Three comparisons are in use and give different numbers, so each has a name.
 *
 * @param uncentred {@code 1 - sum (r - f)^2 / sum r^2}: against a forecast of zero, as in Gu, Kelly and Xiu (2020); the
 *     usual one for single stocks, whose own mean is a bad forecast
 * @param centred the same against the mean of these very returns, which nobody knew beforehand: the R2 of most software
 * @param observations pairs of return and forecast
 * @param dropped rows in which one of the two is missing
 */
public record OutOfSampleR2(double uncentred, double centred, int observations, int dropped) {

  /**
   * Of forecasts made before their returns.
   *
   * @param realised returns, NaN = missing
   * @param forecast their forecasts in the same order, NaN = missing
   * @throws IllegalArgumentException if no row has both
   */
  public static OutOfSampleR2 of(double[] realised, double[] forecast) {
    requireSameLength(realised.length, forecast.length, "forecasts");
    int count = 0;
    double sum = 0;
    double squares = 0;
    double missed = 0;
    for (int row = 0; row < realised.length; row++) {
      double error = realised[row] - forecast[row];
      if (!Double.isNaN(error)) {
        count++;
        sum += realised[row];
        squares += realised[row] * realised[row];
        missed += error * error;
      }
    }
    requireRows(count, realised.length);
    double aboutMean = 0; // a second pass: no cancellation
    for (int row = 0; row < realised.length; row++) {
      if (!Double.isNaN(realised[row] - forecast[row])) {
        aboutMean += (realised[row] - sum / count) * (realised[row] - sum / count);
      }
    }
    return new OutOfSampleR2(
        1 - missed / squares, 1 - missed / aboutMean, count, realised.length - count);
  }

  /**
   * {@code 1 - sum (r - f)^2 / sum (r - b)^2} against a benchmark that was known in time, such as the historical mean
   * up to the day before (Campbell and Thompson 2008).
   *
   * @param benchmark forecasts to beat, NaN = missing
   */
  public static double against(double[] realised, double[] forecast, double[] benchmark) {
    requireSameLength(realised.length, forecast.length, "forecasts");
    requireSameLength(realised.length, benchmark.length, "benchmark forecasts");
    int count = 0;
    double missed = 0;
    double missedByBenchmark = 0;
    for (int row = 0; row < realised.length; row++) {
      double error = realised[row] - forecast[row];
      double ofBenchmark = realised[row] - benchmark[row];
      if (!Double.isNaN(error + ofBenchmark)) {
        count++;
        missed += error * error;
        missedByBenchmark += ofBenchmark * ofBenchmark;
      }
    }
    requireRows(count, realised.length);
    return 1 - missed / missedByBenchmark;
  }

  private static void requireSameLength(int returns, int others, String what) {
    if (returns != others) {
      throw new IllegalArgumentException("%d returns and %d %s".formatted(returns, others, what));
    }
  }

  private static void requireRows(int count, int rows) {
    if (count == 0) {
      throw new IllegalArgumentException(
          "none of the %d rows has both a return and a forecast".formatted(rows));
    }
  }
}

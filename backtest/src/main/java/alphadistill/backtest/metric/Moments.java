package alphadistill.backtest.metric;

/**
 * Moments of a sample; missing values (NaN) are skipped.
 *
 * @param count values that are present
 * @param mean their mean, NaN when there is none
 * @param sumOfSquares sum of squared distances from the mean; exactly 0 for a constant sample
 * @param skew third standardised moment with divisor n, NaN for a constant sample
 * @param kurtosis fourth standardised moment with divisor n: a normal sample has 3, not 0
 */
public record Moments(int count, double mean, double sumOfSquares, double skew, double kurtosis) {

  /** Two passes over the values, so that a small deviation around a large mean keeps its digits. */
  public static Moments of(double... values) {
    int count = 0;
    double sum = 0;
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        count++;
        sum += value;
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
      }
    }
    if (count == 0 || lowest == highest) { // a rounded mean must not give a constant a deviation
      return new Moments(count, count == 0 ? Double.NaN : lowest, 0, Double.NaN, Double.NaN);
    }
    double mean = sum / count;
    double squares = 0;
    double cubes = 0;
    double fourths = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        double distance = value - mean;
        double square = distance * distance;
        squares += square;
        cubes += square * distance;
        fourths += square * square;
      }
    }
    double variance = squares / count;
    return new Moments(
        count,
        mean,
        squares,
        cubes / count / (variance * Math.sqrt(variance)),
        fourths / count / (variance * variance));
  }

  /** Sample variance, divisor n - 1; NaN for fewer than two values. */
  public double variance() {
    return count < 2 ? Double.NaN : sumOfSquares / (count - 1);
  }

  /** Sample deviation, divisor n - 1; NaN for fewer than two values. */
  public double deviation() {
    return Math.sqrt(variance());
  }

  /** Population deviation, divisor n. */
  public double populationDeviation() {
    return count == 0 ? Double.NaN : Math.sqrt(sumOfSquares / count);
  }

  /** Bias-corrected skew, as pandas and Excel print it; NaN for fewer than three values. */
  public double skewUnbiased() {
    double n = count;
    return count < 3 ? Double.NaN : skew * Math.sqrt(n * (n - 1)) / (n - 2);
  }

  /** Bias-corrected excess kurtosis, as pandas and Excel print it; NaN for fewer than four values. */
  public double excessKurtosisUnbiased() {
    double n = count;
    return count < 4 ? Double.NaN : (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (kurtosis - 3) + 6);
  }

  /** Mean over deviation (divisor n - 1): infinite for a constant gain, NaN for a constant zero or below two values. */
  public double meanOverDeviation() {
    return count < 2 ? Double.NaN : mean / deviation();
  }
}

package alphadistill.augment.window;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Moments and correlations of one series of a batch: a channel, the label or the teacher's answer. Missing numbers are
 * left out; what cannot be told, such as the skew of a constant, is NaN.
 *
 * @param name of the series
 * @param count numbers that were there
 * @param mean of all of them
 * @param deviation standard deviation, divisor {@code count}
 * @param skew third central moment in deviations
 * @param kurtosis fourth central moment in deviations; a normal distribution has 3
 * @param autocorrelation at lags 1 to {@value #LAGS}, about the mean of all: of the days within a window, or, for one
 *     number a sample, of an asset's successive signal days
 * @param betweenAssets mean correlation of two assets of one signal day, in the same row of the window
 */
public record SeriesStatistics(
    String name,
    long count,
    double mean,
    double deviation,
    double skew,
    double kurtosis,
    List<Double> autocorrelation,
    double betweenAssets) {
  /** Largest lag. */
  public static final int LAGS = 5;

  public SeriesStatistics {
    autocorrelation = List.copyOf(autocorrelation);
  }

  /**
   * Statistics of a series.
   *
   * @param rows numbers of each sample in order of days, {@code [sample][row]}, NaN = missing
   * @param places asset and signal day of each sample
   */
  static SeriesStatistics of(String name, double[][] rows, List<Origin> places) {
    double[] all = Arrays.stream(rows)
        .flatMapToDouble(Arrays::stream)
        .filter(Double::isFinite)
        .toArray();
    double mean = Arrays.stream(all).average().orElse(Double.NaN);
    double variance = moment(all, mean, 2);
    double deviation = Math.sqrt(variance);
    boolean constant = !(deviation > 1e-12 * Math.abs(mean)); // rounding alone
    double[][] centred = Arrays.stream(rows)
        .map(row -> Arrays.stream(row)
            .map(value -> constant ? Double.NaN : (value - mean) / deviation)
            .toArray())
        .toArray(double[][]::new);
    double[][] inTime = rows.length > 0 && rows[0].length == 1 ? byAsset(centred, places) : centred;
    Double[] autocorrelation = new Double[LAGS];
    Arrays.setAll(autocorrelation, i -> lagged(inTime, i + 1));
    return new SeriesStatistics(
        name,
        all.length,
        mean,
        deviation,
        constant ? Double.NaN : moment(all, mean, 3) / Math.pow(deviation, 3),
        constant ? Double.NaN : moment(all, mean, 4) / (variance * variance),
        List.of(autocorrelation),
        between(centred, places));
  }

  private static double moment(double[] values, double mean, int power) {
    return Arrays.stream(values)
        .map(value -> Math.pow(value - mean, power))
        .average()
        .orElse(Double.NaN);
  }

  /** Mean product of numbers {@code lag} apart. */
  private static double lagged(double[][] centred, int lag) {
    double sum = 0;
    long pairs = 0;
    for (double[] row : centred) {
      for (int t = 0; t + lag < row.length; t++) {
        double product = row[t] * row[t + lag];
        if (Double.isFinite(product)) {
          sum += product;
          pairs++;
        }
      }
    }
    return pairs == 0 ? Double.NaN : sum / pairs;
  }

  /** One number a sample as a row for each asset, in order of signal days. */
  private static double[][] byAsset(double[][] values, List<Origin> places) {
    int[] days = places.stream().mapToInt(Origin::day).distinct().sorted().toArray();
    Map<Integer, double[]> series = new HashMap<>();
    for (int n = 0; n < values.length; n++) {
      double[] row = series.computeIfAbsent(places.get(n).asset(), asset -> {
        double[] missing = new double[days.length];
        Arrays.fill(missing, Double.NaN);
        return missing;
      });
      row[Arrays.binarySearch(days, places.get(n).day())] = values[n][0];
    }
    return series.entrySet().stream()
        .sorted(Map.Entry.comparingByKey()) // sums in a fixed order
        .map(Map.Entry::getValue)
        .toArray(double[][]::new);
  }

  /** Mean product over all pairs of samples of a day: ((sum x)^2 - sum x^2) / (n (n - 1)) each, pooled. */
  private static double between(double[][] centred, List<Origin> places) {
    int rows = centred.length == 0 ? 0 : centred[0].length;
    Map<Integer, double[]> sums = new HashMap<>(); // sum, sum of squares and count of each row
    for (int n = 0; n < centred.length; n++) {
      double[] ofDay = sums.computeIfAbsent(places.get(n).day(), day -> new double[3 * rows]);
      for (int row = 0; row < rows; row++) {
        double value = centred[n][row];
        if (Double.isFinite(value)) {
          ofDay[3 * row] += value;
          ofDay[3 * row + 1] += value * value;
          ofDay[3 * row + 2]++;
        }
      }
    }
    double products = 0;
    double pairs = 0;
    for (int day : sums.keySet().stream().sorted().toList()) {
      double[] ofDay = sums.get(day);
      for (int row = 0; row < rows; row++) {
        products += ofDay[3 * row] * ofDay[3 * row] - ofDay[3 * row + 1];
        pairs += ofDay[3 * row + 2] * (ofDay[3 * row + 2] - 1);
      }
    }
    return pairs == 0 ? Double.NaN : products / pairs;
  }
}

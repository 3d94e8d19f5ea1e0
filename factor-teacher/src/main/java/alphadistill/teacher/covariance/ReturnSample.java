package alphadistill.teacher.covariance;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Complete rows of returns of several assets, all of one frequency: what covariances and components are estimated from.
 * A row in which any asset has no return is dropped and counted. Immutable.
 *
 * <pre>{@code
 * ReturnSample sample = ReturnSample.of(assets, returns).withMarket(market);
 * Covariance covariance = new CovarianceEstimator.SingleIndex().of(sample);
 * }</pre>
 */
public final class ReturnSample {
  /** Mean size of a return that decimals of a day or a month never have, but per cent do. */
  private static final double IMPOSSIBLE_MEAN_SIZE = 0.5;

  private final List<String> assets;
  private final double[][] series; // [asset][kept row]
  private final int[] kept; // index of each kept row among those given
  private final int given;
  private final double[] market; // by kept row; null: the mean of the assets

  private ReturnSample(
      List<String> assets, double[][] series, int[] kept, int given, double[] market) {
    this.assets = assets;
    this.series = series;
    this.kept = kept;
    this.given = given;
    this.market = market;
  }

  /**
   * @param assets names, for messages and results
   * @param returns {@code [asset][row]}, simple decimal returns in time order, NaN = missing; copied
   * @throws IllegalArgumentException if an asset has no return at all, fewer than two rows are complete, a return is
   *     infinite, or the numbers look like per cent
   */
  public static ReturnSample of(List<String> assets, double[][] returns) {
    if (assets.isEmpty() || returns.length != assets.size()) {
      throw new IllegalArgumentException(
          "%d series of returns for %d assets".formatted(returns.length, assets.size()));
    }
    int rows = returns[0].length;
    double size = 0;
    long present = 0;
    for (int asset = 0; asset < returns.length; asset++) {
      if (returns[asset].length != rows) {
        throw new IllegalArgumentException("'%s' has %d returns, '%s' has %d"
            .formatted(assets.get(asset), returns[asset].length, assets.get(0), rows));
      }
      int missing = missing(returns[asset]);
      if (missing == rows) {
        throw new IllegalArgumentException("'%s' has no return in any of the %d rows; leave it out"
            .formatted(assets.get(asset), rows));
      }
      present += rows - missing;
      for (double value : returns[asset]) {
        if (Double.isInfinite(value)) {
          throw new IllegalArgumentException(
              "'%s' has an infinite return: a price of zero?".formatted(assets.get(asset)));
        }
        size += Double.isNaN(value) ? 0 : Math.abs(value);
      }
    }
    if (size / present > IMPOSSIBLE_MEAN_SIZE) {
      throw new IllegalArgumentException(
          "the mean size of a return is %.3g: these look like per cent; decimal returns are expected (1 %% is 0.01)"
              .formatted(size / present));
    }
    int[] kept = IntStream.range(0, rows)
        .filter(row -> Arrays.stream(returns).noneMatch(own -> Double.isNaN(own[row])))
        .toArray();
    if (kept.length < 2) {
      int worst = IntStream.range(0, returns.length)
          .reduce((a, b) -> missing(returns[b]) > missing(returns[a]) ? b : a)
          .orElseThrow();
      throw new IllegalArgumentException(
          "%d of %d rows have a return of every asset, 2 are needed; '%s' misses most, %d rows: leave out assets with gaps"
              .formatted(kept.length, rows, assets.get(worst), missing(returns[worst])));
    }
    double[][] series = Arrays.stream(returns).map(own -> pick(own, kept)).toArray(double[][]::new);
    return new ReturnSample(List.copyOf(assets), series, kept, rows, null);
  }

  /**
   * The same rows with the market's return beside them, which {@link CovarianceEstimator.SingleIndex} uses.
   *
   * @param returns decimal return of the market in each row that was given to {@link #of}, dropped rows included
   */
  public ReturnSample withMarket(double[] returns) {
    if (returns.length != given) {
      throw new IllegalArgumentException(
          "%d market returns for %d rows of asset returns".formatted(returns.length, given));
    }
    double[] own = pick(returns, kept);
    for (int row = 0; row < own.length; row++) {
      if (!Double.isFinite(own[row])) {
        throw new IllegalArgumentException(
            "the market's return of row %d is %s, but all assets have one"
                .formatted(kept[row], own[row]));
      }
    }
    return new ReturnSample(assets, series, kept, given, own);
  }

  public List<String> assets() {
    return assets;
  }

  /** Complete rows T. */
  public int rows() {
    return kept.length;
  }

  /** Rows left out because an asset has no return there. */
  public int rowsDropped() {
    return given - kept.length;
  }

  /** Returns {@code [asset][row]} of the complete rows; not to be changed. */
  public double[][] series() {
    return series;
  }

  /** Returns minus the asset's mean, {@code [asset][row]}, fresh. */
  public double[][] centred() {
    return Arrays.stream(series).map(ReturnSample::centre).toArray(double[][]::new);
  }

  /** Mean return of each asset. */
  public double[] means() {
    return Arrays.stream(series).mapToDouble(ReturnSample::mean).toArray();
  }

  /** The market's return in each complete row; the equal-weighted mean of the assets where none was given. */
  public double[] market() {
    return market != null
        ? market.clone()
        : IntStream.range(0, kept.length)
            .mapToDouble(
                row -> Arrays.stream(series).mapToDouble(own -> own[row]).sum() / series.length)
            .toArray();
  }

  static double[] centre(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(value -> value - mean).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static int missing(double[] values) {
    return (int) Arrays.stream(values).filter(Double::isNaN).count();
  }

  private static double[] pick(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
  }
}

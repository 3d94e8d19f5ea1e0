package alphadistill.teacher.timeseries;

import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.Panel;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * Daily returns of assets in excess of cash beside the factor returns of the same days: what time-series regressions
 * learn from.
 *
 * @param assets names, in index order
 * @param factors factor returns on the assets' trading days, NaN = missing
 * @param excess {@code [asset][day]}, simple decimal return minus cash of the same day, NaN = missing. Handed over, not
 *     to be changed afterwards
 */
public record ExcessReturns(List<String> assets, FactorReturns factors, double[][] excess) {
  /** A day's standard deviation that no diversified factor has, but per cent taken for decimals does. */
  private static final double IMPOSSIBLE_FACTOR_DEVIATION = 0.2;

  /** The same for the middle one of the assets. */
  private static final double IMPOSSIBLE_ASSET_DEVIATION = 0.5;

  public ExcessReturns {
    assets = List.copyOf(assets);
    if (assets.isEmpty() || excess.length != assets.size()) {
      throw new IllegalArgumentException(
          "%d series of returns for %d assets".formatted(excess.length, assets.size()));
    }
    int days = factors.dates().size();
    for (int asset = 0; asset < excess.length; asset++) {
      if (excess[asset].length != days) {
        throw new IllegalArgumentException("'%s' has %d returns for %d days of factors"
            .formatted(assets.get(asset), excess[asset].length, days));
      }
      requireNoInfinity(assets.get(asset), excess[asset], factors.dates());
    }
    double[] deviations = Arrays.stream(excess)
        .mapToDouble(ExcessReturns::deviation)
        .filter(deviation -> !Double.isNaN(deviation))
        .sorted()
        .toArray();
    if (deviations.length == 0) {
      throw new IllegalArgumentException(
          "none of the %d assets has two returns between %s and %s on days with a risk-free return"
              .formatted(assets.size(), factors.dates().get(0), factors.dates().get(days - 1)));
    }
    double middle = deviations[deviations.length / 2];
    if (middle > IMPOSSIBLE_ASSET_DEVIATION) {
      throw new IllegalArgumentException(
          "returns of the middle asset deviate by %.3g a day: these look like per cent or prices; decimal returns are expected (1 %% is 0.01)"
              .formatted(middle));
    }
    for (int factor = 0; factor < factors.names().size(); factor++) {
      double[] series = series(factors, factor);
      requireNoInfinity(factors.names().get(factor), series, factors.dates());
      double deviation = deviation(series);
      if (deviation > IMPOSSIBLE_FACTOR_DEVIATION) {
        throw new IllegalArgumentException(
            "returns of factor '%s' deviate by %.3g a day: these look like per cent; decimal returns are expected (1 %% is 0.01)"
                .formatted(factors.names().get(factor), deviation));
      }
    }
  }

  /**
   * Total returns of a panel's field minus cash, beside the factors on the panel's days.
   *
   * @param returnField simple decimal returns from the close of the day before to the close of the day
   * @throws IllegalArgumentException if factors and panel share no day, or the numbers are no decimal returns
   */
  public static ExcessReturns of(Panel panel, String returnField, FactorReturns factors) {
    int field = panel.fieldIndex(returnField);
    if (panel.days() == 0) {
      throw new IllegalArgumentException("the panel has no day");
    }
    FactorReturns aligned = factors.on(panel.dates());
    double[][] excess = new double[panel.assetCount()][];
    for (int asset = 0; asset < excess.length; asset++) {
      excess[asset] = panel.series(field, asset);
      for (int day = 0; day < excess[asset].length; day++) {
        excess[asset][day] -= aligned.riskFree()[day];
      }
    }
    return new ExcessReturns(panel.assets(), aligned, excess);
  }

  /**
   * A panel's field that holds excess returns already, with no factor beside them: for factors found in the returns
   * themselves.
   *
   * @param excessField simple decimal returns minus cash, or total returns where cash is to be neglected
   */
  public static ExcessReturns ofExcess(Panel panel, String excessField) {
    int days = panel.days();
    return of(
        panel,
        excessField,
        new FactorReturns(panel.dates(), List.of(), new double[days][0], new double[days]));
  }

  public List<LocalDate> dates() {
    return factors.dates();
  }

  public int days() {
    return factors.dates().size();
  }

  /** Whether all factors have a return on that day. */
  public boolean hasFactors(int day) {
    return Arrays.stream(factors.returns()[day]).noneMatch(Double::isNaN);
  }

  private static double[] series(FactorReturns factors, int factor) {
    return Arrays.stream(factors.returns()).mapToDouble(row -> row[factor]).toArray();
  }

  private static void requireNoInfinity(String name, double[] series, List<LocalDate> dates) {
    for (int day = 0; day < series.length; day++) {
      if (Double.isInfinite(series[day])) {
        throw new IllegalArgumentException(
            "'%s' has an infinite return on %s: a price of zero?".formatted(name, dates.get(day)));
      }
    }
  }

  /** Standard deviation of the numbers that are there; NaN for fewer than two. */
  private static double deviation(double[] series) {
    double sum = 0;
    int count = 0;
    for (double value : series) {
      if (!Double.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    double squares = 0;
    for (double value : series) {
      if (!Double.isNaN(value)) {
        squares += (value - sum / count) * (value - sum / count);
      }
    }
    return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1));
  }
}

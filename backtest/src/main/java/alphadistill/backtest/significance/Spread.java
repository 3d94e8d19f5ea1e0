package alphadistill.backtest.significance;

import alphadistill.backtest.metric.Moments;
import java.util.Arrays;

/**
 * One figure over several seeds.
 *
 * @param values one for each seed, in seed order
 */
public record Spread(double... values) {

  public Spread {
    values = values.clone();
  }

  public int count() {
    return values.length;
  }

  public double mean() {
    return Moments.of(values).mean();
  }

  /** Sample deviation over seeds, divisor n - 1; NaN for one seed. */
  public double deviation() {
    return Moments.of(values).deviation();
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Spread spread && Arrays.equals(values, spread.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "%.4g ± %.2g over %d".formatted(mean(), deviation(), count());
  }
}

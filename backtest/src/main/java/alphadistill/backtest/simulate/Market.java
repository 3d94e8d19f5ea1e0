package alphadistill.backtest.simulate;

import alphadistill.data.panel.Panel;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The prices orders are filled at and positions are valued with.
 *
 * @param dates trading days, rising
 * @param assets names, in column order
 * @param close {@code [day][asset]}, total-return adjusted, positive; NaN = no price, not tradable
 * @param open the same at the open; needed for fills at the open
 * @param volume shares traded; zero = not tradable. Needed for market impact
 */
public record Market(
    List<LocalDate> dates,
    List<String> assets,
    double[][] close,
    Optional<double[][]> open,
    Optional<double[][]> volume) {

  public Market {
    dates = List.copyOf(dates);
    assets = List.copyOf(assets);
    if (close.length != dates.size()) {
      throw new IllegalArgumentException(
          "%d rows of closes for %d dates".formatted(close.length, dates.size()));
    }
    for (Optional<double[][]> other : List.of(open, volume)) {
      if (other.isPresent() && other.get().length != dates.size()) {
        throw new IllegalArgumentException(
            "%d rows of opens or volumes for %d dates".formatted(other.get().length, dates.size()));
      }
    }
    for (int day = 0; day < close.length; day++) {
      for (double price : close[day]) {
        if (price <= 0 || price == Double.POSITIVE_INFINITY) {
          throw new IllegalArgumentException(
              "a close of %s on %s: prices are positive and finite, a missing one is NaN"
                  .formatted(price, dates.get(day)));
        }
      }
    }
  }

  /** Fields {@code close} and, where the panel has them, {@code open} and {@code volume}. */
  public static Market of(Panel prices) {
    return new Market(
        prices.dates(),
        prices.assets(),
        values(prices, "close"),
        prices.hasField("open") ? Optional.of(values(prices, "open")) : Optional.empty(),
        prices.hasField("volume") ? Optional.of(values(prices, "volume")) : Optional.empty());
  }

  /** One field of a panel as {@code [day][asset]}. */
  public static double[][] values(Panel panel, String field) {
    int index = panel.fieldIndex(field);
    double[][] values = new double[panel.days()][panel.assetCount()];
    for (int day = 0; day < values.length; day++) {
      float[] row = panel.crossSection(index, day);
      for (int asset = 0; asset < row.length; asset++) {
        values[day][asset] = row[asset];
      }
    }
    return values;
  }

  public int days() {
    return dates.size();
  }
}

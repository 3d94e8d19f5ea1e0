package alphadistill.student.study;

import alphadistill.data.feature.CrossSectionalScaling.Members;
import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.Panel;
import alphadistill.data.simulate.SimulatedMarket;
import java.util.Optional;

/**
 * A market as it was observed.
 *
 * @param prices with {@code close}, and {@code open}, {@code high}, {@code low}, {@code volume} where features need them
 * @param characteristics further values known at the close of their day, on the days and assets of the prices
 * @param factors daily factor returns; the first is the market
 * @param universe which assets count on which day, known on that day
 */
public record MarketData(
    Panel prices,
    Optional<Panel> characteristics,
    Optional<FactorReturns> factors,
    Members universe) {

  public MarketData {
    characteristics.ifPresent(panel -> {
      if (!panel.dates().equals(prices.dates()) || !panel.assets().equals(prices.assets())) {
        throw new IllegalArgumentException(
            "characteristics must have the days and assets of the prices: %d x %d and %d x %d"
                .formatted(panel.days(), panel.assetCount(), prices.days(), prices.assetCount()));
      }
    });
  }

  /** Prices alone, every asset counting whenever it is quoted. */
  public static MarketData of(Panel prices) {
    return new MarketData(prices, Optional.empty(), Optional.empty(), (day, asset) -> true);
  }

  /** A simulated market with its characteristics and factors. */
  public static MarketData of(SimulatedMarket market) {
    return new MarketData(
        market.prices(),
        Optional.of(market.characteristics()),
        Optional.of(market.factors()),
        (day, asset) -> true);
  }

  /** The market as it was known at the close of a day index. */
  public MarketData upTo(int day) {
    return new MarketData(
        prices.firstDays(day + 1),
        characteristics.map(panel -> panel.firstDays(day + 1)),
        factors,
        universe);
  }
}

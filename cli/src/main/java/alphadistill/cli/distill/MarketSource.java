package alphadistill.cli.distill;

import alphadistill.cli.config.RunConfig;
import alphadistill.data.DataException;
import alphadistill.data.simulate.SimulatedMarket;
import alphadistill.data.simulate.SimulationSpec;
import java.util.Locale;

/** Reads the market a configuration names. */
public final class MarketSource {
  private MarketSource() {}

  /** @throws DataException if a file cannot be used, or what is left is no cross-section of assets */
  public static ObservedMarket read(RunConfig.Data data) {
    return data.source() == RunConfig.Source.FILES
        ? MarketFiles.read(data).observed(data.minimumAssets())
        : simulated(data.simulated().spec());
  }

  private static ObservedMarket simulated(SimulationSpec spec) {
    return ObservedMarket.of(
        SimulatedMarket.of(spec),
        "simulated %s market of %d assets over %d days, seed %d"
            .formatted(
                spec.kind().name().toLowerCase(Locale.ROOT),
                spec.assets(),
                spec.days(),
                spec.seed()));
  }
}

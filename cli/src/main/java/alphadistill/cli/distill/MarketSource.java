package alphadistill.cli.distill;

import alphadistill.cli.config.RunConfig;
import alphadistill.data.simulate.SimulatedMarket;
import alphadistill.data.simulate.SimulationSpec;

/** Reads the market a configuration names. */
final class MarketSource {
  private MarketSource() {}

  static ObservedMarket read(RunConfig.Data data) {
    SimulationSpec spec = data.simulated().spec();
    return ObservedMarket.of(
        SimulatedMarket.of(spec),
        "simulated %s market of %d assets over %d days, seed %d"
            .formatted(
                spec.kind().name().toLowerCase(java.util.Locale.ROOT),
                spec.assets(),
                spec.days(),
                spec.seed()));
  }
}

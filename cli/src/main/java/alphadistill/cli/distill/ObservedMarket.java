package alphadistill.cli.distill;

import alphadistill.cli.config.RunConfig;
import alphadistill.data.simulate.SimulatedMarket;
import alphadistill.student.study.MarketData;
import java.util.List;
import java.util.Optional;

/**
 * A market and what became of the rows it was made from.
 *
 * @param data prices, characteristics, factors, universe
 * @param hashes SHA-256 of each input's content, by name
 * @param notes one line about each source, for the report
 * @param drops what was left out, by reason
 * @param simulated the truth behind a simulated market
 */
public record ObservedMarket(
    MarketData data,
    List<Hash> hashes,
    List<String> notes,
    List<Drop> drops,
    Optional<SimulatedMarket> simulated) {

  /** SHA-256 of one input, in hexadecimal. */
  public record Hash(String input, String sha256) {}

  /** Rows or values left out for one reason, with the first of them. */
  public record Drop(String reason, long count, String example) {}

  public ObservedMarket {
    hashes = List.copyOf(hashes);
    notes = List.copyOf(notes);
    drops = List.copyOf(drops);
  }

  /** Reads the market a configuration names. */
  public static ObservedMarket read(RunConfig.Data data) {
    return MarketSource.read(data);
  }

  static ObservedMarket of(SimulatedMarket market, String note) {
    return new ObservedMarket(
        MarketData.of(market),
        List.of(
            new Hash("prices", market.prices().contentHash()),
            new Hash("characteristics", market.characteristics().contentHash())),
        List.of(note),
        List.of(),
        Optional.of(market));
  }
}

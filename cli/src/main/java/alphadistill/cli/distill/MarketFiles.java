package alphadistill.cli.distill;

import alphadistill.cli.config.InputPath;
import alphadistill.cli.config.RunConfig;
import alphadistill.data.DataException;
import alphadistill.data.check.SuspiciousTick;
import alphadistill.data.check.SuspiciousTicks;
import alphadistill.data.check.TickPolicy;
import alphadistill.data.feature.CrossSectionalScaling.Members;
import alphadistill.data.filing.FilingCharacteristics;
import alphadistill.data.filing.Filings;
import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.ColumnMapping;
import alphadistill.data.source.DropReport;
import alphadistill.data.source.FactorFiles;
import alphadistill.data.source.FrenchFile;
import alphadistill.data.source.PriceReader;
import alphadistill.data.source.PriceTable;
import alphadistill.data.source.ReadPolicy;
import alphadistill.data.source.Selection;
import alphadistill.data.universe.Membership;
import alphadistill.student.study.MarketData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of a market as they were read, before and after the check for bad prints.
 *
 * @param asRead prices as the file has them
 * @param ticks closes that look wrong, knowing only the past; none when {@code badTicks} is keep
 * @param prices with the days of bad prints missing
 * @param characteristics ratios from company reports; empty when no file of reports is named
 * @param factors joined on their dates; empty when no file is named
 * @param universe {@code [day * assets + asset]}; empty when every asset counts
 * @param hashes SHA-256 of each file
 * @param notes one line about each source
 * @param drops what was left out on the way
 */
public record MarketFiles(
    Panel asRead,
    List<SuspiciousTick> ticks,
    Panel prices,
    Optional<Panel> characteristics,
    Optional<FactorReturns> factors,
    Optional<boolean[]> universe,
    List<ObservedMarket.Hash> hashes,
    List<String> notes,
    DropReport drops) {

  /**
   * Reads prices, factors, universe and company reports. Relative paths are found by {@link InputPath}.
   *
   * @throws DataException if a file cannot be used, or factors, universe or reports have nothing to do with the prices
   */
  public static MarketFiles read(RunConfig.Data data) {
    return new Reading(data).all();
  }

  /**
   * These files as a market.
   *
   * @throws DataException if there are fewer assets than a cross-section needs
   */
  public ObservedMarket observed(int minimumAssets) {
    if (prices.assetCount() < minimumAssets) {
      throw new DataException(
          "%s: %d %s, but a cross-section needs at least %d (data.minimumAssets): read more assets"
              .formatted(
                  notes.get(0),
                  prices.assetCount(),
                  prices.assetCount() == 1 ? "asset" : "assets",
                  minimumAssets));
    }
    int assets = prices.assetCount();
    MarketData data = new MarketData(
        prices,
        characteristics,
        factors,
        universe
            .<Members>map(mask -> (day, asset) -> mask[day * assets + asset])
            .orElse((day, asset) -> true));
    List<ObservedMarket.Drop> left = drops.drops().stream()
        .map(drop -> new ObservedMarket.Drop(drop.reason(), drop.count(), drop.firstExample()))
        .toList();
    return new ObservedMarket(data, hashes, notes, left, Optional.empty());
  }

  /** One pass over the files; prices first, because the others are judged by them. */
  private static final class Reading {
    private static final String CLOSE = "close";

    private final RunConfig.Data data;
    private final List<ObservedMarket.Hash> hashes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private DropReport drops = DropReport.NONE;

    Reading(RunConfig.Data data) {
      this.data = data;
    }

    MarketFiles all() {
      Path file = InputPath.find(data.prices());
      Selection selection = selection(Set.of());
      PriceTable read =
          new PriceReader(data.columns().mapping(), ReadPolicy.standard()).read(file, selection);
      drops = read.drops();
      hash("prices", file);
      Panel asRead = read.panel();
      note(
          file,
          "prices of %d assets on %d days, %s to %s%s"
              .formatted(
                  asRead.assetCount(),
                  asRead.days(),
                  asRead.dates().get(0),
                  asRead.dates().get(asRead.days() - 1),
                  data.exclude().isEmpty()
                      ? ""
                      : ", without " + String.join(", ", data.exclude())));
      List<SuspiciousTick> ticks = List.of();
      Panel prices = asRead;
      if (data.badTicks() == RunConfig.BadTicks.MASK) {
        ticks = SuspiciousTicks.find(asRead, TickPolicy.causal());
        PriceTable clean = SuspiciousTicks.apply(asRead, ticks);
        drops = drops.merged(clean.drops());
        prices = clean.panel();
      }
      Optional<FactorReturns> factors = factors(prices);
      Optional<boolean[]> universe = universe(prices);
      Optional<Panel> characteristics = characteristics(prices);
      return new MarketFiles(
          asRead,
          ticks,
          prices,
          characteristics,
          factors,
          universe,
          List.copyOf(hashes),
          List.copyOf(notes),
          drops);
    }

    private Selection selection(Set<String> symbols) {
      return new Selection(
          Optional.ofNullable(data.from()),
          Optional.ofNullable(data.to()),
          symbols,
          Set.copyOf(data.exclude()));
    }

    private Optional<FactorReturns> factors(Panel prices) {
      if (data.factors().isEmpty()) {
        return Optional.empty();
      }
      List<Path> files = data.factors().stream().map(InputPath::find).toList();
      FactorReturns factors = FactorFiles.join(files, data.factorUnit());
      drops = drops.merged(FactorFiles.requireOverlap(factors, prices.dates()));
      for (Path file : files) {
        hash("factors", file);
        note(
            file,
            "factor returns, vintage %s"
                .formatted(
                    FrenchFile.read(file, data.factorUnit()).vintage().orElse("not stated")));
      }
      return Optional.of(factors);
    }

    private Optional<boolean[]> universe(Panel prices) {
      if (data.universe() == null) {
        return Optional.empty();
      }
      Path file = InputPath.find(data.universe());
      int rank = data.maximumRank() == 0 ? Integer.MAX_VALUE : data.maximumRank();
      Set<String> priced = Set.copyOf(prices.assets());
      Membership members = Membership.read(file, rank).withShareClassesOf(priced);
      boolean[] mask = members.mask(prices);
      hash("universe", file);
      note(file, membersADay(mask, prices));
      Set<String> unpriced = new TreeSet<>(members.symbols());
      unpriced.removeAll(priced);
      if (!unpriced.isEmpty()) {
        drops = drops.merged(new DropReport(List.of(new DropReport.Drop(
            "symbol of the universe without prices",
            unpriced.size(),
            unpriced.iterator().next()))));
      }
      return Optional.of(mask);
    }

    private Optional<Panel> characteristics(Panel prices) {
      if (data.filings() == null) {
        return Optional.empty();
      }
      Path file = InputPath.find(data.filings());
      Filings filings = Filings.read(file);
      DropReport without = filings.requireOverlap(prices.dates(), prices.assets());
      drops = drops.merged(filings.drops()).merged(without);
      hash("filings", file);
      note(
          file,
          "%d company reports, first seen %s to %s, of %d of the %d assets"
              .formatted(
                  filings.count(),
                  filings.firstSeen(),
                  filings.lastSeen(),
                  prices.assetCount() - without.total(),
                  prices.assetCount()));
      return Optional.of(
          data.unadjusted().prices() == null
              ? FilingCharacteristics.compute(filings, prices.dates(), prices.assets())
              : FilingCharacteristics.compute(filings, unadjusted(prices), CLOSE));
    }

    /** Closes as quoted, on the days and assets of the prices. */
    private Panel unadjusted(Panel prices) {
      Path file = InputPath.find(data.unadjusted().prices());
      ColumnMapping named = data.columns().mapping();
      String close =
          Objects.requireNonNullElse(data.unadjusted().close(), named.columns().get(CLOSE));
      ColumnMapping closes = new ColumnMapping(
          named.date(),
          named.asset(),
          Map.of(CLOSE, close),
          named.datePattern(),
          named.delimiter());
      PriceTable read = new PriceReader(closes, ReadPolicy.standard())
          .read(file, selection(Set.copyOf(prices.assets())));
      read.drops()
          .drops()
          .forEach(drop -> drops = drops.merged(new DropReport(List.of(new DropReport.Drop(
              "unadjusted prices: " + drop.reason(), drop.count(), drop.firstExample())))));
      hash("unadjusted prices", file);
      note(
          file,
          "unadjusted closes of %d of the %d assets, %s to %s"
              .formatted(
                  read.panel().assetCount(),
                  prices.assetCount(),
                  read.panel().dates().get(0),
                  read.panel().dates().get(read.panel().days() - 1)));
      return read.panel().on(prices.dates(), prices.assets());
    }

    private static String membersADay(boolean[] mask, Panel prices) {
      int least = Integer.MAX_VALUE;
      int most = 0;
      int without = 0;
      for (int day = 0; day < prices.days(); day++) {
        int count = 0;
        for (int asset = 0; asset < prices.assetCount(); asset++) {
          count += mask[day * prices.assetCount() + asset] ? 1 : 0;
        }
        without += count == 0 ? 1 : 0;
        least = count == 0 ? least : Math.min(least, count);
        most = Math.max(most, count);
      }
      return "universe of %d to %d members a day%s"
          .formatted(least, most, without == 0 ? "" : ", none on %d days".formatted(without));
    }

    private void note(Path file, String what) {
      notes.add(file.getFileName() + ": " + what);
    }

    private void hash(String role, Path file) {
      hashes.add(new ObservedMarket.Hash(role + " " + file.getFileName(), sha256(file)));
    }

    private static String sha256(Path file) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
          in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
      } catch (IOException e) {
        throw DataException.in(file, "cannot be read (%s)".formatted(e), e);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JVM has SHA-256", e);
      }
    }
  }
}

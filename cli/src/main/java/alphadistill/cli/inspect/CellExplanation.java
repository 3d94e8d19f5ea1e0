package alphadistill.cli.inspect;

import alphadistill.cli.config.RunConfig;
import alphadistill.cli.config.UsageException;
import alphadistill.cli.distill.MarketFiles;
import alphadistill.cli.distill.MarketSource;
import alphadistill.cli.distill.ObservedMarket;
import alphadistill.cli.distill.StudyChecks;
import alphadistill.data.NearestName;
import alphadistill.data.check.SuspiciousTick;
import alphadistill.data.explain.CellTrace;
import alphadistill.data.feature.Returns;
import alphadistill.data.panel.Panel;
import alphadistill.student.study.MarketData;
import alphadistill.student.study.Study;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** One asset on one day, from the file to features and label, by the very code that runs use. */
public final class CellExplanation {
  private CellExplanation() {}

  /**
   * Every step with its numbers, for checking by hand.
   *
   * @throws UsageException if the asset or the day is not in the data
   */
  public static String of(RunConfig config, String asset, LocalDate date) {
    Panel asRead;
    List<SuspiciousTick> ticks;
    ObservedMarket market;
    if (config.data().source() == RunConfig.Source.FILES) {
      MarketFiles files = MarketFiles.read(config.data());
      asRead = files.asRead();
      ticks = files.ticks();
      market = files.observed(config.data().minimumAssets());
    } else {
      market = MarketSource.read(config.data());
      asRead = market.data().prices();
      ticks = List.of();
    }
    requireThere(asRead, asset, date);
    StudyChecks.requireKnown(config.features().names(), market);
    return processors(config) + trace(config, market.data(), asRead, ticks, asset, date);
  }

  private static String trace(
      RunConfig config,
      MarketData market,
      Panel asRead,
      List<SuspiciousTick> ticks,
      String asset,
      LocalDate date) {
    Study study = Study.of(market, config.study());
    int day = asRead.dayIndex(date);
    int column = asRead.assetIndex(asset);
    CellTrace trace = new CellTrace(asset, date);
    trace.prices(asRead, market.prices(), ticks);
    trace.member(market.universe().contain(day, column));
    trace.features(Study.rawFeatures(market, study.spec().features()), study.features());
    trace.label(market.prices(), config.label());
    int assets = asRead.assetCount();
    float[] labels = Returns.forward(market.prices(), config.label());
    trace.target(
        Arrays.copyOfRange(labels, day * assets, (day + 1) * assets),
        Arrays.copyOfRange(study.targets(), day * assets, (day + 1) * assets),
        column);
    StringBuilder text = new StringBuilder();
    trace.steps().forEach(step -> text.append(step).append('\n'));
    text.append("a sample may end here: ")
        .append(study.isEligible(day, column) ? "yes" : "no")
        .append('\n');
    return text.toString();
  }

  private static String processors(RunConfig config) {
    return "in this order: %s; features; ends cut to the quantiles %s and %s; %s of the date's members; label\n"
        .formatted(
            config.data().badTicks() == RunConfig.BadTicks.MASK
                ? "days of bad prints marked missing, knowing only the past"
                : "prices as read",
            config.features().winsorise(),
            1 - config.features().winsorise(),
            config.features().scaling().toString().toLowerCase(java.util.Locale.ROOT));
  }

  private static void requireThere(Panel prices, String asset, LocalDate date) {
    if (!prices.assets().contains(asset)) {
      throw new UsageException("--asset %s: not among the %d assets%s"
          .formatted(
              asset,
              prices.assetCount(),
              NearestName.of(asset, prices.assets())
                  .map(near -> "; did you mean %s?".formatted(near))
                  .orElse("")));
    }
    if (!prices.dates().contains(date)) {
      int before = prices.lastDayOnOrBefore(date);
      throw new UsageException("--date %s: not a trading day of these prices; %s"
          .formatted(
              date,
              before < 0
                  ? "the first is " + prices.dates().get(0)
                  : "the last one before is " + prices.dates().get(before)));
    }
  }
}

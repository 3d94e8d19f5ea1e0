package alphadistill.cli;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.InputPath;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.config.UsageException;
import alphadistill.cli.distill.MarketSource;
import alphadistill.cli.inspect.CellExplanation;
import alphadistill.cli.inspect.MarketDescription;
import alphadistill.data.check.DataCheck;
import alphadistill.data.check.Finding;
import alphadistill.data.feature.FeatureSet;
import alphadistill.data.source.PriceReader;
import alphadistill.data.source.PriceTable;
import alphadistill.data.source.ReadPolicy;
import alphadistill.data.table.PanelWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code data import|describe|check|explain}: looks at market data before anything is trained on them. */
@Command(
    name = "data",
    description = "Imports, describes, checks and explains market data.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill data import prices.csv --out prices.parquet --delimiter ';' --date-form dd.MM.yyyy",
      "  alphadistill data describe configs/us-stocks.yaml",
      "  alphadistill data check prices.parquet --fail-on error",
      "  alphadistill data explain configs/us-stocks.yaml --asset AAPL --date 2014-06-09"
    })
final class DataCommand {
  @Spec
  private CommandSpec spec;

  @Command(
      name = "import",
      description = {
        "Reads a price file, refuses or counts what is wrong in it, and writes it with the standard columns",
        "date, symbol, open, high, low, close, volume, so that it needs no mapping any more."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill data import prices.csv.gz --out prices.parquet",
        "  alphadistill data import yahoo.csv --out yahoo.parquet --col-asset Ticker --col-close 'Adj Close' --any-order",
        "  alphadistill data import stooq.txt --out 2010s.parquet --date-form yyyyMMdd --from 2010-01-01"
      })
  int importFile(
      @Parameters(paramLabel = "FILE", description = ".csv, .csv.gz or .parquet") Path file,
      @Option(names = "--out", required = true, paramLabel = "FILE.parquet") Path out,
      @Mixin PriceFileOptions options) {
    if (!out.toString().endsWith(".parquet")) {
      throw new UsageException(
          "--out %s: what is written is Parquet, so let the name end in .parquet".formatted(out));
    }
    PriceTable prices = read(file, ReadPolicy.standard(), options);
    PanelWriter.parquet(prices.panel(), out, "symbol");
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        Locale.ROOT,
        "%s: %,d assets on %,d days, %s to %s%n",
        out,
        prices.panel().assetCount(),
        prices.panel().days(),
        prices.panel().dates().get(0),
        prices.panel().dates().get(prices.panel().days() - 1));
    prices.drops().drops().forEach(drop -> console.println("left out: " + drop));
    console.flush();
    return Main.DONE;
  }

  @Command(
      name = "describe",
      description = {
        "Span, assets, fields and coverage of each year, and the features that can be made from prices.",
        "Of a configuration also its universe, its factors and what was left out. Without a file: the features alone."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill data describe",
        "  alphadistill data describe prices.csv --delimiter tab",
        "  alphadistill data describe configs/us-stocks.yaml --set data.maximumRank=100"
      })
  int describe(
      @Parameters(
              arity = "0..1",
              paramLabel = "FILE|CONFIG",
              description = "prices, or a .yaml configuration")
          Path file,
      @Option(names = "--set", paramLabel = "KEY=VALUE", description = "overrides a key of CONFIG")
          List<String> set,
      @Mixin PriceFileOptions options) {
    PrintWriter console = spec.commandLine().getOut();
    if (file != null && isConfig(file)) {
      console.println(MarketDescription.of(MarketSource.read(config(file, set).data())));
    } else if (file != null) {
      console.println(MarketDescription.of(
          read(file, ReadPolicy.inspecting(), options).panel(), (day, asset) -> true));
    }
    console.print(MarketDescription.features());
    console.flush();
    return Main.DONE;
  }

  @Command(
      name = "check",
      description = {
        "Lists what a person should look at: gaps, repeated closes, one-day prints, unadjusted splits, zero volume ...",
        "The worst first, each with severity, date, kind and asset. Nothing is changed."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExit code:%n",
      footer = {
        "  0 whatever is found, or 4 with --fail-on when there is such a finding.",
        "",
        "Examples:",
        "  alphadistill data check prices.parquet",
        "  alphadistill data check prices.parquet --fail-on error > findings.txt"
      })
  int check(
      @Parameters(paramLabel = "FILE", description = ".csv, .csv.gz or .parquet") Path file,
      @Option(
              names = "--fail-on",
              paramLabel = "SEVERITY",
              description = "error, warning or info: exit code 4 for findings at least that bad")
          Finding.Severity failOn,
      @Mixin PriceFileOptions options) {
    DataCheck check = DataCheck.of(read(file, ReadPolicy.inspecting(), options));
    PrintWriter console = spec.commandLine().getOut();
    check.findings().forEach(console::println);
    console.println(check.findings().isEmpty() ? "nothing found" : "");
    check.counts().forEach((kind, count) -> console.printf(Locale.ROOT, "%,8d  %s%n", count, kind));
    console.flush();
    // Severities are declared with the worst first.
    long bad = check.findings().stream()
        .filter(finding -> failOn != null && finding.severity().compareTo(failOn) <= 0)
        .count();
    if (bad > 0) {
      spec.commandLine()
          .getErr()
          .println("alphadistill: %s: %,d findings of severity %s or worse"
              .formatted(file, bad, failOn.toString().toLowerCase(Locale.ROOT)));
      return Main.REFUSED;
    }
    return Main.DONE;
  }

  @Command(
      name = "explain",
      description = {
        "Follows one asset on one day: price in the file, bad-print check, universe, each feature with its formula and",
        "its scaled value, label with its two closes. Of a price file: every feature there is, scaled as by default."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill data explain configs/us-stocks.yaml --asset AAPL --date 2014-06-09",
        "  alphadistill data explain prices.parquet --asset AAPL --date 2014-06-09"
      })
  int explain(
      @Parameters(paramLabel = "FILE|CONFIG", description = "prices, or a .yaml configuration")
          Path file,
      @Option(names = "--asset", required = true, paramLabel = "NAME") String asset,
      @Option(names = "--date", required = true, paramLabel = "DATE") LocalDate date,
      @Option(names = "--set", paramLabel = "KEY=VALUE", description = "overrides a key of CONFIG")
          List<String> set) {
    RunConfig config = isConfig(file) ? config(file, set) : everyFeatureOf(file, set);
    PrintWriter console = spec.commandLine().getOut();
    console.print(CellExplanation.of(config, asset, date));
    console.flush();
    return Main.DONE;
  }

  private static PriceTable read(Path file, ReadPolicy policy, PriceFileOptions options) {
    return new PriceReader(options.columns().mapping(), options.policy(policy))
        .read(InputPath.find(file), options.selection());
  }

  private static boolean isConfig(Path file) {
    return file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
  }

  private static RunConfig config(Path file, List<String> set) {
    return ConfigFile.load(ConfigCommand.defaults(), file)
        .set(set == null ? List.of() : set)
        .as(RunConfig.class);
  }

  private static RunConfig everyFeatureOf(Path file, List<String> set) {
    return ConfigFile.ofDefaults(ConfigCommand.defaults())
        .set(List.of(
            "data.source=files",
            "data.prices=" + ConfigFile.print(file.toString()).trim(),
            "data.minimumAssets=2",
            "augmentation.mixup=0",
            "features.names=" + FeatureSet.names()))
        .set(set == null ? List.of() : set)
        .as(RunConfig.class);
  }
}

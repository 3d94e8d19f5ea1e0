package alphadistill.cli;

import alphadistill.backtest.EvaluationSpec;
import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.config.UsageException;
import alphadistill.cli.scores.ScoreSource;
import alphadistill.cli.scores.ScoresRun;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backtest}: signals made elsewhere, judged as a student is. Its defaults are those of every configuration. */
@Command(
    name = "backtest",
    description = {
      "Judges your own signals: IC with honest errors, a portfolio after costs, and each file against the first.",
      "A score of a date is known at its close; higher is better. Options left out have the value 'config print' shows."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill backtest --scores my.csv --prices prices.parquet",
      "  alphadistill backtest --scores old=old.csv --scores new=new.parquet --prices prices.csv.gz --horizon 20 --out results",
      "  alphadistill backtest --scores my.csv --prices prices.csv --rule topk --top-k 30 --drop 3 --set backtest.fill=open"
    })
final class BacktestCommand implements Callable<Integer> {
  /** How scores become weights, and what configurations call it. */
  enum Rule {
    QUANTILE("quantile_long_short"),
    SIGNAL("signal_weighted"),
    TOPK("top_k_dropout");

    private final String key;

    Rule(String key) {
      this.key = key;
    }
  }

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--scores",
      required = true,
      paramLabel = "[NAME=]FILE",
      description = "CSV, CSV.gz or Parquet of date, asset, score; repeatable, then compared")
  private List<String> scores;

  @Option(
      names = "--prices",
      required = true,
      paramLabel = "FILE",
      description =
          "CSV, CSV.gz or Parquet of date, symbol, close; open, high, low, volume as well")
  private Path prices;

  @Option(
      names = "--factors",
      paramLabel = "FILE",
      description = "daily Kenneth French file, for attribution and cash; repeatable")
  private List<Path> factors = List.of();

  @Option(names = "--rule", paramLabel = "RULE", description = "quantile, signal or topk")
  private Rule rule;

  @Option(names = "--quantile", paramLabel = "SHARE", description = "of names long, and short")
  private String quantile;

  @Option(names = "--top-k", paramLabel = "K", description = "names held by topk")
  private String topK;

  @Option(names = "--drop", paramLabel = "N", description = "names topk replaces a date at most")
  private String drop;

  @Option(names = "--horizon", paramLabel = "H", description = "trading days of the return")
  private String horizon;

  @Option(names = "--lag", paramLabel = "L", description = "trading days from score to fill")
  private String lag;

  @Option(names = "--commission", paramLabel = "RATE", description = "decimal, of traded value")
  private String commission;

  @Option(names = "--slippage", paramLabel = "RATE", description = "decimal, of traded value")
  private String slippage;

  @Option(names = "--borrow", paramLabel = "RATE", description = "decimal a year, of short value")
  private String borrow;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "signals you tried in all, these included; deflates Sharpe ratios")
  private int trials = 1;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "any other key; repeatable")
  private List<String> set = List.of();

  @Option(names = "--out", paramLabel = "DIR", description = "folder for metrics.json")
  private Path out;

  @Override
  public Integer call() {
    RunConfig config = configuration().as(RunConfig.class);
    List<ScoreSource> sources = scores.stream().map(ScoreSource::parse).toList();
    ScoresRun run = ScoresRun.of(
        sources,
        prices,
        factors,
        evaluation(config),
        config.data().badTicks() == RunConfig.BadTicks.MASK,
        trials);
    var console = spec.commandLine().getOut();
    console.print(run.table());
    if (out != null) {
      run.write(out);
      console.println();
      console.println("report   " + out.resolve(ScoresRun.REPORT).toAbsolutePath());
      console.println("results  " + out.toAbsolutePath());
    }
    console.flush();
    return Main.DONE;
  }

  private static EvaluationSpec evaluation(RunConfig config) {
    try {
      return config.evaluation();
    } catch (IllegalArgumentException e) { // values that are right alone and wrong together
      throw new UsageException(e.getMessage());
    }
  }

  private ConfigFile configuration() {
    ConfigFile config = ConfigFile.ofDefaults(ConfigCommand.defaults()).set(set);
    put(config, "backtest.weights", "--rule", rule == null ? null : rule.key);
    put(config, "backtest.quantile", "--quantile", quantile);
    put(config, "backtest.topK", "--top-k", topK);
    put(config, "backtest.drop", "--drop", drop);
    put(config, "label.horizon", "--horizon", horizon);
    put(config, "label.lag", "--lag", lag);
    put(config, "backtest.commission", "--commission", commission);
    put(config, "backtest.slippage", "--slippage", slippage);
    put(config, "backtest.borrow", "--borrow", borrow);
    return config;
  }

  private static void put(ConfigFile config, String key, String option, String value) {
    if (value != null) {
      config.set(key, value, option + " " + value);
    }
  }
}

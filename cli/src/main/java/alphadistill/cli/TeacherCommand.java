package alphadistill.cli;

import alphadistill.cli.config.UsageException;
import alphadistill.cli.teacher.Components;
import alphadistill.cli.teacher.Panels;
import alphadistill.cli.teacher.Pricing;
import alphadistill.teacher.ipca.Ipca;
import alphadistill.teacher.pricing.TwoPassModel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code teacher}: linear factor models of tables of one's own. */
@Command(
    name = "teacher",
    description = {
      "Estimates linear factor models from any CSV or Parquet table: what can teach a student, for itself.",
      "Returns are decimals. Each prints a table and writes every digit with --json. 'fit' judges a configured teacher."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = TeacherFitCommand.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill teacher regress --returns portfolios.csv --factors factors.csv --risk-free RF --grs",
      "  alphadistill teacher fama-macbeth --panel panel.csv --entity firm --time month --dependent ret --characteristics size,value",
      "  alphadistill teacher COMMAND --help         # options and examples of one command"
    })
final class TeacherCommand {
  private static final int RULE = -1;

  @Spec
  private CommandSpec spec;

  @Command(
      name = "regress",
      description = {
        "Each asset's returns on a constant and the factors: alphas, betas, classical and Newey-West errors.",
        "With --grs also whether the alphas are zero together: Gibbons, Ross and Shanken's test and robust ones."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill teacher regress --returns french.csv.gz --assets S1V1,S1V3 --factors french.csv.gz --factor-columns MktRF,SMB,HML --risk-free RF --grs"
      })
  int regress(
      @Mixin FactorOptions data,
      @Option(
              names = "--lags",
              paramLabel = "L",
              description = "of the Newey-West errors; default: floor(4 (T/100)^(2/9))")
          Integer lags,
      @Option(names = "--grs", description = "tests all alphas together") boolean grs,
      @Mixin FindingsOption out) {
    int lag = lag(lags);
    return out.tell(
        Pricing.regressions(data.read(), lag, grs), spec.commandLine().getOut());
  }

  @Command(
      name = "two-pass",
      description = {
        "Mean returns on full-sample betas: premia with Fama-MacBeth, Shanken and GMM errors, and a test of the rest."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill teacher two-pass --returns portfolios.csv --factors factors.csv --risk-free RF --zero-beta",
        "  alphadistill teacher two-pass --returns excess.parquet --factors factors.csv --gls --json premia.json"
      })
  int twoPass(
      @Mixin FactorOptions data,
      @Option(names = "--zero-beta", description = "with a constant: the return at zero beta")
          boolean zeroBeta,
      @Option(
              names = "--gls",
              description =
                  "weighs by the inverse covariance of returns; default: all assets alike")
          boolean gls,
      @Option(
              names = "--lags",
              paramLabel = "L",
              defaultValue = "0",
              description =
                  "of the GMM errors; default: ${DEFAULT-VALUE}, heteroskedasticity alone")
          int lags,
      @Option(names = "--large-sample", description = "GMM errors over T, not T - K - 1")
          boolean largeSample,
      @Mixin FindingsOption out) {
    TwoPassModel model = usage(() -> new TwoPassModel(
        gls ? TwoPassModel.Weighting.GLS : TwoPassModel.Weighting.OLS,
        zeroBeta,
        lags,
        !largeSample));
    return out.tell(Pricing.twoPass(data.read(), model), spec.commandLine().getOut());
  }

  @Command(
      name = "fama-macbeth",
      description = {
        "A cross-section in each period and the mean of its slopes, with their errors over time."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill teacher fama-macbeth --panel grunfeld.csv.gz --entity firm --time year --dependent invest --characteristics value,capital --lags 3"
      })
  int famaMacBeth(
      @Mixin PanelOptions panel,
      @Option(
              names = "--lags",
              paramLabel = "L",
              description = "of the Newey-West errors; default: floor(4 (T/100)^(2/9))")
          Integer lags,
      @Mixin FindingsOption out) {
    int lag = lag(lags);
    return out.tell(Panels.famaMacBeth(panel.file(), lag), spec.commandLine().getOut());
  }

  @Command(
      name = "ipca",
      description = {
        "Latent factors whose loadings are linear in characteristics: instrumented principal components."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill teacher ipca --panel grunfeld.csv.gz --entity firm --time year --dependent invest --characteristics value,capital --factors 1",
        "  alphadistill teacher ipca --panel months.parquet --entity permno --time month --dependent ret --characteristics size,value,mom --constant --factors 2 --intercept"
      })
  int ipca(
      @Mixin PanelOptions panel,
      @Option(names = "--factors", required = true, paramLabel = "K", description = "how many")
          int factors,
      @Option(
              names = "--intercept",
              description = "characteristics may predict without the factors (alpha)")
          boolean intercept,
      @Option(names = "--constant", description = "adds a characteristic of one for everybody")
          boolean constant,
      @Option(
              names = "--tolerance",
              paramLabel = "X",
              defaultValue = "1e-10",
              description = "largest change of the last sweep; default: ${DEFAULT-VALUE}")
          double tolerance,
      @Option(
              names = "--sweeps",
              paramLabel = "N",
              defaultValue = "20000",
              description =
                  "after which it is an error to go on changing; default: ${DEFAULT-VALUE}")
          int sweeps,
      @Mixin FindingsOption out) {
    Ipca choices = usage(() -> {
      Ipca plain = Ipca.factors(factors).until(tolerance, sweeps);
      return intercept ? plain.withIntercept() : plain;
    });
    return out.tell(
        Panels.ipca(panel.file(), choices, constant), spec.commandLine().getOut());
  }

  @Command(
      name = "pca",
      description = {
        "Principal components of returns: eigenvalues, loadings, values in each period."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill teacher pca --returns industries.csv --risk-free RF --factors 3 --bai-ng 8",
        "  alphadistill teacher pca --returns stocks.parquet --factors 5 --of asymptotic --json factors.json"
      })
  int pca(
      @Mixin ReturnOptions data,
      @Option(names = "--factors", required = true, paramLabel = "K", description = "how many")
          int factors,
      @Option(
              names = "--of",
              defaultValue = "covariance",
              paramLabel = "WHAT",
              description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
          Components.Of of,
      @Option(
              names = "--bai-ng",
              paramLabel = "MOST",
              defaultValue = "0",
              description = "also how many factors Bai and Ng's criteria choose, of up to MOST")
          int most,
      @Mixin FindingsOption out) {
    return out.tell(
        Components.components(data.files(null, List.of()).read(), of, factors, most),
        spec.commandLine().getOut());
  }

  @Command(
      name = "covariance",
      description = {"The covariance matrix of returns, by an estimator that can be inverted."},
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill teacher covariance --returns industries.csv --risk-free RF --method oas --json covariance.json",
        "  alphadistill teacher covariance --returns french.csv.gz --assets NoDur,Durbl --method ledoit_wolf_single_index --factors french.csv.gz --market MktRF"
      })
  int covariance(
      @Mixin ReturnOptions data,
      @Option(
              names = "--method",
              defaultValue = "ledoit_wolf_constant_correlation",
              paramLabel = "NAME",
              description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
          Components.Method method,
      @Option(
              names = "--halflife",
              paramLabel = "ROWS",
              defaultValue = "36",
              description = "of ew; default: ${DEFAULT-VALUE}")
          double halflife,
      @Option(names = "--zero-mean", description = "ew subtracts no mean") boolean zeroMean,
      @Option(
              names = "--lags",
              paramLabel = "L",
              defaultValue = "1",
              description = "of newey_west; default: ${DEFAULT-VALUE}")
          int lags,
      @Option(names = "--factors", paramLabel = "FILE", description = "table that has the market")
          Path factors,
      @Option(
              names = "--market",
              paramLabel = "NAME",
              description = "its column, of the single index; default: the mean of the assets")
          String market,
      @Mixin FindingsOption out) {
    if ((market == null) != (factors == null)) {
      throw new UsageException("--market names a column of --factors: give both or neither");
    }
    var estimator = usage(() -> method.estimator(halflife, zeroMean, lags));
    return out.tell(
        Components.covariance(
            data.files(factors, market == null ? List.of() : List.of(market)).read(),
            estimator,
            market),
        spec.commandLine().getOut());
  }

  private static int lag(Integer given) {
    if (given != null && given < 0) {
      throw new UsageException("--lags must not be negative, was " + given);
    }
    return given == null ? RULE : given;
  }

  /** A choice that is refused is a usage error. */
  private static <T> T usage(Supplier<T> choice) {
    try {
      return choice.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }
}

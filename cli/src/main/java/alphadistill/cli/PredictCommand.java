package alphadistill.cli;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.config.UsageException;
import alphadistill.cli.distill.ObservedMarket;
import alphadistill.cli.distill.Prediction;
import alphadistill.cli.distill.Predictor;
import alphadistill.cli.record.RunRecord;
import alphadistill.data.table.PanelWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code predict}: what a finished run says at the close of one day. */
@Command(
    name = "predict",
    description = {
      "Scores, target weights and orders of one day, from a run's saved models and from data up to that day alone.",
      "On a test day the scores are those of the backtest, bit by bit. After the last one the last fold's model speaks, and says so.",
      "Counts as no trial; leaves the run as it is."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill predict --run runs/demo --asof 2015-02-27",
      "  alphadistill predict --run runs/us-stocks --asof 2024-06-28 --set data.prices=newer.parquet --out orders.csv",
      "  alphadistill predict --run runs/demo --asof 2015-02-27 --model ridge --out ridge.parquet"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      required = true,
      description = "folder of a finished run, or its name below runs")
  private Path run;

  @Option(
      names = "--asof",
      paramLabel = "DATE",
      required = true,
      description = "signal day, such as 2024-06-28")
  private LocalDate day;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "distilled student",
      description = "a model of the run's tables; default: ${DEFAULT-VALUE}")
  private String model;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "a .csv, .csv.gz or .parquet file; a table on the console without it")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "overrides a key of the run's configuration, such as data.prices; repeatable")
  private List<String> set = List.of();

  @Mixin
  private DeviceOption device;

  @Override
  public Integer call() {
    if (file != null && !file.toString().matches(".*\\.(csv|csv\\.gz|parquet)")) {
      throw new UsageException(
          "--out %s: name a file that ends in .csv, .csv.gz or .parquet".formatted(file));
    }
    RunRecord finished = RunRecord.of(run, Path.of("runs"));
    RunConfig config = ConfigFile.load(ConfigCommand.defaults(), finished.configFile())
        .set(set)
        .set(List.of("data.to=" + day))
        .as(RunConfig.class);
    Prediction prediction = new Predictor(
            finished, config.study(), config.evaluation(), device.choose())
        .at(day, ObservedMarket.read(config.data()).data(), model);
    PrintWriter out = spec.commandLine().getOut();
    if (file == null) {
      out.print(prediction.table());
    } else {
      if (file.toString().endsWith(".parquet")) {
        PanelWriter.parquet(prediction.panel(), file);
      } else {
        PanelWriter.csv(prediction.panel(), file);
      }
      prediction.notes().forEach(note -> out.println("note: " + note));
      out.println("wrote " + file.toAbsolutePath());
    }
    out.flush();
    return Main.DONE;
  }
}

package alphadistill.cli;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.run.Progress;
import alphadistill.cli.teacher.ForecastGate;
import alphadistill.cli.teacher.GateVerdict;
import alphadistill.cli.teacher.TeacherFitRun;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code teacher fit CONFIG}: the teacher of a configuration, judged before it teaches. */
@Command(
    name = "fit",
    description = {
      "Fits the teacher of a 'distill' configuration on its market, for every day from that day's past, and says how good its forecasts were.",
      "Writes one page, " + TeacherFitRun.PAGE
          + ", that opens without a network. No student is trained, and it counts as no trial."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill teacher fit configs/us-stocks-quick.yaml",
      "  alphadistill teacher fit my.yaml --set teacher.type=time_series --out reports --json teacher.json",
      "  alphadistill teacher fit my.yaml --gate 2      # exit code 4 unless the HAC t of the mean rank IC is 2"
    })
final class TeacherFitCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions options;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "where the page goes, made if missing; default: the working directory")
  private Path out;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "writes every figure, in full precision, as JSON")
  private Path json;

  @Option(
      names = "--gate",
      paramLabel = "T",
      description =
          "least HAC t of the mean rank IC out of sample; below it, or below teacher.gate in a training span, the exit code is 4")
  private Double gate;

  @Override
  public Integer call() {
    Optional<ForecastGate> bar = Optional.ofNullable(gate).map(ForecastGate::new);
    ConfigFile config = options.load();
    TeacherFitRun.Done done = new TeacherFitRun(config, bar, Progress.toConsole()).run(out, json);
    var console = spec.commandLine().getOut();
    console.print(done.findings().text());
    console.println("page " + done.page().toAbsolutePath().normalize());
    console.flush();
    done.verdicts().forEach(GateVerdict::require);
    return Main.DONE;
  }
}

package alphadistill.cli;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.distill.DistillRun;
import alphadistill.cli.run.Progress;
import alphadistill.engine.device.ComputeDevice;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code distill CONFIG}: a configuration, run to its report. */
@Command(
    name = "distill",
    description = {
      "Trains the students of a configuration fold by fold, beside teacher and baselines, and reports.",
      "Stopped at any instant, the same command goes on where it was and ends with the same bytes."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill distill configs/us-stocks-quick.yaml",
      "  alphadistill distill my.yaml --set training.seeds=[1,2,3] --set name=three-seeds",
      "  alphadistill distill my.yaml --workers 1          # the same bytes, slower"
    })
final class DistillCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions options;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "units of work at a time; short for --set workers=N")
  private Integer workers;

  @Mixin
  private DeviceOption device;

  @Override
  public Integer call() throws Exception {
    ConfigFile config = options.load();
    if (workers != null) {
      config.set(List.of("workers=" + workers));
    }
    return finish(spec, config, device.choose());
  }

  /** Runs a configuration and prints table and paths. */
  static int finish(CommandSpec spec, ConfigFile config, ComputeDevice device) throws Exception {
    DistillRun.Done done = new DistillRun(config, device, Progress.toConsole()).run();
    var out = spec.commandLine().getOut();
    out.println();
    out.print(done.table());
    out.println();
    out.println("report   " + done.report().toAbsolutePath());
    out.println("run      " + done.folder().toAbsolutePath());
    out.flush();
    return Main.DONE;
  }
}

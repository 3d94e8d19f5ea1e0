package alphadistill.cli;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.distill.ObservedMarket;
import alphadistill.cli.run.Progress;
import alphadistill.cli.verify.LeakCheck;
import alphadistill.engine.device.ComputeDevice;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify leak}: controls that a pipeline must pass before its results are believed. */
@Command(
    name = "verify",
    description = "Checks that a pipeline knows nothing of the future.",
    mixinStandardHelpOptions = true)
final class VerifyCommand {
  /** A market small enough for a minute, and enough training for the planted column to be found. */
  private static final List<String> SMALL = List.of(
      "data.simulated.assets=60",
      "data.simulated.days=520",
      "folds.train=250",
      "folds.validation=40",
      "folds.test=80",
      "training.seeds=[1]",
      "training.epochs=6",
      "training.batch=64",
      "training.rate=0.003");

  @Command(
      name = "leak",
      description = {
        "Shuffled labels must give an IC of 0, a planted future column an absurd one (else the pipeline cannot find anything),"
            + " and changing every input after a day must change no feature, loading, scale, regime, score or fill up to it.",
        "Trains the first fold with the first seed, four times. Exit code 4 when a check fails. Writes nothing, counts as no trial."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill verify leak                                  # a small simulated market, about a minute",
        "  alphadistill verify leak my.yaml --set teacher.type=time_series"
      })
  int leak(
      @Parameters(
              arity = "0..1",
              paramLabel = "CONFIG",
              description = "a YAML file; without one, a small simulated market")
          Path file,
      @Option(
              names = "--set",
              paramLabel = "KEY=VALUE",
              description = "overrides a key; repeatable")
          List<String> set,
      @Mixin DeviceOption device) {
    ConfigFile written = file == null
        ? ConfigFile.ofDefaults(ConfigCommand.defaults()).set(SMALL)
        : ConfigFile.load(ConfigCommand.defaults(), file);
    RunConfig config = written.set(set == null ? List.of() : set).as(RunConfig.class);
    ComputeDevice chosen = device.choose();
    Progress progress = Progress.toConsole();
    progress.say("reading the market");
    List<LeakCheck.Finding> findings = new LeakCheck(
            ObservedMarket.read(config.data()).data(), config.study(), config.evaluation(), chosen)
        .run(progress::say);
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    findings.forEach(finding -> out.println("%-7s  %-15s  %-37s  %-36s  %s"
        .formatted(
            finding.holds() ? "ok" : "REFUSED",
            finding.control(),
            finding.subject(),
            finding.found(),
            finding.demanded())));
    long refused = findings.stream().filter(finding -> !finding.holds()).count();
    out.println();
    out.println(
        refused == 0
            ? "all %d checks hold".formatted(findings.size())
            : "%d of %d checks do not hold: do not believe this pipeline's results"
                .formatted(refused, findings.size()));
    out.flush();
    return refused == 0 ? Main.DONE : Main.REFUSED;
  }

  @Spec
  private CommandSpec spec;
}

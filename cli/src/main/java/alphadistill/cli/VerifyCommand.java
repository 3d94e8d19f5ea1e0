package alphadistill.cli;

import alphadistill.cli.bench.DeviceBench;
import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.config.UsageException;
import alphadistill.cli.device.DeviceCheck;
import alphadistill.cli.device.DeviceRecord;
import alphadistill.cli.distill.ObservedMarket;
import alphadistill.cli.run.Progress;
import alphadistill.cli.verify.LeakCheck;
import alphadistill.data.table.AtomicFile;
import alphadistill.engine.device.ComputeDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: controls that a pipeline, and a device, must pass before their results are believed. */
@Command(
    name = "verify",
    description =
        "Checks that a pipeline knows nothing of the future, or that a device computes what it should.",
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

  @Command(
      name = "device",
      description = {
        "Compares every kernel of a device with double precision, the reference's golden files with what it computes, trains a DeiT-Ti on synthetic pictures, whose loss must fall, and times it, in turns with PyTorch where that is installed.",
        "Exit code 4 when a check fails."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill verify device --json device.json",
        "  alphadistill verify device --device cpu --keep cpu.safetensors      # then, on a GPU:",
        "  alphadistill verify device --device cuda --against cpu.safetensors --golden golden"
      })
  int device(
      @Option(
              names = "--golden",
              paramLabel = "DIR",
              description = "folder of the reference's golden files; without it they are left out")
          Path golden,
      @Option(
              names = "--against",
              paramLabel = "FILE",
              description = "what --keep wrote on another device, to compare with too")
          Path against,
      @Option(
              names = "--keep",
              paramLabel = "FILE",
              description = "writes what the kernels compute, for --against, and ends")
          Path keep,
      @Option(names = "--json", paramLabel = "FILE", description = "writes everything found")
          Path json,
      @Option(
              names = "--batch",
              paramLabel = "N",
              defaultValue = "8",
              description = "pictures in a step; default: ${DEFAULT-VALUE}")
          int batch,
      @Option(
              names = "--steps",
              paramLabel = "N",
              defaultValue = "10",
              description = "steps of the training; default: ${DEFAULT-VALUE}")
          int steps,
      @Option(
              names = "--runs",
              paramLabel = "N",
              defaultValue = "5",
              description = "steps that are timed, 0 for none; default: ${DEFAULT-VALUE}")
          int runs,
      @Mixin DeviceOption device)
      throws IOException {
    DeviceCheck.Effort effort;
    try {
      effort = new DeviceCheck.Effort(batch, steps, runs);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
    ComputeDevice chosen = device.choose();
    PrintWriter out = spec.commandLine().getOut();
    if (keep != null) {
      DeviceCheck.keep(chosen, keep);
      out.println("wrote " + keep.toAbsolutePath());
      out.flush();
      return Main.DONE;
    }
    out.println("device    " + chosen);
    DeviceCheck.Result result = new DeviceCheck(
            chosen, new DeviceCheck.Inputs(golden, against), effort)
        .run(Progress.toConsole()::say);
    result
        .findings()
        .forEach(finding -> out.println("%-8s  %s: %s; demanded: %s"
            .formatted(
                finding.holds() ? "ok" : "REFUSED",
                finding.part(),
                finding.found(),
                finding.demanded())));
    if (result.speed() != null) {
      DeviceBench.Result speed = result.speed();
      out.println("speed     %.1f samples/s%s"
          .formatted(
              speed.ours(),
              Double.isNaN(speed.ratio())
                  ? "; " + speed.peer()
                  : ", %.2f times the %.1f of %s"
                      .formatted(speed.ratio(), speed.theirs(), speed.peer())));
    }
    if (json != null) {
      AtomicFile.writeText(json, DeviceRecord.json(chosen, result));
      out.println("wrote     " + json.toAbsolutePath());
    }
    out.flush();
    return result.holds() ? Main.DONE : Main.REFUSED;
  }

  @Spec
  private CommandSpec spec;
}

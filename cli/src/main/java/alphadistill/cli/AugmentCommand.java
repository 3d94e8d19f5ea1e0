package alphadistill.cli;

import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.config.UsageException;
import alphadistill.cli.distill.AugmentationPreview;
import alphadistill.cli.distill.PreviewTable;
import alphadistill.data.DataException;
import alphadistill.data.table.AtomicFile;
import alphadistill.student.study.AugmentationSpec.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code augment preview}: what an operation does to training samples, before any training. */
@Command(
    name = "augment",
    description = "Shows what augmentation does to training samples.",
    mixinStandardHelpOptions = true)
final class AugmentCommand {
  @Spec
  private CommandSpec spec;

  @Command(
      name = "preview",
      description = {
        "Prints what an operation does to the training samples of the first fold, before any training.",
        "Moments, autocorrelation and correlations of every feature, label and teacher's answer, before and after;",
        "on the simulated market without a CONFIG."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill augment preview --op mixup",
        "  alphadistill augment preview configs/us-stocks.yaml --op splice --set window.lookback=60 --samples 20000",
        "  alphadistill augment preview --op noise --set augmentation.noise.strength=0.5 --out noise.csv"
      })
  int preview(
      @Parameters(arity = "0..1", paramLabel = "CONFIG", description = "a YAML file") Path file,
      @Option(
              names = "--op",
              required = true,
              paramLabel = "OPERATION",
              description =
                  "mixup, splice, subperiod, noise, missing, scale or reverse; at its configured rate, or at 1 where that is 0")
          Operation operation,
      @Option(
              names = "--samples",
              paramLabel = "N",
              defaultValue = "5000",
              description = "most samples, in whole dates; default: ${DEFAULT-VALUE}")
          int samples,
      @Option(
              names = "--set",
              paramLabel = "KEY=VALUE",
              description = "overrides a key; repeatable")
          List<String> set,
      @Option(
              names = "--out",
              paramLabel = "FILE.csv",
              description = "also writes series, other, statistic, before, after")
          Path out) {
    if (samples < 1) {
      throw new UsageException("--samples must be at least 1, was " + samples);
    }
    ConfigFile config = file == null
        ? ConfigFile.ofDefaults(ConfigCommand.defaults())
        : ConfigFile.load(ConfigCommand.defaults(), file);
    RunConfig run = config.set(set == null ? List.of() : set).as(RunConfig.class);
    AugmentationPreview preview = AugmentationPreview.of(run, operation, samples);
    if (out != null) {
      write(out, PreviewTable.csv(preview));
    }
    var console = spec.commandLine().getOut();
    console.print(PreviewTable.text(preview));
    if (out != null) {
      console.println("\nwritten  " + out.toAbsolutePath());
    }
    console.flush();
    return Main.DONE;
  }

  private static void write(Path file, String text) {
    try {
      AtomicFile.write(file, temporary -> Files.writeString(temporary, text));
    } catch (DataException e) {
      throw new UsageException(e.getMessage());
    }
  }
}

package alphadistill.cli;

import alphadistill.cli.config.UsageException;
import alphadistill.cli.distill.StoredRun;
import alphadistill.cli.run.Progress;
import alphadistill.data.table.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report RUN}: the page of a finished run, made again from its folder. */
@Command(
    name = "report",
    description = {
      "Makes report.html of a finished run again, from its folder and the data it names; nothing is trained.",
      "The same data give the same bytes; other data are refused."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill report runs/demo",
      "  alphadistill report runs/demo --out demo.html    # one file that opens without a network"
    })
final class ReportCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "the folder of a run, such as runs/demo")
  private Path run;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where to write; default: RUN/report.html")
  private Path out;

  @Override
  public Integer call() throws Exception {
    Path file = out == null ? run.resolve("report.html") : out;
    requireWritable(file);
    String page = StoredRun.open(ConfigCommand.defaults(), run).report(Progress.toConsole());
    AtomicFile.writeText(file, page);
    spec.commandLine().getOut().println("report   " + file.toAbsolutePath());
    spec.commandLine().getOut().flush();
    return Main.DONE;
  }

  /** @throws UsageException if no file can stand there, said before long work rather than after it */
  private static void requireWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new UsageException("%s is a folder: name a file in it".formatted(file));
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException("cannot write %s: there is no folder %s".formatted(file, folder));
    }
    if (!Files.isWritable(folder)) {
      throw new UsageException("cannot write %s: no permission in %s".formatted(file, folder));
    }
  }
}

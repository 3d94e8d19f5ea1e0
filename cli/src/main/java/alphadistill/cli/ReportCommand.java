package alphadistill.cli;

import alphadistill.cli.distill.StoredRun;
import alphadistill.cli.run.OutputPlace;
import alphadistill.cli.run.Progress;
import alphadistill.data.table.AtomicFile;
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
    OutputPlace.requireWritable(file);
    String page = StoredRun.open(ConfigCommand.defaults(), run).report(Progress.toConsole());
    AtomicFile.writeText(file, page);
    spec.commandLine().getOut().println("report   " + file.toAbsolutePath());
    spec.commandLine().getOut().flush();
    return Main.DONE;
  }
}

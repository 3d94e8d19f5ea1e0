package alphadistill.cli;

import alphadistill.cli.record.RunDifference;
import alphadistill.cli.record.RunRecord;
import alphadistill.cli.record.RunTables;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code runs list|compare|diff}: runs that were made. */
@Command(
    name = "runs",
    description = "Shows runs that were made, side by side, and what differs between two.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill runs list",
      "  alphadistill runs compare demo linear noise",
      "  alphadistill runs diff runs/demo /other/runs/demo"
    })
final class RunsCommand {
  @Spec
  private CommandSpec spec;

  @Command(
      name = "list",
      description = "One line for each run: test days and the figures of its first model.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {"  alphadistill runs list", "  alphadistill runs list --out /data/runs"})
  int list(
      @Option(
              names = "--out",
              paramLabel = "DIR",
              defaultValue = "runs",
              description = "folder of runs; default: ${DEFAULT-VALUE}")
          Path out) {
    List<RunRecord> runs = RunRecord.all(out);
    return print(
        runs.isEmpty()
            ? "no runs in %s; 'alphadistill demo' makes one%n".formatted(out)
            : RunTables.list(runs));
  }

  @Command(
      name = "compare",
      description = "Headline figures of runs side by side, for every model.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill runs compare demo linear noise",
        "  alphadistill runs compare runs/demo /other/runs/demo"
      })
  int compare(
      @Parameters(arity = "2..*", paramLabel = "RUN", description = "names or folders of runs")
          List<Path> names,
      @Option(
              names = "--out",
              paramLabel = "DIR",
              defaultValue = "runs",
              description = "where names are looked for; default: ${DEFAULT-VALUE}")
          Path out) {
    List<RunRecord> runs = names.stream().map(name -> finished(name, out)).toList();
    return print(RunTables.compare(runs));
  }

  @Command(
      name = "diff",
      description =
          "What differs between two runs: configuration keys, data hashes, code, JVM, libraries, machine; and which figures.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  alphadistill runs diff demo linear",
        "  alphadistill runs diff runs/demo /other/runs/demo     # is it the same on another machine?"
      })
  int diff(
      @Parameters(arity = "1", paramLabel = "A", description = "name or folder of a run") Path a,
      @Parameters(arity = "1", paramLabel = "B", description = "name or folder of a run") Path b,
      @Option(
              names = "--out",
              paramLabel = "DIR",
              defaultValue = "runs",
              description = "where names are looked for; default: ${DEFAULT-VALUE}")
          Path out) {
    return print(
        RunDifference.of(finished(a, out), finished(b, out)).text(a.toString(), b.toString()));
  }

  private static RunRecord finished(Path name, Path out) {
    return RunRecord.of(name, out).requireFinished();
  }

  private int print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
    return Main.DONE;
  }
}

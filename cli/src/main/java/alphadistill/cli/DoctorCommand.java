package alphadistill.cli;

import alphadistill.cli.doctor.Checkup;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: whether this machine can run the program. */
@Command(
    name = "doctor",
    description =
        "Looks at Java, native libraries, memory and disk; each line is ok, or a problem with its remedy. Exit code 2 with a problem.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  alphadistill doctor", "  alphadistill doctor --out /data/runs"})
final class DoctorCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "folder that is to hold runs; default: ${DEFAULT-VALUE}")
  private Path runs;

  @Override
  public Integer call() {
    List<Checkup.Finding> findings = new Checkup(runs, System.getenv()).findings();
    var out = spec.commandLine().getOut();
    for (Checkup.Finding finding : findings) {
      out.println("%-8s %-14s %s"
          .formatted(finding.ok() ? "ok" : "problem", finding.what(), finding.found()));
      if (!finding.ok()) {
        out.println("%-8s %-14s remedy: %s".formatted("", "", finding.remedy()));
      }
    }
    out.flush();
    return findings.stream().allMatch(Checkup.Finding::ok) ? Main.DONE : Main.USAGE;
  }
}

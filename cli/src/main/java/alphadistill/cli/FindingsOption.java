package alphadistill.cli;

import alphadistill.cli.teacher.Findings;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the figures of an estimate go besides the console. */
final class FindingsOption {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "writes every figure, in full precision, as JSON")
  private Path json;

  int tell(Findings findings, PrintWriter console) {
    if (json != null) {
      findings.writeJson(json);
    }
    console.print(findings.text());
    console.flush();
    return Main.DONE;
  }
}

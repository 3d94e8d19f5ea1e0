package alphadistill.cli;

import alphadistill.cli.teacher.Returns;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Returns beside the factors that shall explain them. */
final class FactorOptions {
  @Mixin
  private ReturnOptions returns;

  @Option(
      names = "--factors",
      required = true,
      paramLabel = "FILE",
      description = "table of the factors' returns: excess or long-short; may be the same file")
  private Path factors;

  @Option(
      names = "--factor-columns",
      split = ",",
      paramLabel = "NAME",
      description = "columns of the factors; default: all but period, cash and assets")
  private List<String> columns = List.of();

  Returns read() {
    return returns.files(factors, columns).read();
  }
}

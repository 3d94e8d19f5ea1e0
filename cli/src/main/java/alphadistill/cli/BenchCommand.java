package alphadistill.cli;

import alphadistill.cli.bench.BenchReport;
import alphadistill.cli.bench.BenchResult;
import alphadistill.cli.bench.Benchmark;
import alphadistill.cli.bench.EngineRow;
import alphadistill.cli.bench.LibtorchPeer;
import alphadistill.cli.bench.Sizes;
import alphadistill.cli.config.UsageException;
import alphadistill.data.table.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}: how fast the parts are, as ratios. */
@Command(
    name = "bench",
    description = {
      "Measures speed as ratios to a peer that takes turns on the same machine, or to a goal; above 1 is better.",
      "A machine that does other work gives noisy figures: repeat, and read ratios."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  alphadistill bench",
      "  alphadistill bench panel --file prices.parquet",
      "  alphadistill bench engine --rows student-train-256,deit-ti-train-8 --json engine.json",
      "                                                     # needs Debian's python3-torch for its peer",
      "  alphadistill bench engine --libtorch cli/peers/libtorch/target/libtorch",
      "                                                     # a second peer: see cli/peers/libtorch/pom.xml",
      "  alphadistill bench images --photos photos/         # needs Debian's python3-torchvision for its peer"
    })
final class BenchCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "WHAT",
      description = "${COMPLETION-CANDIDATES}; all when none is named")
  private List<Benchmark> benchmarks = List.of();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "prices for the benchmark 'panel' in place of a generated file")
  private Path file;

  @Option(
      names = "--photos",
      paramLabel = "FOLDER",
      description = "JPEG files (.jpg) for the benchmark 'images' in place of generated ones")
  private Path photos;

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "ROW[,ROW...]",
      description =
          "networks for the benchmark 'engine': ${COMPLETION-CANDIDATES}; default: all but the last",
      completionCandidates = EngineRows.class,
      converter = EngineRows.class)
  private List<EngineRow> rows = EngineRow.USUAL;

  @Option(
      names = "--libtorch",
      paramLabel = "FOLDER",
      description = "second peer of the benchmark 'engine': what cli/peers/libtorch makes")
  private Path libtorch;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "measured runs of each side, odd; default: ${DEFAULT-VALUE}")
  private int runs = Sizes.USUAL.runs();

  @Option(names = "--json", paramLabel = "FILE", description = "writes the figures as JSON")
  private Path json;

  @Override
  public Integer call() throws Exception {
    if (runs < 1 || runs % 2 == 0) {
      throw new UsageException("--runs must be odd, such as 7, was %d".formatted(runs));
    }
    if (photos != null && !Files.isDirectory(photos)) {
      throw new UsageException("--photos: no such folder: %s".formatted(photos));
    }
    if (libtorch != null && !LibtorchPeer.isIn(libtorch)) {
      throw new UsageException(
          "--libtorch: %s holds no libtorch peer: %s".formatted(libtorch, LibtorchPeer.REMEDY));
    }
    var console = spec.commandLine().getOut();
    console.println("machine     " + BenchReport.machine());
    console.flush();
    Sizes sizes = Sizes.USUAL.withRuns(runs);
    Benchmark.Inputs inputs = new Benchmark.Inputs(
        file, photos, rows, libtorch, words -> spec.commandLine().getErr().println(words));
    List<BenchResult> results = new ArrayList<>();
    for (Benchmark benchmark : benchmarks.isEmpty() ? List.of(Benchmark.values()) : benchmarks) {
      for (BenchResult result : benchmark.run(sizes, inputs)) {
        console.println(result.line());
        console.flush();
        results.add(result);
      }
    }
    if (json != null) {
      AtomicFile.writeText(json, BenchReport.json(results));
    }
    return Main.DONE;
  }

  /** Rows by their labels. */
  private static final class EngineRows
      implements Iterable<String>, CommandLine.ITypeConverter<EngineRow> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(EngineRow.values()).map(EngineRow::label).iterator();
    }

    @Override
    public EngineRow convert(String label) {
      return Stream.of(EngineRow.values())
          .filter(row -> row.label().equals(label))
          .findFirst()
          .orElseThrow(() -> new CommandLine.TypeConversionException(
              "no row '%s'; rows are %s".formatted(label, String.join(", ", this))));
    }
  }
}

package alphadistill.cli.bench;

import alphadistill.data.duckdb.FileScan;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.HeaderMapping;
import alphadistill.data.source.PriceReader;
import alphadistill.data.source.ReadPolicy;
import alphadistill.data.source.Selection;
import alphadistill.data.table.PanelWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows a second from a file into a panel, against the embedded database's own scan of the same file. */
final class PanelBench {
  private PanelBench() {}

  static List<BenchResult> run(Sizes sizes, Path file) throws IOException {
    if (file != null) {
      return List.of(measure(file, sizes));
    }
    Path folder = Files.createTempDirectory("alphadistill-bench");
    try {
      Panel prices = SyntheticMarket.prices(sizes);
      Path text = folder.resolve("prices.csv");
      Path table = folder.resolve("prices.parquet");
      PanelWriter.csv(prices, text);
      PanelWriter.parquet(prices, table);
      List<BenchResult> results = new ArrayList<>();
      for (Path made : List.of(text, table)) {
        results.add(measure(made, sizes));
      }
      return results;
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path left : files.toList()) {
          Files.delete(left);
        }
      }
      Files.delete(folder);
    }
  }

  private static BenchResult measure(Path file, Sizes sizes) {
    PriceReader reader =
        new PriceReader(HeaderMapping.prices(file), ReadPolicy.standard().anyOrder());
    try (FileScan database = FileScan.open()) {
      long rows = database.rows(file);
      Alternation times = Alternation.of(
          3,
          sizes.runs(),
          Alternation.seconds(() -> reader.read(file, Selection.all())),
          Alternation.seconds(() -> database.rows(file)));
      return BenchResult.rate(
          "panel",
          "import of %s, %,d rows".formatted(file.getFileName(), rows),
          "rows/s",
          rows,
          times,
          "DuckDB's scan",
          sizes.runs(),
          "");
    }
  }
}

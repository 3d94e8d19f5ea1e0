package alphadistill.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What {@code bench} can measure. */
public enum Benchmark {
  /** Import of a price file against the embedded database's own scan of it. */
  PANEL {
    @Override
    public List<BenchResult> run(Sizes sizes, Path file) throws IOException {
      return PanelBench.run(sizes, file);
    }
  },

  /** Rolling regressions of every asset on every day. */
  REGRESSION {
    @Override
    public List<BenchResult> run(Sizes sizes, Path file) {
      return RegressionBench.run(sizes);
    }
  },

  /** A daily backtest, from scores to net returns. */
  BACKTEST {
    @Override
    public List<BenchResult> run(Sizes sizes, Path file) {
      return BacktestBench.run(sizes);
    }
  },

  /** Training steps of the student against PyTorch. */
  STUDENT {
    @Override
    public List<BenchResult> run(Sizes sizes, Path file) throws IOException {
      return StudentBench.run(sizes);
    }
  };

  /**
   * Measures.
   *
   * @param file prices for {@link #PANEL} in place of a generated file; null for that
   * @throws alphadistill.data.DataException if the file cannot be used
   */
  public abstract List<BenchResult> run(Sizes sizes, Path file) throws IOException;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package alphadistill.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What {@code bench} can measure. */
public enum Benchmark {
  /** Import of a price file against the embedded database's own scan of it. */
  PANEL {
    @Override
    public List<BenchResult> run(Sizes sizes, Inputs inputs) throws IOException {
      return PanelBench.run(sizes, inputs.prices());
    }
  },

  /** Rolling regressions of every asset on every day. */
  REGRESSION {
    @Override
    public List<BenchResult> run(Sizes sizes, Inputs inputs) {
      return RegressionBench.run(sizes);
    }
  },

  /** Linear factor models against statsmodels and numpy. */
  TEACHER {
    @Override
    public List<BenchResult> run(Sizes sizes, Inputs inputs) throws IOException {
      return TeacherBench.run(sizes);
    }
  },

  /** A daily backtest, from scores to net returns. */
  BACKTEST {
    @Override
    public List<BenchResult> run(Sizes sizes, Inputs inputs) {
      return BacktestBench.run(sizes);
    }
  },

  /** Training steps and inference of the engine against PyTorch, and libtorch where there is one. */
  ENGINE {
    @Override
    public List<BenchResult> run(Sizes sizes, Inputs inputs) throws IOException {
      return EngineBench.run(sizes, inputs.rows(), inputs.libtorch(), inputs.progress());
    }
  },

  /** Pictures decoded and made ready for training on one core, against Pillow and torchvision. */
  IMAGES {
    @Override
    public List<BenchResult> run(Sizes sizes, Inputs inputs) throws IOException {
      return ImageBench.run(sizes, inputs.photos());
    }
  };

  /**
   * What to measure on.
   *
   * @param prices a file for {@link #PANEL} in place of a generated one; may be null
   * @param photos a folder of JPEG files for {@link #IMAGES} in place of generated ones; may be null
   * @param rows of {@link #ENGINE}
   * @param libtorch folder of {@link LibtorchPeer}, a second peer of {@link #ENGINE}; may be null
   * @param progress told, in words, what is measured next
   */
  public record Inputs(
      Path prices, Path photos, List<EngineRow> rows, Path libtorch, Consumer<String> progress) {
    /** Everything is generated, all rows, and nobody is told. */
    public static final Inputs GENERATED =
        new Inputs(null, null, EngineRow.USUAL, null, words -> {});
  }

  /**
   * Measures.
   *
   * @throws alphadistill.data.DataException if a price file cannot be used
   */
  public abstract List<BenchResult> run(Sizes sizes, Inputs inputs) throws IOException;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

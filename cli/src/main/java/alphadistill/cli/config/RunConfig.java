package alphadistill.cli.config;

import alphadistill.backtest.EvaluationSpec;
import alphadistill.backtest.metric.Annualisation;
import alphadistill.backtest.signal.SignalSpec;
import alphadistill.backtest.significance.BlockBootstrap;
import alphadistill.backtest.simulate.DelistingRule;
import alphadistill.backtest.simulate.Execution;
import alphadistill.backtest.simulate.TradingCosts;
import alphadistill.backtest.weight.WeightRule;
import alphadistill.data.feature.CrossSectionalScaling;
import alphadistill.data.feature.LabelSpec;
import alphadistill.data.filing.FilingCharacteristics;
import alphadistill.data.simulate.SimulationSpec;
import alphadistill.data.source.FrenchFile;
import alphadistill.student.study.AugmentationSpec;
import alphadistill.student.study.FeatureSpec;
import alphadistill.student.study.FoldSpec;
import alphadistill.student.study.ObjectiveSpec;
import alphadistill.student.study.StudentSpec;
import alphadistill.student.study.StudySpec;
import alphadistill.student.study.TeacherSpec;
import alphadistill.student.study.TrainingSpec;
import alphadistill.student.study.WindowSpec;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** A run as configured; each key is explained in {@code defaults.yaml}. */
public record RunConfig(
    String name,
    Path out,
    int workers,
    Data data,
    Features features,
    LabelSpec label,
    WindowSpec window,
    FoldSpec folds,
    TeacherSpec teacher,
    StudentSpec student,
    ObjectiveSpec objective,
    AugmentationSpec augmentation,
    TrainingSpec training,
    Backtest backtest) {

  public RunConfig {
    RunPlace.require(name, workers);
    folds.plan(label, window); // refuses gaps that leak
    if (!features.names().containsAll(teacher.characteristics())) {
      throw new IllegalArgumentException(
          "teacher.characteristics %s must be among features.names %s"
              .formatted(teacher.characteristics(), features.names()));
    }
    requireReports(data, features.names());
    if (teacher.type() == TeacherSpec.Type.TIME_SERIES
        && data.source() == Source.FILES
        && data.factors().isEmpty()) {
      throw new IllegalArgumentException(
          "a time_series teacher regresses on factor returns: name their files in data.factors, or let statistical find factors");
    }
  }

  /** Features made from company reports need the reports, and some of them prices as they were quoted. */
  private static void requireReports(Data data, List<String> features) {
    for (String name : features) {
      if (!FilingCharacteristics.names().contains(name)) {
        continue;
      }
      if (data.source() != Source.FILES || data.filings() == null) {
        throw new IllegalArgumentException(
            "features.names: '%s' is made from company reports: name their file in data.filings%s"
                .formatted(name, data.source() == Source.FILES ? "" : ", with data.source=files"));
      }
      if (FilingCharacteristics.needsPrice(name) && data.unadjusted().prices() == null) {
        throw new IllegalArgumentException(
            "features.names: '%s' divides by the close as it was quoted that day, and adjusted prices tell of later splits: name a file of such closes in data.unadjusted.prices"
                .formatted(name));
      }
    }
  }

  /**
   * The defaults with some keys changed, for scripts: {@code RunConfig.of("training.epochs=3", "label.horizon=10")}.
   *
   * @param overrides as {@code --set} takes them
   * @throws UsageException if a key is unknown or a value refused
   */
  public static RunConfig of(String... overrides) {
    InputStream defaults = Objects.requireNonNull(
        RunConfig.class.getResourceAsStream("/alphadistill/cli/defaults.yaml"),
        "defaults.yaml is in the jar");
    return ConfigFile.ofDefaults(defaults).set(List.of(overrides)).as(RunConfig.class);
  }

  /** Without what cannot change a result: name, place, workers and the teacher's gate. */
  public RunConfig decisive() {
    return new RunConfig(
        "run",
        Path.of("runs"),
        1,
        data,
        features,
        label,
        window,
        folds,
        teacher.gated(0),
        student,
        objective,
        augmentation,
        training,
        backtest);
  }

  /** What decides the forecasts, besides the data. */
  public StudySpec study() {
    return new StudySpec(
        new FeatureSpec(
            features.names(), new CrossSectionalScaling(features.scaling(), features.winsorise())),
        label,
        window,
        folds,
        teacher,
        student,
        objective,
        augmentation,
        training,
        data.minimumAssets());
  }

  /** How scores are turned into results. */
  public EvaluationSpec evaluation() {
    return new EvaluationSpec(
        SignalSpec.of(label.horizon(), label.lag()),
        backtest.rule(),
        label.horizon(),
        new alphadistill.backtest.simulate.Backtest(
            new Execution(label.lag(), backtest.fill()),
            new TradingCosts(backtest.commission(), backtest.slippage(), backtest.borrow()),
            DelistingRule.AT_LAST_PRICE,
            new Annualisation(backtest.periodsPerYear())),
        5,
        backtest.periodsPerYear(),
        BlockBootstrap.forHorizon(label.horizon(), 1));
  }

  /** Where prices come from. */
  public enum Source {
    SIMULATED,
    FILES
  }

  /** What becomes of prices that look wrong. */
  public enum BadTicks {
    KEEP,
    MASK
  }

  /** How scores become portfolio weights. */
  public enum Weights {
    QUANTILE_LONG_SHORT,
    SIGNAL_WEIGHTED,
    TOP_K_DROPOUT
  }

  /** The prices, factors, universe and company reports of a run. */
  public record Data(
      Source source,
      Simulated simulated,
      Path prices,
      PriceColumns columns,
      List<Path> factors,
      FrenchFile.Unit factorUnit,
      Path universe,
      int maximumRank,
      Path filings,
      Unadjusted unadjusted,
      LocalDate from,
      LocalDate to,
      List<String> exclude,
      BadTicks badTicks,
      int minimumAssets) {

    public Data {
      factors = List.copyOf(factors);
      exclude = List.copyOf(exclude);
      if (source == Source.FILES && prices == null) {
        throw new IllegalArgumentException("data.source is files, but data.prices names no file");
      }
      if (filings == null && unadjusted.prices() != null) {
        throw new IllegalArgumentException(
            "unadjusted.prices serve the ratios of company reports to the price, but filings names no file");
      }
      if (from != null && to != null && to.isBefore(from)) {
        throw new IllegalArgumentException("data.to %s is before data.from %s".formatted(to, from));
      }
      if (maximumRank < 0) {
        throw new IllegalArgumentException(
            "maximumRank must be 0 (all) or more, was " + maximumRank);
      }
      if (minimumAssets < 2) {
        throw new IllegalArgumentException(
            "minimumAssets must be at least 2, was %d: one asset has no cross-section"
                .formatted(minimumAssets));
      }
    }
  }

  /**
   * Closes as they were quoted on their day.
   *
   * @param prices file of them; null for none
   * @param close its column of closes; null: as in the file of prices
   */
  public record Unadjusted(Path prices, String close) {

    public Unadjusted {
      if (prices == null && close != null) {
        throw new IllegalArgumentException(
            "close '%s' is a column of unadjusted.prices, which names no file".formatted(close));
      }
    }
  }

  /** A simulated market with known truth. */
  public record Simulated(SimulationSpec.Kind kind, int assets, int days, long seed) {

    public Simulated {
      SimulationSpec.of(kind, assets, days, seed); // refuses markets that are too small
    }

    public SimulationSpec spec() {
      return SimulationSpec.of(kind, assets, days, seed);
    }
  }

  /** Features of each day and how they are scaled. */
  public record Features(
      List<String> names, CrossSectionalScaling.Method scaling, double winsorise) {

    public Features {
      names = List.copyOf(names);
      if (names.isEmpty()) {
        throw new IllegalArgumentException("features.names must name at least one feature");
      }
      if (!(winsorise >= 0 && winsorise < 0.5)) {
        throw new IllegalArgumentException("winsorise must be in [0, 0.5), was " + winsorise);
      }
    }
  }

  /** From scores to returns. */
  public record Backtest(
      Weights weights,
      Execution.Fill fill,
      double quantile,
      int topK,
      int drop,
      double commission,
      double slippage,
      double borrow,
      int periodsPerYear) {

    public Backtest {
      if (!(quantile > 0 && quantile <= 0.5)) {
        throw new IllegalArgumentException("quantile must be in (0, 0.5], was " + quantile);
      }
      if (!(commission >= 0 && commission < 0.1)
          || !(slippage >= 0 && slippage < 0.1)
          || !(borrow >= 0 && borrow < 1)) {
        throw new IllegalArgumentException(
            "costs are decimals, not percent: commission %s and slippage %s below 0.1, borrow %s below 1, none negative"
                .formatted(commission, slippage, borrow));
      }
      rule(weights, quantile, topK, drop); // refuses a drop beyond top-k
      new Annualisation(periodsPerYear);
    }

    WeightRule rule() {
      return rule(weights, quantile, topK, drop);
    }

    private static WeightRule rule(Weights weights, double quantile, int topK, int drop) {
      return switch (weights) {
        case QUANTILE_LONG_SHORT -> new WeightRule.QuantileLongShort(quantile, 1);
        case SIGNAL_WEIGHTED -> new WeightRule.SignalWeighted(1);
        case TOP_K_DROPOUT -> new WeightRule.TopKDropout(topK, drop);
      };
    }
  }
}

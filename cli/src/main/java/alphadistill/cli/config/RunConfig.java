package alphadistill.cli.config;

import alphadistill.student.study.ObjectiveSpec;
import alphadistill.student.study.StudentSpec;
import alphadistill.student.study.TeacherSpec;
import alphadistill.student.study.TrainingSpec;
import alphadistill.student.study.WindowSpec;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** A run as configured; each key is explained in {@code defaults.yaml}. */
public record RunConfig(
    String name,
    Path out,
    int workers,
    Data data,
    Features features,
    Label label,
    WindowSpec window,
    Folds folds,
    TeacherSpec teacher,
    StudentSpec student,
    ObjectiveSpec objective,
    Augmentation augmentation,
    TrainingSpec training,
    Backtest backtest) {

  public RunConfig {
    if (!name.matches("[A-Za-z0-9._-]+") || name.startsWith(".")) {
      throw new IllegalArgumentException(
          "name '%s' must be a folder name of letters, digits, '.', '_' and '-'".formatted(name));
    }
    if (workers < 0) {
      throw new IllegalArgumentException(
          "workers must be 0 (one per core) or more, was " + workers);
    }
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

  /** How a date's cross-section is scaled. */
  public enum Scaling {
    ZSCORE,
    RANK
  }

  /** How augmentation rates change over the epochs. */
  public enum Decay {
    NONE,
    LINEAR,
    COSINE
  }

  /** How scores become portfolio weights. */
  public enum Weights {
    QUANTILE_LONG_SHORT,
    SIGNAL_WEIGHTED,
    TOP_K_DROPOUT
  }

  /** The prices, factors and universe of a run. */
  public record Data(
      Source source,
      Simulated simulated,
      Path prices,
      List<Path> factors,
      Path universe,
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
      if (from != null && to != null && to.isBefore(from)) {
        throw new IllegalArgumentException("data.to %s is before data.from %s".formatted(to, from));
      }
      if (minimumAssets < 2) {
        throw new IllegalArgumentException(
            "minimumAssets must be at least 2, was %d: one asset has no cross-section"
                .formatted(minimumAssets));
      }
    }
  }

  /** A simulated market with known truth. */
  public record Simulated(String kind, int assets, int days, long seed) {}

  /** Features of each day and how they are scaled. */
  public record Features(List<String> names, Scaling scaling, double winsorise) {

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

  /** What is predicted. */
  public record Label(int horizon, int lag) {

    public Label {
      if (horizon < 1) {
        throw new IllegalArgumentException(
            "horizon must be at least 1 trading day, was " + horizon);
      }
      if (lag < 1) {
        throw new IllegalArgumentException(
            "lag must be at least 1 trading day, was %d: a signal made at a close cannot be filled at that close"
                .formatted(lag));
      }
    }
  }

  /** How days are cut into folds. */
  public record Folds(
      int train, int validation, int test, boolean expanding, int stride, int purge, int embargo) {

    public Folds {
      if (stride < 1) {
        throw new IllegalArgumentException("stride must be at least 1 trading day, was " + stride);
      }
    }
  }

  /** What is done to training samples. */
  public record Augmentation(
      double mixup,
      double mixupAlpha,
      double splice,
      int spliceDays,
      double noise,
      double missing,
      Decay decay) {

    public Augmentation {
      requireShare("mixup", mixup);
      requireShare("splice", splice);
      requireShare("missing", missing);
      if (!(mixupAlpha > 0) || !(noise >= 0) || spliceDays < 1) {
        throw new IllegalArgumentException(
            "mixupAlpha must be positive, noise not negative and spliceDays at least 1, were %s, %s, %d"
                .formatted(mixupAlpha, noise, spliceDays));
      }
    }

    private static void requireShare(String key, double value) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "%s must be a share in [0, 1], was %s".formatted(key, value));
      }
    }
  }

  /** From scores to returns. */
  public record Backtest(
      Weights weights,
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
    }
  }
}

package alphadistill.cli.distill;

import alphadistill.augment.window.Augmentation;
import alphadistill.augment.window.BatchStatistics;
import alphadistill.augment.window.History;
import alphadistill.augment.window.WindowBatch;
import alphadistill.augment.window.WindowTransform;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.config.UsageException;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.AugmentationSpec.Operation;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.student.window.Windows;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one operation does to training samples of a run's first fold, in numbers: the same windows, labels and teacher's
 * answers before and after. The samples are the newest whole dates of the training span.
 *
 * @param operation that was applied
 * @param rate it was applied at: the configured one, or 1 where it is off
 * @param samples number of samples
 * @param firstDay of their signal days
 * @param lastDay of their signal days, the last with training samples
 * @param market one line about the data
 * @param changedShare share of samples that the operation changed
 * @param refusals what each operation says of these windows; empty for those that fit
 */
public record AugmentationPreview(
    Operation operation,
    double rate,
    int samples,
    LocalDate firstDay,
    LocalDate lastDay,
    String market,
    double changedShare,
    BatchStatistics before,
    BatchStatistics after,
    Map<Operation, String> refusals) {

  /**
   * Applies an operation.
   *
   * @param most samples at most, but at least one date
   * @throws UsageException if the operation refuses the configured windows, or the configuration has no such samples
   */
  public static AugmentationPreview of(RunConfig config, Operation operation, int most) {
    ObservedMarket market = MarketSource.read(config.data());
    try {
      return of(market, config, operation, most);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private static AugmentationPreview of(
      ObservedMarket market, RunConfig config, Operation operation, int most) {
    Study study = Study.of(market.data(), config.study());
    FactorTeaching teaching = FactorTeaching.of(study);
    FoldPlan.Fold fold = study.folds().get(0);
    Windows windows = new Windows(study);
    History history = windows.history(fold.train(), teaching);
    Map<Operation, String> refusals = refusals(study, history);
    if (!refusals.get(operation).isEmpty()) {
      throw new UsageException(
          "%s refuses these windows: %s".formatted(name(operation), refusals.get(operation)));
    }
    Samples newest = newest(study, teaching, fold, most);
    int[] rows = IntStream.range(0, newest.size()).toArray();
    WindowBatch before = windows.batch(newest, rows, teaching::inputs);
    Augmentation.Step step = config.augmentation().step(operation, history);
    double rate = step.rate() == 0 ? 1 : step.rate();
    long seed = config.training().seeds().get(0);
    WindowBatch after = step.transform().apply(before, new WindowTransform.Key(seed, 0, 0), rate);
    return new AugmentationPreview(
        operation,
        rate,
        newest.size(),
        study.dates().get(newest.day()[0]),
        study.dates().get(newest.day()[newest.size() - 1]),
        market.notes().get(0),
        BatchStatistics.changedShare(before, after),
        statistics(teaching, before, before),
        statistics(teaching, after, before),
        refusals);
  }

  /** As in configurations. */
  static String name(Operation operation) {
    return operation.name().toLowerCase(Locale.ROOT);
  }

  private static BatchStatistics statistics(
      FactorTeaching teaching, WindowBatch batch, WindowBatch before) {
    double[] answers = teaching.answers(
        batch.teacherInputs(), n -> teaching.asOf(batch.origins().get(n).day()));
    return BatchStatistics.of(batch, answers, before.origins());
  }

  private static Map<Operation, String> refusals(Study study, History history) {
    Map<Operation, String> refusals = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      String refusal = "";
      try {
        study
            .spec()
            .augmentation()
            .step(operation, history)
            .transform()
            .requireFits(study.schema());
      } catch (IllegalArgumentException e) {
        refusal = e.getMessage();
      }
      refusals.put(operation, refusal);
    }
    return refusals;
  }

  private static Samples newest(
      Study study, FactorTeaching teaching, FoldPlan.Fold fold, int most) {
    Samples train = study.labelled(fold.train()).where((day, asset) -> day >= teaching.firstDay());
    if (train.size() == 0) {
      throw new UsageException(
          "no training samples with a teacher in fold 0, %s to %s: use a longer folds.train or a smaller teacher.minimum"
              .formatted(
                  study.dates().get(fold.train().first()),
                  study.dates().get(fold.train().last())));
    }
    int[] starts = train.dayStarts();
    int first = starts.length - 2;
    while (first > 0 && train.size() - starts[first - 1] <= most) {
      first--;
    }
    return train.select(starts[first], train.size());
  }
}

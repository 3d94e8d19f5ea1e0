package alphadistill.cli.distill;

import alphadistill.backtest.DatedTargets;
import alphadistill.backtest.Evaluation;
import alphadistill.backtest.EvaluationSpec;
import alphadistill.backtest.ModelScores;
import alphadistill.backtest.signal.Ranks;
import alphadistill.backtest.simulate.Market;
import alphadistill.backtest.weight.Targets;
import alphadistill.cli.config.UsageException;
import alphadistill.cli.record.RunRecord;
import alphadistill.cli.run.Unit;
import alphadistill.cli.run.UnitPool;
import alphadistill.data.DataException;
import alphadistill.data.panel.Panel;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.fold.Span;
import alphadistill.student.forecast.FoldScores;
import alphadistill.student.learn.AlphaStudent;
import alphadistill.student.study.MarketData;
import alphadistill.student.study.Study;
import alphadistill.student.study.StudySpec;
import alphadistill.student.teach.FactorTeaching;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a finished run says at the close of one day, from its saved models and from data up to that day alone. On a test
 * day the scores have the bits of the backtest; on a later day the last fold's model speaks.
 *
 * <p>Students are loaded; teacher, ridge and historic mean are fitted again as in their unit. Scores of earlier test
 * days, which decide what is held, are the saved ones.
 */
public final class Predictor {
  private final RunRecord run;
  private final StudySpec spec;
  private final EvaluationSpec evaluation;
  private final ComputeDevice device;

  /**
   * @param run finished
   * @param spec of the run's study
   * @param evaluation of the run
   * @param device that students forecast on
   * @throws UsageException if the run was not finished
   */
  public Predictor(RunRecord run, StudySpec spec, EvaluationSpec evaluation, ComputeDevice device) {
    this.run = run.requireFinished();
    this.spec = spec;
    this.evaluation = evaluation;
    this.device = device;
  }

  /**
   * @param market known at the close of {@code day}; what it holds of later days is cut off
   * @param model as in the run's tables, such as {@code distilled student}
   * @throws UsageException if the day or the model cannot be forecast
   * @throws DataException if files of the run are damaged or missing
   */
  public Prediction at(LocalDate day, MarketData market, String model) {
    int last = index(day, market.prices());
    LocalDate firstTestDay = LocalDate.parse(run.metrics().path("firstTestDay").asText());
    if (day.isBefore(firstTestDay)) {
      throw new UsageException(
          "%s is before the first test day %s of %s: its models have learnt from that day"
              .formatted(day, firstTestDay, run.folder()));
    }
    Study study = Study.of(market.upTo(last), spec);
    StudyModel chosen = model(study, model);
    List<FoldPlan.Fold> folds = folds(study);
    requireIntact(chosen, folds);

    List<Panel> seeds = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    boolean changed = false;
    boolean later = false;
    for (long seed : chosen.seeds()) {
      Told told = told(study, chosen, folds, seed, last);
      seeds.add(told.scores());
      changed |= told.changed();
      later |= told.later();
    }
    FoldPlan.Fold fold = folds.get(folds.size() - 1);
    if (later) {
      notes.add(
          "%s is after the run's last test day %s: scored by the model of its last fold, trained on days up to %s"
              .formatted(
                  day,
                  run.metrics().path("lastTestDay").asText(),
                  study.dates().get(fold.train().last())));
    }
    if (changed) {
      notes.add("these are not the run's own scores of %s: data or code have changed since"
          .formatted(day));
    }
    return prediction(study, new ModelScores(chosen.name(), seeds), chosen, last, notes);
  }

  private static int index(LocalDate day, Panel prices) {
    int index = prices.lastDayOnOrBefore(day);
    LocalDate lastDay = prices.dates().get(prices.days() - 1);
    if (day.isAfter(lastDay)) {
      throw new UsageException(
          "the data end on %s, before %s: add newer data, or ask for a day they hold"
              .formatted(lastDay, day));
    }
    if (index < 0 || !prices.dates().get(index).equals(day)) {
      throw new UsageException("%s is no trading day of the data%s"
          .formatted(
              day,
              index < 0 ? "" : "; the last one before it is " + prices.dates().get(index)));
    }
    return index;
  }

  private static StudyModel model(Study study, String name) {
    List<StudyModel> models = StudyModel.of(study);
    return models.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UsageException("no model '%s' in the run; it has %s"
            .formatted(
                name, String.join(", ", models.stream().map(StudyModel::name).toList()))));
  }

  /** Folds up to the day, as far as the run has trained them; the last of them scores the day. */
  private List<FoldPlan.Fold> folds(Study study) {
    List<FoldPlan.Fold> folds = study.folds();
    return folds.subList(0, Math.min(folds.size(), run.metrics().path("folds").asInt()));
  }

  private void requireIntact(StudyModel model, List<FoldPlan.Fold> folds) {
    UnitPool pool = new UnitPool(run.units(), 1);
    List<Unit> units = folds.stream()
        .flatMap(fold -> model.seeds().stream().map(seed -> model.unit(fold, seed)))
        .map(name -> new Unit(name, folder -> {}))
        .toList();
    for (Unit unit : units) {
      if (!pool.isFinished(unit)) {
        throw DataException.in(
            run.units().resolve(unit.name()),
            "this unit is missing: run 'alphadistill distill %s' again, which redoes it"
                .formatted(run.configFile()));
      }
    }
    pool.requireIntact(units);
  }

  /**
   * Scores of one seed.
   *
   * @param scores of every day from the first test day to the day asked for
   * @param changed whether the day's scores differ from saved ones
   * @param later whether the run has no scores of the day
   */
  private record Told(Panel scores, boolean changed, boolean later) {}

  private Told told(Study study, StudyModel model, List<FoldPlan.Fold> folds, long seed, int last) {
    List<FoldScores> saved = folds.stream()
        .map(fold -> ScoreFile.read(
            run.units().resolve(model.unit(fold, seed)).resolve(StudyUnits.SCORES), study, fold))
        .toList();
    FoldPlan.Fold fold = folds.get(folds.size() - 1);
    Panel ofFold = saved.get(saved.size() - 1).scores();
    int end = fold.test().first() + ofFold.days(); // first day without saved scores
    int from = Math.min(end, last);
    FoldScores now = forecast(
        study,
        model,
        new FoldPlan.Fold(fold.index(), fold.train(), fold.validation(), new Span(from, last)),
        seed);
    List<FoldScores> all = new ArrayList<>(saved.subList(0, saved.size() - 1));
    if (from > fold.test().first()) {
      all.add(new FoldScores(fold, ofFold.firstDays(from - fold.test().first())));
    }
    all.add(now);
    boolean changed = end > last
        && !Arrays.equals(
            ofFold.crossSection(
                ofFold.fieldIndex(FoldScores.SCORE), last - fold.test().first()),
            now.scores().crossSection(now.scores().fieldIndex(FoldScores.SCORE), 0));
    return new Told(FoldScores.joined(all), changed, end <= last);
  }

  private FoldScores forecast(Study study, StudyModel model, FoldPlan.Fold fold, long seed) {
    if (model.variant().isPresent()) {
      Path file = run.units().resolve(model.unit(fold, seed)).resolve(StudyUnits.MODEL);
      return FoldScores.of(
          study, fold, AlphaStudent.load(file, study, model.variant().get(), device.kernels(1)));
    }
    return model.baseline().orElseThrow().forecast(study, FactorTeaching.of(study), fold);
  }

  private Prediction prediction(
      Study study, ModelScores scores, StudyModel model, int day, List<String> notes) {
    DatedTargets dated = Evaluation.targets(scores, study.prices(), evaluation);
    double[][] byDay = new double[day + 1][0];
    int first = study.prices().dayIndex(dated.dates().get(0));
    System.arraycopy(dated.targets().weights(), 0, byDay, first, dated.dates().size());
    Targets targets = new Targets(byDay);
    double[] held =
        evaluation.backtest().run(targets, Market.of(study.prices())).weights()[day];
    double[] target = new double[held.length];
    for (int asset = 0; asset < held.length; asset++) {
      target[asset] =
          dated.on(study.dates().get(day)).getOrDefault(study.prices().assets().get(asset), 0.0);
    }
    List<double[]> bySeed = scores.seeds().stream()
        .map(seed -> doubles(seed.crossSection(seed.fieldIndex(FoldScores.SCORE), seed.days() - 1)))
        .toList();
    return new Prediction(
        study.dates().get(day),
        study.prices().assets(),
        model.name(),
        model.seeds(),
        bySeed,
        Ranks.ensemble(bySeed),
        target,
        held,
        targets.decided(day),
        notes);
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}

package alphadistill.cli.distill;

import alphadistill.backtest.Comparison;
import alphadistill.backtest.DayLabels;
import alphadistill.backtest.Evaluation;
import alphadistill.backtest.EvaluationContext;
import alphadistill.backtest.EvaluationSpec;
import alphadistill.backtest.ModelScores;
import alphadistill.backtest.SeedResult;
import alphadistill.cli.run.Ledger;
import alphadistill.data.panel.Panel;
import alphadistill.data.regime.VolatilityRegimes;
import alphadistill.data.simulate.SimulatedMarket;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.forecast.Baseline;
import alphadistill.student.forecast.Fidelity;
import alphadistill.student.forecast.FoldScores;
import alphadistill.student.learn.Variant;
import alphadistill.student.study.Study;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What came of a study's units: scores of all folds joined, evaluated and compared. Reads unit folders alone, so it can
 * be made again at any time.
 *
 * @param study what was studied
 * @param scores of each model, one panel a seed; the first is the distilled student
 * @param evaluations one for each model, in the same order
 * @param fidelity of the distilled student to the teacher, {@code [fold][seed]}
 * @param oracle evaluation of the planted truth; empty for real markets and for noise
 */
record StudyResults(
    Study study,
    List<ModelScores> scores,
    List<Evaluation> evaluations,
    List<List<Fidelity>> fidelity,
    Optional<Evaluation> oracle) {
  static final String DISTILLED = Variant.DISTILLED.student();
  static final String CLASS_ONLY = Variant.CLASS_ONLY.student();
  static final String UNDISTILLED = Variant.UNDISTILLED.student();
  static final String TEACHER = "teacher";

  /**
   * Reads and evaluates.
   *
   * @param units folder of the finished units
   */
  static StudyResults of(
      Study study, Optional<SimulatedMarket> truth, Path units, EvaluationSpec spec) {
    List<ModelScores> scores = scores(study, units);
    EvaluationContext context = context(study);
    Function<ModelScores, Evaluation> evaluate =
        model -> Evaluation.of(model, study.prices(), spec, context);
    return new StudyResults(
        study,
        scores,
        scores.parallelStream().map(evaluate).toList(),
        fidelity(study, units),
        truth
            .filter(market -> market.hasAlpha())
            .map(market -> evaluate.apply(ModelScores.of("oracle", oracle(study, market)))));
  }

  /** The comparison, with every trial the ledger has counted. */
  Comparison comparison(int trials) {
    return Comparison.of(evaluations, Math.max(trials, evaluations.size()));
  }

  /** What the ledger is told: every model and seed is a trial. */
  List<Ledger.Trial> trials(String configuration) {
    List<Ledger.Trial> trials = new ArrayList<>();
    for (Evaluation model : evaluations) {
      List<Long> seeds =
          model.seeds().size() == 1 ? List.of(0L) : study.spec().training().seeds();
      for (int i = 0; i < model.seeds().size(); i++) {
        SeedResult seed = model.seeds().get(i);
        trials.add(new Ledger.Trial(
            configuration,
            model.model(),
            seeds.get(i),
            seed.net().sharpe() / model.spec().annualisation().root(),
            seed.net().periods()));
      }
    }
    return trials;
  }

  private static List<ModelScores> scores(Study study, Path units) {
    List<ModelScores> scores = new ArrayList<>();
    for (StudyModel model : StudyModel.of(study)) {
      List<Panel> bySeed = new ArrayList<>();
      for (long seed : model.seeds()) {
        List<FoldScores> folds = new ArrayList<>();
        for (FoldPlan.Fold fold : study.folds()) {
          folds.add(read(study, units, fold, model.unit(fold, seed)));
        }
        bySeed.add(FoldScores.joined(folds));
      }
      scores.add(new ModelScores(model.name(), bySeed));
    }
    return scores;
  }

  private static List<String> students(Study study, FoldPlan.Fold fold, Variant variant) {
    return study.spec().training().seeds().stream()
        .map(seed -> StudyUnits.name(fold, variant, seed))
        .toList();
  }

  private static FoldScores read(Study study, Path units, FoldPlan.Fold fold, String unit) {
    return ScoreFile.read(units.resolve(unit).resolve(StudyUnits.SCORES), study, fold);
  }

  private static List<List<Fidelity>> fidelity(Study study, Path units) {
    List<List<Fidelity>> byFold = new ArrayList<>();
    for (FoldPlan.Fold fold : study.folds()) {
      FoldScores teacher = read(study, units, fold, StudyUnits.name(fold, Baseline.TEACHER));
      byFold.add(students(study, fold, Variant.DISTILLED).stream()
          .map(unit -> Fidelity.of(study, read(study, units, fold, unit), teacher))
          .toList());
    }
    return byFold;
  }

  private static EvaluationContext context(Study study) {
    int[] labels = new int[study.dates().size()];
    Arrays.setAll(labels, day -> Math.max(-1, study.regime(day)));
    EvaluationContext context = EvaluationContext.NONE.withRegimes(new DayLabels(
        "volatility regime", List.of(VolatilityRegimes.NAMES), study.dates(), labels));
    return study.factors().map(context::withFactors).orElse(context);
  }

  /** The best forecast there is, on the test days of all folds. */
  private static Panel oracle(Study study, SimulatedMarket market) {
    int first = study.folds().get(0).test().first();
    int days = study.dates().size() - first;
    float[] truth = new float[days * study.assets()];
    Arrays.fill(truth, Float.NaN);
    for (int day = 0; day < days; day++) {
      for (int asset = 0; asset < study.assets(); asset++) {
        if (study.isEligible(first + day, asset)) {
          truth[day * study.assets() + asset] =
              (float) market.oracle(study.spec().label(), first + day, asset);
        }
      }
    }
    return Panel.builder(
            study.dates().subList(first, first + days), study.prices().assets())
        .field(alphadistill.data.panel.FieldSpec.raw(FoldScores.SCORE, "decimal return"), truth)
        .build();
  }
}

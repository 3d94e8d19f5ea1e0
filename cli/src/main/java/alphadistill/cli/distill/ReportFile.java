package alphadistill.cli.distill;

import alphadistill.backtest.Comparison;
import alphadistill.backtest.report.FoldFigures;
import alphadistill.backtest.report.Report;
import alphadistill.backtest.report.ReportContext;
import alphadistill.backtest.report.ReportContext.Definition;
import alphadistill.student.forecast.Fidelity;
import alphadistill.student.study.StudySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code report.html}: what the backtest knows, in the words of this project. */
final class ReportFile {
  static final String NAME = "report.html";

  private ReportFile() {}

  /**
   * @param name of the run
   * @param configuration as in {@code config.yaml}
   * @param provenance as in {@code provenance.json}
   */
  static String of(
      StudyResults results,
      Comparison comparison,
      ObservedMarket market,
      String name,
      String configuration,
      Map<String, String> provenance) {
    List<String> notes =
        new ArrayList<>(market.notes().subList(1, market.notes().size()));
    notes.add(design(results));
    ReportContext context = ReportContext.of(
            "Distilled alpha: " + name, market.notes().get(0))
        .withNotes(notes)
        .withDefinitions(definitions(results.study().spec()))
        .withDrops(market.drops().stream()
            .map(drop -> new ReportContext.Drop(drop.reason(), drop.count(), drop.example()))
            .toList())
        .withFigures(List.of(fidelity(results)))
        .withOrigin(
            configuration,
            provenance.entrySet().stream()
                .map(fact -> new ReportContext.Fact(fact.getKey(), fact.getValue()))
                .toList())
        .withOracle(results.oracle());
    return Report.html(comparison, results.evaluations(), context);
  }

  private static String design(StudyResults results) {
    StudySpec spec = results.study().spec();
    return "%d folds, refitted every %d days on %s; purge %d and embargo %d days; %d assets; objective %s, teacher %s, %d seeds"
        .formatted(
            results.study().folds().size(),
            spec.folds().test(),
            spec.folds().expanding()
                ? "all days so far"
                : "the last " + spec.folds().train(),
            spec.folds().plan(spec.label(), spec.window()).purge(),
            spec.folds().plan(spec.label(), spec.window()).embargo(),
            results.study().assets(),
            word(spec.objective().kind()),
            word(spec.teacher().type()),
            spec.training().seeds().size());
  }

  private static List<Definition> definitions(StudySpec spec) {
    List<Definition> definitions = new ArrayList<>();
    definitions.add(new Definition(
        StudyResults.DISTILLED,
        "Transformer with a class token and a distillation token; the second is taught by the teacher's answer on the same, also augmented, input. Objective %s."
            .formatted(word(spec.objective().kind()))));
    if (spec.training().classOnly()) {
      definitions.add(
          new Definition(
              StudyResults.CLASS_ONLY,
              "The same transformer without a distillation token; its one head learns from label and teacher."));
    }
    definitions.addAll(List.of(
        new Definition(
            StudyResults.UNDISTILLED,
            "The same transformer, folds, seeds and training without a distillation token."),
        new Definition(
            StudyResults.TEACHER,
            "Linear factor model (%s), as it was known when the fold's last training label was."
                .formatted(word(spec.teacher().type()))),
        new Definition(
            "ridge",
            "Ridge regression on the numbers of the student's window; penalty by inner validation."),
        new Definition("historic mean", "Each asset's mean daily return up to the signal's day."),
        new Definition("zero", "One score for all: what no skill looks like under these rules.")));
    return definitions;
  }

  private static FoldFigures fidelity(StudyResults results) {
    List<Long> seeds = results.study().spec().training().seeds();
    List<FoldFigures.Row> rows = new ArrayList<>();
    for (int fold = 0; fold < results.fidelity().size(); fold++) {
      for (int seed = 0; seed < results.fidelity().get(fold).size(); seed++) {
        Fidelity figures = results.fidelity().get(fold).get(seed);
        rows.add(new FoldFigures.Row(
            "fold " + results.study().folds().get(fold).index(),
            "seed " + seeds.get(seed),
            List.of(
                figures.dist(),
                figures.score(),
                figures.explained(),
                figures.heads(),
                figures.residualRankIc())));
      }
    }
    return new FoldFigures(
        "How far the distilled student follows its teacher",
        "On test days, mean over days; bars are means over seeds.",
        List.of(
            new FoldFigures.Measure(
                "distillation head and teacher",
                "Rank correlation of the distillation head with the teacher's answer: how well it learned its lesson."),
            new FoldFigures.Measure(
                "forecast and teacher",
                "Rank correlation of the whole forecast with the teacher's answer."),
            new FoldFigures.Measure(
                "explained by the teacher",
                "Share of the forecast's variance across assets that a line through the teacher's answer explains."),
            new FoldFigures.Measure(
                "class and distillation head",
                "Rank correlation of the two heads: near 1 they say the same, near 0 each its own."),
            new FoldFigures.Measure(
                "residual rank IC",
                "Rank correlation of what the teacher does not explain of the forecast with the return that followed: the student's own alpha.")),
        rows);
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

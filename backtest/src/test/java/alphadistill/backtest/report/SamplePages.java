package alphadistill.backtest.report;

import alphadistill.backtest.Comparison;
import alphadistill.backtest.Evaluation;
import alphadistill.backtest.SampleEvaluations;
import java.util.List;
import java.util.Optional;

/** Pages of small simulated evaluations. */
final class SamplePages {
  private SamplePages() {}

  /** Three models, everything known. */
  static String full(String name) {
    List<Evaluation> models = List.of(
        SampleEvaluations.of(name, 0.3, 3, true),
        SampleEvaluations.of("ridge", 0.1, 1, true),
        SampleEvaluations.of("zero", 0, 1, true));
    FoldFigures figures = new FoldFigures(
        name,
        "note",
        List.of(new FoldFigures.Measure(name, "meaning")),
        List.of(
            new FoldFigures.Row("fold 0", "seed 1", List.of(0.5)),
            new FoldFigures.Row("fold 1", "seed 1", List.of(Double.NaN))));
    ReportContext context = ReportContext.of(name, name)
        .withNotes(List.of(name))
        .withDefinitions(List.of(new ReportContext.Definition(name, name)))
        .withDrops(List.of(new ReportContext.Drop("price of zero", 3, name)))
        .withFigures(List.of(figures))
        .withOrigin("learning: slow\n", List.of(new ReportContext.Fact("sha256 prices", name)))
        .withOracle(Optional.of(SampleEvaluations.of("oracle", 2, 1, true)));
    return Report.html(Comparison.of(models, 7), models, context);
  }

  /** One model, one seed, nothing else known. */
  static String alone(double knowledge) {
    List<Evaluation> models = List.of(evaluation("only", knowledge));
    return Report.html(Comparison.of(models, 1), models, ReportContext.of("title", "market"));
  }

  static Evaluation evaluation(String name, double knowledge) {
    return SampleEvaluations.of(name, knowledge, 1, false);
  }
}

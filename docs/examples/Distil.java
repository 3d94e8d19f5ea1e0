import alphadistill.backtest.Evaluation;
import alphadistill.backtest.EvaluationContext;
import alphadistill.backtest.ModelScores;
import alphadistill.cli.config.RunConfig;
import alphadistill.data.panel.Panel;
import alphadistill.data.simulate.SimulatedMarket;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.student.forecast.Baseline;
import alphadistill.student.forecast.FoldScores;
import alphadistill.student.learn.StudentFit;
import alphadistill.student.learn.Variant;
import alphadistill.student.study.MarketData;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import java.util.List;

/**
 * Teaches a student on the first fold of a simulated market and compares it with its teacher out of sample. Build once
 * ({@code ./alphadistill --version}), then run from the repository's root:
 *
 * <pre>
 * java --add-modules=jdk.incubator.vector --add-opens=java.base/java.nio=ALL-UNNAMED \
 *     -cp "cli/target/cli-0.1.0.jar:cli/target/lib/*" docs/examples/Distil.java
 * </pre>
 */
class Distil {
  public static void main(String[] args) {
    var config = RunConfig.of(
        "data.simulated.assets=80", "data.simulated.days=900", "folds.train=500", "folds.test=150");
    var market = SimulatedMarket.of(config.data().simulated().spec());
    var study = Study.of(MarketData.of(market), config.study());
    var teaching = FactorTeaching.of(study);
    var fold = study.folds().get(0);

    Panel teacher = Baseline.TEACHER.forecast(study, teaching, fold).scores();
    StudentFit fit = StudentFit.of(
        new CpuKernels(1), study, teaching, fold, Variant.DISTILLED, 1, epoch -> {});
    Panel student = FoldScores.of(study, fold, fit.student()).scores();

    System.out.printf("%d training samples, %d test days%n", fit.samples(), student.days());
    for (var model : List.of(ModelScores.of("teacher", teacher), ModelScores.of("student", student))) {
      var found = Evaluation.of(model, study.prices(), config.evaluation(), EvaluationContext.NONE);
      System.out.printf(
          "%s: IC %.4f, rank IC %.4f with HAC t %.2f, net Sharpe %.2f%n",
          model.model(),
          found.signal().ic().mean(),
          found.signal().rankIc().mean(),
          found.signal().rankIc().hac().t(),
          found.portfolio().net().sharpe());
    }
  }
}

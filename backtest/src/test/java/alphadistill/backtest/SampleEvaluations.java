package alphadistill.backtest;

import alphadistill.backtest.simulate.TradingCosts;
import alphadistill.backtest.weight.WeightRule;
import java.util.List;

/** Evaluations of small simulated scores, for tests of what is made of them. */
public final class SampleEvaluations {
  private static final EvaluationSpec SPEC = EvaluationSpec.daily(
      5, new WeightRule.QuantileLongShort(0.2, 1), new TradingCosts(0.0005, 0.0005, 0.01));

  private SampleEvaluations() {}

  /** @param knowledge 0 for one score for all names */
  public static Evaluation of(String model, double knowledge, int seeds, boolean withFactors) {
    Worlds world = new Worlds(400, 20, 4);
    List<alphadistill.data.panel.Panel> scores = java.util.stream.IntStream.range(0, seeds)
        .mapToObj(
            seed -> knowledge == 0 ? world.constant(0) : world.scores(knowledge, 10 * seeds + seed))
        .toList();
    EvaluationContext context = EvaluationContext.NONE;
    return Evaluation.of(
        new ModelScores(model, scores),
        world.prices,
        SPEC,
        withFactors ? context.withFactors(world.factors) : context);
  }
}

package alphadistill.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import alphadistill.backtest.significance.PairedDifference;
import alphadistill.backtest.simulate.TradingCosts;
import alphadistill.backtest.weight.WeightRule;
import alphadistill.data.panel.FactorReturns;
import alphadistill.data.panel.Panel;
import alphadistill.data.testing.ReadmeLines;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines of use in the README, compiled and run. */
class ReadmeTest {
  private final Worlds world = new Worlds(300, 20, 4);
  private final Panel prices = world.prices;
  private final FactorReturns factors = world.factors;
  private final Panel ridgeScores = world.scores(0.1, 1);
  private final List<Panel> studentSeeds = List.of(world.scores(0.3, 2), world.scores(0.3, 3));
  private final int trials = 12;

  @Test
  void theLinesOfUseRun() {
    // begin
    EvaluationSpec spec = EvaluationSpec.daily(
        5, new WeightRule.QuantileLongShort(0.2, 1), new TradingCosts(0.0005, 0.0005, 0.01));
    EvaluationContext context = EvaluationContext.NONE.withFactors(factors);

    Evaluation ridge = Evaluation.of(ModelScores.of("ridge", ridgeScores), prices, spec, context);
    Evaluation student =
        Evaluation.of(new ModelScores("student", studentSeeds), prices, spec, context);
    Comparison table = Comparison.of(List.of(ridge, student), trials);

    double t = student.signal().rankIc().hac().t();
    double sharpe = student.portfolio().net().sharpe();
    PairedDifference gain = table.difference("student", "ridge").orElseThrow().rankIc();
    // end

    assertThat(List.of(t, sharpe, gain.mean())).allMatch(Double::isFinite);
    assertThat(student.attribution()).isPresent();
    assertThat(table.overfitting()).isPresent();
  }

  @Test
  void theReadmeShowsExactlyTheseLines() {
    ReadmeLines.requireShown(ReadmeTest.class);
  }
}

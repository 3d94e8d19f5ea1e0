package alphadistill.backtest;

import static alphadistill.data.testing.GoldenCases.check;

import alphadistill.backtest.metric.Annualisation;
import alphadistill.backtest.metric.Wealth;
import alphadistill.backtest.simulate.Accounting;
import alphadistill.backtest.simulate.Backtest;
import alphadistill.backtest.simulate.BacktestResult;
import alphadistill.backtest.simulate.DelistingRule;
import alphadistill.backtest.simulate.Execution;
import alphadistill.backtest.simulate.Market;
import alphadistill.backtest.simulate.TradingCosts;
import alphadistill.backtest.weight.Targets;
import alphadistill.backtest.weight.WeightRule;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Golden cases of the packages {@code weight} and {@code simulate}. */
final class SimulationGoldens {
  private SimulationGoldens() {}

  static void topKDropout(JsonNode golden) {
    JsonNode inputs = golden.get("inputs");
    double[][] scores = GoldenInputs.rows(inputs.get("scores"));
    WeightRule rule = new WeightRule.TopKDropout(
        inputs.get("topk").asInt(), inputs.get("n_drop").asInt());
    double[] previous = new double[scores[0].length];
    for (int day = 0; day < scores.length; day++) {
      double[] target = rule.target(scores[day], previous).orElseThrow();
      JsonNode expected = golden.get("expected").get(day);
      double[] before = previous;
      names(golden, "held on day " + day, expected.get("held"), i -> target[i] > 0, target.length);
      names(
          golden,
          "bought on day " + day,
          expected.get("buy"),
          i -> target[i] > 0 && before[i] == 0,
          target.length);
      names(
          golden,
          "sold on day " + day,
          expected.get("sell"),
          i -> target[i] == 0 && before[i] > 0,
          target.length);
      previous = target;
    }
  }

  private static void names(
      JsonNode golden,
      String what,
      JsonNode expected,
      java.util.function.IntPredicate member,
      int assets) {
    double[] members =
        IntStream.range(0, assets).filter(member).mapToDouble(i -> i).toArray();
    GoldenInputs.checkRow(golden, what, members, expected);
  }

  /** The plain accounting, and the simulation wherever the lag is one it allows. */
  static void accounting(JsonNode golden) {
    JsonNode inputs = golden.get("inputs");
    double[][] targets = GoldenInputs.rows(inputs.get("target"));
    double[][] returns = GoldenInputs.rows(inputs.get("returns"));
    int lag = inputs.get("lag").asInt();
    double cost = inputs.get("cost").asDouble();
    double borrow = inputs.get("borrow_annual").asDouble();
    int periods = inputs.get("periods").asInt();

    Accounting plain = Accounting.of(targets, returns, lag, cost, borrow, periods);
    compare(golden, plain.gross(), plain.borrow(), plain.turnover(), plain.net());
    if (lag > 0) {
      BacktestResult result = new Backtest(
              new Execution(lag, Execution.Fill.CLOSE),
              new TradingCosts(cost, 0, borrow),
              DelistingRule.AT_LAST_PRICE,
              new Annualisation(periods))
          .run(new Targets(targets), market(returns));
      compare(golden, result.gross(), result.costs().borrow(), result.turnover(), result.net());
    }
  }

  private static void compare(
      JsonNode golden, double[] gross, double[] borrow, double[] turnover, double[] net) {
    double[] equity = Wealth.path(net);
    JsonNode expected = golden.get("expected");
    for (int day = 0; day < expected.size(); day++) {
      JsonNode row = expected.get(day);
      check(golden, "gross " + day, gross[day], row.get("gross"));
      check(golden, "borrow " + day, borrow[day], row.get("borrow"));
      check(golden, "two-way " + day, turnover[day], row.get("two_way_turnover"));
      check(golden, "one-way " + day, turnover[day] / 2, row.get("one_way_turnover"));
      check(golden, "net " + day, net[day], row.get("net"));
      check(golden, "equity " + day, equity[day + 1], row.get("equity"));
    }
  }

  private static Market market(double[][] returns) {
    double[][] close = new double[returns.length][returns[0].length];
    for (int day = 0; day < close.length; day++) {
      for (int asset = 0; asset < close[day].length; asset++) {
        close[day][asset] = (day == 0 ? 100 : close[day - 1][asset]) * (1 + returns[day][asset]);
      }
    }
    return new Market(
        Stream.iterate(LocalDate.of(2020, 1, 1), day -> day.plusDays(1))
            .limit(close.length)
            .toList(),
        IntStream.range(0, close[0].length).mapToObj(i -> "asset " + i).toList(),
        close,
        Optional.empty(),
        Optional.empty());
  }
}

package alphadistill.cli.bench;

import alphadistill.data.panel.FactorReturns;
import alphadistill.teacher.regression.RollingRegression;
import alphadistill.teacher.regression.Window;
import java.util.List;

/** Rolling least squares of every asset on every day. */
final class RegressionBench {
  private static final int FACTORS = 5;
  private static final int WINDOW = 252;
  private static final double GOAL_SECONDS = 1;

  private RegressionBench() {}

  static List<BenchResult> run(Sizes sizes) {
    FactorReturns factors = SyntheticMarket.factors(sizes, FACTORS);
    double[][] returns = SyntheticMarket.gaussian(sizes.assets(), sizes.days(), 0.02, 3);
    RollingRegression regression = new RollingRegression(Window.last(WINDOW), WINDOW / 2);
    Alternation times = Alternation.alone(
        2, sizes.runs(), Alternation.seconds(() -> regression.fit(factors, returns)));
    return List.of(BenchResult.goal(
        "regression",
        "rolling OLS of %d assets x %,d days x %d factors, window %d"
            .formatted(sizes.assets(), sizes.days(), FACTORS, WINDOW),
        GOAL_SECONDS,
        times,
        sizes.runs()));
  }
}
